import { addDays, type LocalDate } from '../calendar/seoul.ts';
import type { Period } from './period.ts';

/** A run of days of a period on which the same facts hold. */
export type Run<Facts> = {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly days: number;
  readonly facts: Facts;
};

const same = <Facts extends object>(a: Facts, b: Facts): boolean =>
  Object.entries(b).every(([name, value]) => Reflect.get(a, name) === value);

/**
 * Cuts the period wherever one of the day's facts changes (korea.md 1.7). Facts are compared one by one by identity: rows and words.
 * Undefined, and the cutting ends, where a day has none.
 */
export const runsOf = <Facts extends object>(
  period: Period,
  factsOn: (date: LocalDate) => Facts | undefined,
): Run<Facts>[] | { readonly missingOn: LocalDate } => {
  const runs: Run<Facts>[] = [];
  for (let i = 0, date = period.from; i < period.days; i++, date = addDays(date, 1)) {
    const facts = factsOn(date);
    if (!facts) return { missingOn: date };
    const last = runs.at(-1);
    if (last && same(last.facts, facts)) runs[runs.length - 1] = { ...last, to: date, days: last.days + 1 };
    else runs.push({ from: date, to: date, days: 1, facts });
  }
  return runs;
};
