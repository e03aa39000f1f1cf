import type { Scorecard } from './answer.ts';
import { HOURS } from './series.ts';

/** What was foreseen of the 24 hours of a day as it began, whole Wh; `naiveWh`: the mean of the hour over the 7 days before, null: not known. */
export type ForeseenDay = {
  readonly meanWh: readonly number[];
  readonly p10Wh: readonly number[];
  readonly p50Wh: readonly number[];
  readonly p90Wh: readonly number[];
  readonly naiveWh: readonly (number | null)[];
};

/** Sums over the hours that are known both of the day and of the baseline; of whole Wh they are whole, so that days add up. */
export type DaySums = {
  readonly hours: number;
  readonly actualWh: number;
  readonly expectedWh: number;
  readonly errorWh: number;
  readonly naiveErrorWh: number;
  /** hours between p10 and p90 */
  readonly within: number;
};

export const NO_SUMS: DaySums = { hours: 0, actualWh: 0, expectedWh: 0, errorWh: 0, naiveErrorWh: 0, within: 0 };

export const addSums = (a: DaySums, b: DaySums): DaySums => ({
  hours: a.hours + b.hours,
  actualWh: a.actualWh + b.actualWh,
  expectedWh: a.expectedWh + b.expectedWh,
  errorWh: a.errorWh + b.errorWh,
  naiveErrorWh: a.naiveErrorWh + b.naiveErrorWh,
  within: a.within + b.within,
});

type ForeseenHour = { readonly meanWh: number; readonly p10Wh: number; readonly p50Wh: number; readonly p90Wh: number };

/** An hour against what was foreseen of it and what the baseline says; NaN: not known. */
export const hourSums = (
  { meanWh, p10Wh, p50Wh, p90Wh }: ForeseenHour,
  { actualWh, naiveWh }: { readonly actualWh: number; readonly naiveWh: number },
): DaySums =>
  Number.isNaN(actualWh + naiveWh + p50Wh)
    ? NO_SUMS
    : {
        hours: 1,
        actualWh,
        expectedWh: meanWh,
        errorWh: Math.abs(actualWh - p50Wh),
        naiveErrorWh: Math.abs(actualWh - naiveWh),
        within: p10Wh <= actualWh && actualWh <= p90Wh ? 1 : 0,
      };

/** A day that is over against what was foreseen of it; null: an hour that is not known. */
export const holdAgainst = (foreseen: ForeseenDay, actualWh: readonly (number | null)[]): DaySums =>
  Array.from({ length: HOURS }, (_, hour) => {
    const { meanWh, p10Wh, p50Wh, p90Wh, naiveWh } = foreseen;
    const at = (of: readonly (number | null)[]): number => of[hour] ?? NaN;
    return hourSums(
      { meanWh: at(meanWh), p10Wh: at(p10Wh), p50Wh: at(p50Wh), p90Wh: at(p90Wh) },
      { actualWh: at(actualWh), naiveWh: at(naiveWh) },
    );
  }).reduce(addSums, NO_SUMS);

const tenths = (percent: number): number => Math.round(Math.max(0, percent) * 10) / 10;

/** Percent, as `scorecard` has them. Undefined where nothing was used, or nothing is known of it: then there is no share to speak of. */
export const accuracyOf = (sums: DaySums): Omit<Scorecard, 'days'> | undefined => {
  const { hours, actualWh, errorWh, naiveErrorWh, within } = sums;
  if (hours === 0 || actualWh === 0) return undefined;
  return {
    accuracy: tenths(100 * (1 - errorWh / actualWh)),
    naiveAccuracy: tenths(100 * (1 - naiveErrorWh / actualWh)),
    within80: tenths((100 * within) / hours),
  };
};
