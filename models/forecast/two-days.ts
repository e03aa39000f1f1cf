import type { ForecastAnswer, HourForecast } from './answer.ts';
import type { Moment } from './horizon.ts';
import { actualOf } from './past-days.ts';
import { HOURS, type HomeSeries } from './series.ts';
import { dayTotalOf, inWholeWh } from './totals.ts';

/** The mean of each hour of a day as it stood at its beginning, Wh; NaN: not known. */
export type DayMeans = { readonly day: number; readonly meanWh: ArrayLike<number> };

/** A day of which less is known says nothing of how wrong its forecast was; what is missing of one that does is as wrong as the rest. */
const KNOWN_SHARE = 0.75;

/** How far the use of days that are over was from the mean foreseen, from `hour` of the day on; days of which too little is known left out. */
const errorsWh = (series: HomeSeries, past: readonly DayMeans[], hour: number): number[] =>
  past.flatMap(({ day, meanWh }) => {
    const all = HOURS - hour;
    const known = [...actualOf(series, day)].flatMap((wh, at) => {
      const error = at < hour ? NaN : wh - (meanWh[at] ?? NaN);
      return Number.isNaN(error) ? [] : [error];
    });
    return known.length < KNOWN_SHARE * all ? [] : [known.reduce((sum, wh) => sum + wh, 0) * (all / known.length)];
  });

const meansOf = (hours: readonly HourForecast[]): number => hours.reduce((sum, { meanWh }) => sum + meanWh, 0);

/** The hours of today that are over: as they were read, and one that is not known as it was foreseen. */
const usedWh = ({ series, now }: Moment, foreseen: DayMeans | undefined): number => {
  const day = Math.floor(now / HOURS);
  return [...actualOf(series, day).subarray(0, now % HOURS)].reduce((sum, wh, at) => {
    const own = Number.isNaN(wh) ? (foreseen?.meanWh[at] ?? NaN) : wh;
    return sum + (Number.isNaN(own) ? 0 : own);
  }, 0);
};

/**
 * Today, with what is used of it already, and tomorrow. `hours`: every hour from now to the end of tomorrow; `days`: the last days and today.
 * The range of tomorrow is that of days foreseen at their midnight, also while it lies further ahead: between 24 and 48 hours ahead the
 * same model is wrong by some 5 % more (docs/reports/forecast.md, "Other horizons").
 */
export const todayAndTomorrow = (
  moment: Moment,
  hours: readonly HourForecast[],
  days: readonly DayMeans[],
): Pick<ForecastAnswer, 'today' | 'tomorrow'> => {
  const { series, now } = moment;
  const [day, begun] = [Math.floor(now / HOURS), now % HOURS];
  const past = days.filter((one) => one.day < day);
  const soFarWh = usedWh(
    moment,
    days.find((one) => one.day === day),
  );
  const left = dayTotalOf(meansOf(hours.slice(0, HOURS - begun)), errorsWh(series, past, begun));
  const tomorrow = dayTotalOf(meansOf(hours.slice(HOURS - begun)), errorsWh(series, past, 0));
  return {
    today: inWholeWh({
      meanWh: soFarWh + left.meanWh,
      p10Wh: soFarWh + left.p10Wh,
      p90Wh: soFarWh + left.p90Wh,
    }),
    tomorrow: inWholeWh(tomorrow),
  };
};
