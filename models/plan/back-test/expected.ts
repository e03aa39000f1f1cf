import { NEXT_HOUR, DAY_AHEAD } from '../../forecast/features.ts';
import { corrected, hoursOf, momentOf } from '../../forecast/horizon.ts';
import type { Models } from '../../forecast/model-file.ts';
import { rollingForecasts, type DayForecast } from '../../forecast/past-days.ts';
import { meanDay, rawDay } from '../../forecast/predict-day.ts';
import { HOURS, type HomeSeries } from '../../forecast/series.ts';
import { solarAhead } from '../../forecast/solar.ts';

export type PlanModels = Pick<Models, 'dayAhead' | 'nextHour'>;

/** Each day's forecast as it stands at its midnight, and the mean of each of its hours as foreseen when that hour begins. */
type KnownDay = { readonly day: DayForecast; readonly nextHourWh: readonly number[] };

const knownDays = (
  models: PlanModels,
  series: HomeSeries,
  [from, to]: readonly [number, number],
): Map<number, KnownDay> =>
  new Map(
    rollingForecasts({ set: DAY_AHEAD, model: models.dayAhead }, series, [from, to]).map((day) => {
      const raw = rawDay({ set: NEXT_HOUR, model: models.nextHour }, series, day.day);
      return [day.day, { day, nextHourWh: raw ? meanDay(models.nextHour, raw) : [] }] as const;
    }),
  );

/** The mean of tomorrow's hours as it is foreseen now, with as much of its eve as is known. */
const tomorrowWh = (models: PlanModels, series: HomeSeries, now: number): number[] => {
  const moment = momentOf(series, now);
  const raw = rawDay({ set: DAY_AHEAD, model: models.dayAhead }, moment.series, Math.floor(now / HOURS) + 1);
  return raw ? meanDay(models.dayAhead, raw) : [];
};

/**
 * The mean use of each hour from `now` to the end of the day after, Wh, as `forecastHome` foresees it when `now` is the first hour that
 * is not read: without ranges, which a plan does not need, and so in a small part of the time (expected.test.ts compares the two).
 */
export const expectedLoads = (
  models: PlanModels,
  series: HomeSeries,
  [from, to]: readonly [number, number],
): ((now: number) => number[]) => {
  const known = knownDays(models, series, [from - 1, to]);
  return (now) => {
    const day = Math.floor(now / HOURS);
    const [yesterday, today] = [known.get(day - 1), known.get(day)];
    if (!today) return [];
    const tomorrow = tomorrowWh(models, series, now).map((meanWh, hour) => ({
      at: (day + 1) * HOURS + hour,
      meanWh,
      quantiles: [],
      climate: [],
    }));
    const [first, ...rest] = corrected(
      [...(yesterday ? hoursOf(yesterday.day) : []), ...hoursOf(today.day), ...tomorrow],
      momentOf(series, now),
    );
    return first ? [today.nextHourWh[now % HOURS] ?? first.meanWh, ...rest.map(({ meanWh }) => meanWh)] : [];
  };
};

/** The generation expected of the same hours, Wh, without weather: of the recorded homes it is not known. */
export const expectedSolar = (pvWh: Float64Array, now: number): number[] => {
  const irradiance = new Float64Array(pvWh.length).fill(NaN);
  return (solarAhead({ wh: pvWh, irradiance, now }) ?? []).map(({ meanWh }) => meanWh);
};
