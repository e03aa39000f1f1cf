import type { NoBaseline, Use } from '../baseline/baseline.ts';
import { isUsable } from '../baseline/baseline.ts';
import { sameHalfBaseline, sameMonthBaseline, type NamedUse } from '../baseline/same-period.ts';
import { addDays, type LocalDate } from '../calendar/seoul.ts';
import { carbonPoints } from './carbon-points.ts';
import { cashback } from './cashback.ts';
import { notSettled, versionFor, type NotSettled } from './programme.ts';
import type { Reward, Unpriced } from './reward.ts';
import { CARBON_POINTS } from './rows/carbon-points.ts';
import { ENERGY_CASHBACK } from './rows/cashback.ts';

/** Grid use by month, `YYYY-MM`. A month that is absent is not known. */
export type MonthlyUse = ReadonlyMap<string, Use>;
/** `2026-H1` or `2026-H2`. */
export type HalfYear = `${number}-H${1 | 2}`;

/** What a period earned, and the baseline it was held against. The same function settles for good and simulates on the past. */
export type Settled<R extends Reward | Unpriced = Reward | Unpriced> = {
  readonly period: string;
  readonly reward: R;
  readonly baseline: { readonly method: string; readonly version: number; readonly wh: number };
};

const yearsBefore = (period: string, years: number): string =>
  `${Number(period.slice(0, 4)) - years}${period.slice(4)}`;
const named = (use: MonthlyUse, month: string): NamedUse => ({ period: month, use: use.get(month) });
const lastDay = (month: string): LocalDate => addDays(`${addDays(`${month}-28`, 4).slice(0, 7)}-01`, -1);
const fromBaseline = ({ code, detail }: NoBaseline): NotSettled => notSettled(code, detail);

/** Energy cashback of one month from the home's own months. */
export const settleCashback = (use: MonthlyUse, month: string, regionalMeanPassed: boolean): Settled | NotSettled => {
  const version = versionFor(ENERGY_CASHBACK, `${month}-01`, lastDay(month));
  if ('status' in version) return version;
  const actual = use.get(month);
  if (!isUsable(actual)) return notSettled('missing-use', `the use of ${month} is not known`);
  const baseline = sameMonthBaseline([named(use, yearsBefore(month, 2)), named(use, yearsBefore(month, 1))]);
  if (baseline.status === 'refused') return fromBaseline(baseline);
  const reward = cashback(version, { baseline: baseline.expected, actualWh: actual.wh, regionalMeanPassed });
  return { period: month, reward, baseline: summary(baseline) };
};

const summary = ({
  method,
  version,
  expected,
}: {
  method: string;
  version: number;
  expected: { numerator: number; denominator: number };
}) => ({
  method,
  version,
  wh: Math.round(expected.numerator / expected.denominator),
});

const monthsOf = (half: HalfYear): string[] => {
  const first = half.endsWith('H1') ? 1 : 7;
  return Array.from({ length: 6 }, (_, i) => `${half.slice(0, 4)}-${String(first + i).padStart(2, '0')}`);
};

/** Carbon points for electricity of one half-year from the home's own months. Every month of it must be known. */
export const settleCarbonHalf = (
  use: MonthlyUse,
  half: HalfYear,
  standing: { readonly consecutiveWinsBefore: number; readonly percentOfMean?: number },
): Settled<Reward> | NotSettled => {
  const months = monthsOf(half);
  const [from = '', to = ''] = [months[0], months.at(-1)];
  const version = versionFor(CARBON_POINTS, `${from}-01`, lastDay(to));
  if ('status' in version) return version;
  const actual = months.map((month) => use.get(month));
  if (!actual.every(isUsable)) return notSettled('missing-use', `a month of ${half} is not known`);
  const years = [2, 1].map((back) => months.map((month) => named(use, yearsBefore(month, back))));
  const baseline = sameHalfBaseline(years);
  if (baseline.status === 'refused') return fromBaseline(baseline);
  const reward = carbonPoints(version, {
    utility: 'electricity',
    baseline: baseline.expected,
    actual: actual.reduce((sum, one) => sum + one.wh, 0),
    ...standing,
  });
  return { period: half, reward, baseline: summary(baseline) };
};
