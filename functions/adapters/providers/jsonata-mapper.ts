import jsonata from 'jsonata';
import type { Mapper } from '../../ports/mapper.ts';

/** A mapping of an answer of some megabytes takes tens of milliseconds; one that loops is ended, and so is one that calls itself. */
const BOUNDS = { timeout: 2000, stack: 200 };

/** JSONata with bounds: an expression of ours over an answer of others must end. */
export const jsonataMapper = (bounds: { readonly timeout: number; readonly stack: number } = BOUNDS): Mapper => ({
  map: async (expression, input) => {
    const found: unknown = await jsonata(expression, bounds).evaluate(input);
    // lists of its own carry marks that are no JSON
    const plain: unknown = found === undefined ? undefined : JSON.parse(JSON.stringify(found));
    return plain;
  },
});
