import { HOUR_MS, dateOfDayNumber, dayNumber, dayStart } from '../calendar/seoul.ts';
import { seedOf } from '../testing/random.ts';
import type { ForecastAnswer, ForecastRequest, HourForecast } from './answer.ts';
import { DAY_AHEAD } from './features.ts';
import { isAbsent, looksLikeGeneration } from './home-checks.ts';
import { hoursAhead, momentOf, type HourAhead, type Moment } from './horizon.ts';
import type { Models } from './model-file.ts';
import { NAIVES } from './naive.ts';
import { SCORED_DAYS, hasDrifted, losesToNaive, outcomeOf, scorecardOf, type DayOutcome } from './outcome.ts';
import { actualOf, isWhole, rollingForecasts, type DayForecast } from './past-days.ts';
import { HOURS, knownIn, type HomeSeries } from './series.ts';
import { NOTHING, chosen, shownHour } from './shown-hour.ts';
import { dayTotalOf, dayTotals, remainderOf, type Total } from './totals.ts';

/** What is refused or cannot be known has no numbers. */
const without = (
  { provenance }: Models,
  { id, issuedAt }: ForecastRequest,
  status: ForecastAnswer['status'],
): ForecastAnswer => ({
  id,
  issuedAt,
  modelVersion: provenance.modelVersion,
  status,
  pInterval: 0.8,
  hours: [],
  today: null,
  tomorrow: null,
  month: null,
  scorecard: null,
  notices: [],
});

const numbers = (values: readonly (number | null)[]): Float64Array =>
  Float64Array.from(values, (value) => value ?? NaN);

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
  readonly outcomes: readonly DayOutcome[];
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

const hoursOf = (
  { request, moment, largestWh }: Home,
  ahead: readonly HourAhead[],
  withheld: boolean,
): HourForecast[] =>
  ahead.map((hour) => {
    const day = Math.floor(hour.at / HOURS);
    const naiveOf = (name: 'sevenDayMean' | 'fourWeekMean'): number =>
      NAIVES[name](moment.series, day)[hour.at % HOURS] ?? NaN;
    const usual = isWhole(hour.climate) ? { meanWh: naiveOf('fourWeekMean'), quantiles: hour.climate } : NOTHING;
    const { spread, source } = chosen(hour, usual, { largestWh, withheld });
    return shownHour(spread, { ts: startOf(request, hour.at), naive: naiveOf('sevenDayMean'), source });
  });

const sumWh = (values: Iterable<number>): number => {
  let sum = 0;
  for (const value of values) if (!Number.isNaN(value)) sum += value;
  return sum;
};

/** How far the use of past days was from the mean foreseen, from `hour` of the day on. */
const dayErrors = (series: HomeSeries, past: readonly DayForecast[], hour: number): number[] =>
  past.map(({ day, meanWh }) =>
    sumWh([...actualOf(series, day)].map((wh, i) => (i < hour ? NaN : wh - (meanWh[i] ?? NaN)))),
  );

const inWh = (total: Total | undefined): ForecastAnswer['today'] =>
  total ? { meanWh: Math.round(total.meanWh), p10Wh: Math.round(total.p10Wh), p90Wh: Math.round(total.p90Wh) } : null;

/** Today, with what is used of it already, and tomorrow. */
const dayTotalsOf = (home: Home, hours: readonly HourForecast[]): Pick<ForecastAnswer, 'today' | 'tomorrow'> => {
  const { series, now } = home.moment;
  const begun = now % HOURS;
  const past = home.days.slice(0, home.outcomes.length);
  const [rest, tomorrow] = [hours.slice(0, HOURS - begun), hours.slice(HOURS - begun)];
  const soFarWh = sumWh(series.wh.subarray(now - begun, now));
  const left = dayTotalOf(sumWh(rest.map(({ meanWh }) => meanWh)), dayErrors(series, past, begun));
  return {
    today: inWh({
      meanWh: soFarWh + left.meanWh,
      p10Wh: soFarWh + left.p10Wh,
      p90Wh: soFarWh + left.p90Wh,
    }),
    tomorrow: inWh(
      tomorrow.length === 0
        ? undefined
        : dayTotalOf(sumWh(tomorrow.map(({ meanWh }) => meanWh)), dayErrors(series, past, 0)),
    ),
  };
};

/** The calendar month that now is in. What is missing of it so far is filled with its own mean. */
const monthOf = ({ request, moment: { series, now } }: Home): ForecastAnswer['month'] => {
  const today = series.firstDay + Math.floor(now / HOURS);
  const date = dateOfDayNumber(today);
  const first = dayNumber(`${date.slice(0, 7)}-01`);
  const next = dayNumber(`${dateOfDayNumber(first + 31).slice(0, 7)}-01`);
  const elapsed = now - (first - series.firstDay) * HOURS;
  const { sum, count } = knownIn(series.wh, now - elapsed, now);
  const whole = { ...series, wh: series.wh.subarray(0, Math.floor(now / HOURS) * HOURS) };
  return inWh(
    remainderOf(dayTotals(whole), {
      soFarWh: count === 0 ? 0 : (sum / count) * elapsed,
      days: next - first - elapsed / HOURS,
      seed: seedOf('month', request.id, date),
    }),
  );
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
  const wh = numbers(request.wh);
  if (wh.filter((value) => !Number.isNaN(value)).length < HOURS) {
    if (request.monthlyBillWh === undefined) return without(models, request, 'collecting');
    return { ...without(models, request, 'ready'), hours: profileHours(models, request, request.monthlyBillWh) };
  }
  if (looksLikeGeneration(wh, numbers(request.pvWh ?? []))) return without(models, request, 'wiring');
  const home = homeOf(models, request, wh);
  const withheld = losesToNaive(home.outcomes);
  const hours = hoursOf(home, hoursAhead(models, home.moment, home.days), withheld);
  // four weeks of silence, and nothing of the home is known any more
  if (hours.length === 0) return without(models, request, 'collecting');
  return {
    ...without(models, request, 'ready'),
    hours,
    ...dayTotalsOf(home, hours),
    month: monthOf(home),
    scorecard: scorecardOf(home.outcomes) ?? null,
    notices: noticesOf(home, withheld),
  };
};
