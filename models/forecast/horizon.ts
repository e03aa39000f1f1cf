import { NEXT_HOUR } from './features.ts';
import { MEDIAN_AT } from './levels.ts';
import type { Models } from './model-file.ts';
import { isWhole, rollingForecasts, type DayForecast } from './past-days.ts';
import { HOURS, type HomeSeries } from './series.ts';

/** A home at a moment: its whole days, unknown from `now` on (hours since the first midnight) to the end of the day after. */
export type Moment = { readonly series: HomeSeries; readonly now: number };

export const momentOf = ({ name, firstDay, wh }: HomeSeries, now: number): Moment => {
  const known = new Float64Array((Math.floor(now / HOURS) + 2) * HOURS).fill(NaN);
  known.set(wh.subarray(0, now));
  return { series: { name, firstDay, wh: known }, now };
};

/** An hour to come; `climate`: its own quantiles of four weeks, empty where no reading of it is known. */
export type HourAhead = {
  /** hours since the first midnight */
  readonly at: number;
  readonly meanWh: number;
  readonly quantiles: readonly number[];
  readonly climate: readonly number[];
};

export const hoursOf = ({ day, quantiles, meanWh, climate }: DayForecast): HourAhead[] =>
  quantiles.map((levels, hour) => ({
    at: day * HOURS + hour,
    meanWh: meanWh[hour] ?? NaN,
    quantiles: levels,
    climate: climate[hour] ?? [],
  }));

const shifted = (hour: HourAhead, byWh: number): HourAhead => ({
  ...hour,
  meanWh: Math.max(0, hour.meanWh + byWh),
  quantiles: hour.quantiles.map((wh) => Math.max(0, wh + byWh)),
});

/** So much of a surprise lasts; all of it would make the hours after worse than no correction (docs/reports/forecast.md). */
const LASTING = 0.25;

/** A share of what the last hour was above its forecast, halved every two hours ahead (forecasting.md 4.7). */
export const corrected = (hours: readonly HourAhead[], { series, now }: Moment): HourAhead[] => {
  const last = hours.find(({ at }) => at === now - 1);
  const surprise = (series.wh[now - 1] ?? NaN) - (last?.quantiles[MEDIAN_AT] ?? NaN);
  const ahead = hours.filter(({ at }) => at >= now);
  return Number.isNaN(surprise)
    ? ahead
    : ahead.map((hour) => shifted(hour, LASTING * surprise * 0.5 ** ((hour.at - now + 1) / 2)));
};

/** The hour that begins now, from the model that knows the hours just before it. */
const nextHour = (models: Models, { series, now }: Moment): HourAhead | undefined => {
  const day = Math.floor(now / HOURS);
  const [own] = rollingForecasts({ set: NEXT_HOUR, model: models.nextHour }, series, [day, day + 1]);
  return own && hoursOf(own)[now % HOURS];
};

/**
 * The hours from now to the end of the day after. `days`: the day-ahead forecasts up to then. The day after today is forecast as
 * tomorrow is at midnight, with as much of its eve as is known. Days that cannot be foreseen are left out: fewer hours than asked for are none.
 */
export const hoursAhead = (models: Models, moment: Moment, days: readonly DayForecast[]): HourAhead[] => {
  const [first, ...rest] = corrected(days.flatMap(hoursOf), moment);
  if (!first) return [];
  return [nextHour(models, moment) ?? first, ...rest].filter(({ quantiles }) => isWhole(quantiles));
};
