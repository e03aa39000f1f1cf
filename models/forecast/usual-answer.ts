import { HOUR_MS, dateOfDayNumber, dayNumber, dayStart } from '../calendar/seoul.ts';
import type { ForecastAnswer, ForecastRequest, HourForecast } from './answer.ts';
import { blankAnswer } from './blank-answer.ts';
import { monthOf } from './forecast.ts';
import { isAbsent, looksLikeGeneration } from './home-checks.ts';
import { momentOf } from './horizon.ts';
import { laterTotals } from './later-days.ts';
import { NAIVES, usualHours } from './naive.ts';
import { SCORED_DAYS } from './outcome.ts';
import { HOURS, countKnown, readingsOf, type HomeSeries } from './series.ts';
import { solarHours } from './solar-hours.ts';
import { shownHour } from './shown-hour.ts';
import { todayAndTomorrow, type DayMeans } from './two-days.ts';

/** Stands where an answer names its model. */
const USUAL_VERSION = 'usual';

/** The home's own quantiles of each hour of a day; undefined: nothing is known of four weeks. */
const hoursOfDay = (series: HomeSeries, day: number): HourForecast[] | undefined => {
  const naive = NAIVES.sevenDayMean(series, day);
  const start = dayStart(dateOfDayNumber(series.firstDay + day));
  return usualHours(series, day)?.map((spread, hour) =>
    shownHour(spread, { ts: start + hour * HOUR_MS, naive: naive[hour] ?? NaN, source: 'fallback' }),
  );
};

/** The last days and today, each as the four weeks before it let expect it. */
const foreseenDays = (series: HomeSeries, today: number): DayMeans[] => {
  const from = Math.max(1, today - SCORED_DAYS);
  return Array.from({ length: Math.max(0, today + 1 - from) }, (_, i) => ({
    day: from + i,
    meanWh: NAIVES.fourWeekMean(series, from + i),
  }));
};

/**
 * What stands in for a forecast that no engine gave: each hour as it usually is in this home, by the last four weeks; what needs no model
 * (days further on, the month, generation) as ever. How it did is not known: it has no scorecard.
 */
export const usualAnswer = (request: ForecastRequest): ForecastAnswer => {
  const blank = (status: ForecastAnswer['status']): ForecastAnswer =>
    blankAnswer(request, { modelVersion: USUAL_VERSION, status });
  const wh = readingsOf(request.wh);
  if (countKnown(wh) < HOURS) return blank('collecting');
  if (looksLikeGeneration(wh, readingsOf(request.pvWh))) return blank('wiring');
  const moment = momentOf({ name: request.id, firstDay: dayNumber(request.firstDate), wh }, wh.length);
  const { series, now } = moment;
  const day = Math.floor(now / HOURS);
  const [today, tomorrow] = [hoursOfDay(series, day), hoursOfDay(series, day + 1)];
  // four weeks of silence, and nothing is usual any more
  if (!today || !tomorrow) return blank('collecting');
  const hours = [...today.slice(now % HOURS), ...tomorrow];
  return {
    ...blank('ready'),
    hours,
    ...todayAndTomorrow(moment, hours, foreseenDays(series, day)),
    days: laterTotals(series, day),
    solar: solarHours(request),
    month: monthOf({ request, moment }),
    notices: isAbsent(wh) ? ['absence'] : [],
  };
};
