import { exactly, isBelow, meanOf, times, type ExactWh } from './exact-wh.ts';
import type { Screening, SimilarDayMethod } from './methods.ts';

/** Fewer days than this are no history. */
export const MIN_DAYS = 4;

export type Rule = Pick<SimilarDayMethod, 'days' | 'dropHigh' | 'dropLow' | 'screening'>;
export type Fate = 'used' | 'dropped-high' | 'dropped-low' | 'screened';
export type Trimmed = {
  /** what became of each day, in the order given, as far as it was looked at */
  readonly fates: readonly Fate[];
  readonly expected: ExactWh;
};

/** Which of the days take part: a day under the limit is passed over and an earlier one takes its place (korea.md 3.1). */
const screened = (wh: readonly number[], days: number, { minPercentOfMean, lookbackDays }: Screening): boolean[] => {
  const limit = times(meanOf(wh.slice(0, days).map(exactly)), minPercentOfMean, 100);
  let taken = 0;
  return wh.slice(0, lookbackDays).flatMap((use) => {
    if (taken === days) return [];
    const passes = !isBelow(exactly(use), limit);
    if (passes) taken += 1;
    return [passes];
  });
};

/** How many of `count` days to drop at each end: as prescribed, but never so many that fewer than four remain. */
const drops = ({ dropHigh, dropLow }: Rule, count: number): { high: number; low: number } => {
  const spare = Math.max(0, count - MIN_DAYS);
  if (dropHigh === 0 || dropLow === 0) return { high: Math.min(dropHigh, spare), low: Math.min(dropLow, spare) };
  const pairs = Math.floor(spare / 2);
  return { high: Math.min(dropHigh, pairs), low: Math.min(dropLow, pairs) };
};

/**
 * The mean of the days after dropping the highest and the lowest. `wh`: the use of the window, most recent day first, and
 * earlier days beyond `rule.days` for the screening to fall back on. Undefined with fewer than four days. Equal days keep
 * their order by date.
 */
export const trimmedMean = (rule: Rule, wh: readonly number[]): Trimmed | undefined => {
  const passes = rule.screening ? screened(wh, rule.days, rule.screening) : wh.slice(0, rule.days).map(() => true);
  const taken = passes.flatMap((pass, i) => (pass ? [{ i, use: wh[i] ?? 0 }] : []));
  if (taken.length < MIN_DAYS) return undefined;
  const rising = taken.toSorted((a, b) => a.use - b.use || b.i - a.i);
  const { high, low } = drops(rule, taken.length);
  const fates = passes.map((pass): Fate => (pass ? 'used' : 'screened'));
  for (const { i } of rising.slice(0, low)) fates[i] = 'dropped-low';
  for (const { i } of rising.toReversed().slice(0, high)) fates[i] = 'dropped-high';
  const used = taken.filter(({ i }) => fates[i] === 'used');
  return { fates, expected: meanOf(used.map(({ use }) => exactly(use))) };
};
