import type { Grain } from '../api/usage.ts';
import type { Span } from './flat-energy.ts';

/** What a call asks for, and the time by the clock of the service. */
export type Asked = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly nowMs: number;
};
/** By the name of a route. The contract is for whoever hands an answer on to check. */
export type Answers = Readonly<Record<string, (asked: Asked) => unknown>>;

export const spanOf = ({ query: { from = '', to = '' } }: Asked): Span => ({ from, to });
const GRAINS: readonly Grain[] = ['15min', 'hour', 'day', 'month'];
export const grainOf = ({ query }: Asked): Grain => GRAINS.find((grain) => grain === query['grain']) ?? 'day';
