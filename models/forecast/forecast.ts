import { HOUR_MS, dateOfDayNumber, dayNumber, dayStart } from '../calendar/seoul.ts';
import { seedOf } from '../testing/random.ts';
import type { ForecastAnswer, ForecastRequest, HourForecast } from './answer.ts';
import { blankAnswer } from './blank-answer.ts';
import type { DaySums } from './day-accuracy.ts';
import { DAY_AHEAD } from './features.ts';
import { isAbsent, looksLikeGeneration } from './home-checks.ts';
import { hoursAhead, momentOf, type HourAhead, type Moment } from './horizon.ts';
import { laterTotals } from './later-days.ts';
import type { Models } from './model-file.ts';
import { NAIVES, usualHours } from './naive.ts';
import { SCORED_DAYS, hasDrifted, losesToNaive, outcomeOf, scorecardOf } from './outcome.ts';
import { isWhole, rollingForecasts, type DayForecast } from './past-days.ts';
import { solarHours } from './solar-hours.ts';
import { HOURS, countKnown, knownIn, readingsOf } from './series.ts';
import { chosen, shownHour } from './shown-hour.ts';
import { dayTotals, inWholeWh, remainderOf } from './totals.ts';
import { todayAndTomorrow } from './two-days.ts';

const startOf = ({ firstDate }: ForecastRequest, at: number): number => dayStart(firstDate) + at * HOUR_MS;

const DAYS_A_MONTH = 365 / 12;

/** A usual day at the size of the bill, from now to the end of the day after. */
const profileHours = (models: Models, request: ForecastRequest, billWh: number): HourForecast[] => {
  const { profile, profileLevels } = models.dayAhead;
  const scaleWh = billWh / DAYS_A_MONTH / HOURS;
  const now = request.wh.length;
  const until = (Math.floor(now / HOURS) + 2) * HOURS;
  return Array.from({ length: until - now }, (_, i) => {
    const meanWh = scaleWh * (profile[(now + i) % HOURS] ?? 1);
    const quantiles = profileLevels.map((share) => Math.max(0, share * meanWh));
    return shownHour({ meanWh, quantiles }, { ts: startOf(request, now + i), naive: NaN, source: 'profile' });
  });
};

type Home = {
  readonly request: ForecastRequest;
  readonly moment: Moment;
  readonly largestWh: number;
  /** day-ahead forecasts of the last four weeks, today and tomorrow */
  readonly days: readonly DayForecast[];
  readonly outcomes: readonly DaySums[];
};

const homeOf = (models: Models, request: ForecastRequest, wh: Float64Array): Home => {
  const moment = momentOf({ name: request.id, firstDay: dayNumber(request.firstDate), wh }, wh.length);
  const { series, now } = moment;
  const today = Math.floor(now / HOURS);
  const days = rollingForecasts({ set: DAY_AHEAD, model: models.dayAhead }, series, [today - SCORED_DAYS, today + 2]);
  return {
    request,
    moment,
    largestWh: wh.reduce((most, value) => (value > most ? value : most), 0),
    days,
    outcomes: days
      .filter(({ day }) => day < today)
      .map((day) => outcomeOf(series, day, NAIVES.sevenDayMean(series, day.day))),
  };
};

/** Each hour as the model has it, or as it usually is. Withheld is only what readings of the same hour stand in for. */
const shownHours = (
  { request, moment, largestWh }: Home,
  ahead: readonly HourAhead[],
  withheld: boolean,
): HourForecast[] =>
  [...Map.groupBy(ahead, ({ at }) => Math.floor(at / HOURS))].flatMap(([day, hours]) => {
    const naive = NAIVES.sevenDayMean(moment.series, day);
    const usual = usualHours(moment.series, day);
    return hours.map((hour) => {
      const { spread, source } = chosen(hour, usual?.[hour.at % HOURS] ?? hour, {
        largestWh,
        withheld: withheld && isWhole(hour.climate),
      });
      return shownHour(spread, { ts: startOf(request, hour.at), naive: naive[hour.at % HOURS] ?? NaN, source });
    });
  });

/** The calendar month that now is in. What is missing of it so far is filled with its own mean. */
export const monthOf = ({
  request,
  moment: { series, now },
}: Pick<Home, 'request' | 'moment'>): ForecastAnswer['month'] => {
  const today = series.firstDay + Math.floor(now / HOURS);
  const date = dateOfDayNumber(today);
  const first = dayNumber(`${date.slice(0, 7)}-01`);
  const next = dayNumber(`${dateOfDayNumber(first + 31).slice(0, 7)}-01`);
  const elapsed = now - (first - series.firstDay) * HOURS;
  const { sum, count } = knownIn(series.wh, now - elapsed, now);
  const whole = { ...series, wh: series.wh.subarray(0, Math.floor(now / HOURS) * HOURS) };
  const total = remainderOf(dayTotals(whole), {
    soFarWh: count === 0 ? 0 : (sum / count) * elapsed,
    days: next - first - elapsed / HOURS,
    seed: seedOf('month', request.id, date),
  });
  return total ? inWholeWh(total) : null;
};

const noticesOf = ({ moment, outcomes }: Home, withheld: boolean): ForecastAnswer['notices'] => [
  ...(isAbsent(moment.series.wh.subarray(0, moment.now)) ? (['absence'] as const) : []),
  ...(hasDrifted(outcomes) ? (['drift'] as const) : []),
  ...(withheld ? (['withheld'] as const) : []),
];

/**
 * The forecast of one home from its readings: each hour from the first that is not read to the end of the day after, totals and how
 * past forecasts did. The same request and model give the same bytes. The request is valid: `forecastRequest` has parsed it.
 */
export const forecastHome = (models: Models, request: ForecastRequest): ForecastAnswer => {
  const { modelVersion } = models.provenance;
  const blank = (status: ForecastAnswer['status']): ForecastAnswer => blankAnswer(request, { modelVersion, status });
  const wh = readingsOf(request.wh);
  if (countKnown(wh) < HOURS)
    return request.monthlyBillWh === undefined
      ? blank('collecting')
      : { ...blank('ready'), hours: profileHours(models, request, request.monthlyBillWh) };
  if (looksLikeGeneration(wh, readingsOf(request.pvWh))) return blank('wiring');
  const home = homeOf(models, request, wh);
  const ahead = hoursAhead(models, home.moment, home.days);
  // four weeks of silence: nothing is known of the home any more, or not yet of each hour to come
  if (ahead.length < home.moment.series.wh.length - home.moment.now) return blank('collecting');
  const withheld = losesToNaive(home.outcomes);
  const hours = shownHours(home, ahead, withheld);
  return {
    ...blank('ready'),
    hours,
    ...todayAndTomorrow(home.moment, hours, home.days),
    days: laterTotals(home.moment.series, Math.floor(home.moment.now / HOURS)),
    solar: solarHours(request),
    month: monthOf(home),
    scorecard: scorecardOf(home.outcomes) ?? null,
    notices: noticesOf(home, withheld),
  };
};
