import loadHighs from 'highs';
import * as z from 'zod';
import type { Columns } from '@hems/models/plan/solve';

/** Longer than this nobody waits for a plan; what was found by then is taken, and checked like any other. */
const LIMIT_SECONDS = 2;

/** `Primal` is the value of the column; a search that ended before it found anything tells none. */
const found = z.record(z.string(), z.object({ Primal: z.number().catch(0) }));

/** Solves mixed-integer programmes by HiGHS (WebAssembly, in this thread). Loading takes 100 ms, so it is done once. */
export const highsSolver = async (): Promise<(text: string) => Columns | undefined> => {
  const highs = await loadHighs();
  return (text) => {
    const { Status: status, Columns: columns } = highs.solve(text, { time_limit: LIMIT_SECONDS });
    if (status !== 'Optimal' && status !== 'Time limit reached') return undefined;
    return new Map(Object.entries(found.parse(columns)).map(([name, { Primal: value }]) => [name, value]));
  };
};
