import { dateOfDayNumber, dayNumber } from '../../calendar/seoul.ts';
import type { HomeSeries } from '../series.ts';
import { dayTotals, levelsOf, remainderOf } from '../totals.ts';

/** A month of a home that is known well enough to be scored: days counted from the first of its series. */
type Month = { readonly first: number; readonly days: number };

const DAYS_BEFORE = 28;
const KNOWN_SHARE = 0.95;

const monthsOf = (series: HomeSeries, totals: Float64Array): Month[] => {
  const months: Month[] = [];
  for (let day = DAYS_BEFORE; day < totals.length;) {
    const first = series.firstDay + day;
    const date = dateOfDayNumber(first);
    const start = dayNumber(`${date.slice(0, 7)}-01`);
    const next = dayNumber(`${dateOfDayNumber(start + 31).slice(0, 7)}-01`);
    if (start === first) {
      const known = totals.subarray(day, day + next - start).filter((total) => !Number.isNaN(total)).length;
      if (known >= KNOWN_SHARE * (next - start)) months.push({ first: day, days: next - start });
    }
    day += next - first;
  }
  return months;
};

const meanKnown = (totals: Float64Array): number => {
  const known = totals.filter((total) => !Number.isNaN(total));
  return known.reduce((sum, total) => sum + total, 0) / known.length;
};

/** Error in percent of the month's use, and whether the range held it. `previous`: the month before repeated. */
export type MonthScore = {
  readonly home: string;
  readonly at: number;
  readonly ape: number;
  readonly ruleApe: number;
  readonly previousApe: number;
  /** with the seven days ahead known as they came, and the level for the days after: what perfect weather would be worth */
  readonly foreknownApe: number;
  readonly within: boolean;
  readonly actualWh: number;
  readonly p10Wh: number;
  readonly p90Wh: number;
};

/** The rule that the level has to beat: ½ (28-day mean + 14-day mean). */
const ruleLevel = (totals: Float64Array): number => (meanKnown(totals.slice(-28)) + meanKnown(totals.slice(-14))) / 2;

const FOREKNOWN_DAYS = 7;

const foreknownWh = (
  totals: Float64Array,
  { from, to, soFarWh }: { readonly from: number; readonly to: number; readonly soFarWh: number },
): number => {
  const until = Math.min(to, from + FOREKNOWN_DAYS);
  const knownWh = meanKnown(totals.subarray(from, until)) * (until - from);
  return soFarWh + knownWh + (to - until) * (levelsOf(totals.subarray(0, from)).at(-1) ?? NaN);
};

/** Each month as it was foreseen when `at` of its days were over. A month without use has no relative error. */
export const scoreMonths = (series: HomeSeries, at: number): MonthScore[] => {
  const totals = dayTotals(series);
  return monthsOf(series, totals).flatMap(({ first, days }) => {
    const actualWh = meanKnown(totals.subarray(first, first + days)) * days;
    const past = totals.subarray(0, first + at);
    const soFarWh = at === 0 ? 0 : meanKnown(totals.subarray(first, first + at)) * at;
    const own = remainderOf(past, { soFarWh, days: days - at, seed: first });
    if (!own || !(actualWh > 0)) return [];
    const apeOf = (wh: number): number => (100 * Math.abs(wh - actualWh)) / actualWh;
    return [
      {
        home: series.name,
        at,
        ape: apeOf(own.meanWh),
        ruleApe: apeOf(soFarWh + (days - at) * ruleLevel(past)),
        previousApe: apeOf(meanKnown(totals.subarray(Math.max(0, first - days), first)) * days),
        foreknownApe: apeOf(foreknownWh(totals, { from: first + at, to: first + days, soFarWh })),
        within: Math.round(own.p10Wh) <= Math.round(actualWh) && Math.round(actualWh) <= Math.round(own.p90Wh),
        actualWh,
        p10Wh: own.p10Wh,
        p90Wh: own.p90Wh,
      },
    ];
  });
};
