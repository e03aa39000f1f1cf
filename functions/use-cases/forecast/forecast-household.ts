import { addDays, dayStart, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import type { HourForecast } from '@hems/models/forecast/answer';
import type { DaySums } from '@hems/models/forecast/day-accuracy';
import type { Forecaster } from '../../ports/forecaster.ts';
import { canonicalJson } from '../canonical-hash.ts';
import type { HoursUntilNow } from '../days/hours-until-now.ts';
import { hasConsent } from '../privacy/has-consent.ts';
import { putDayForecast, readDayForecasts, type DayForecast } from '../stores/forecasts.ts';
import { holdDaysAgainst } from './hold-days-against.ts';
import { makeForecast, type Made } from './make-forecast.ts';
import { readHistory, requestOfHome, type ForecastDeps } from './request-of-home.ts';

type Deps = ForecastDeps & { readonly forecaster: Forecaster };
type Place = { readonly householdId: string; readonly date: LocalDate };

/**
 * What came of the forecast of a home: made by the engine or, `usual`, without it; `unchanged`: said before; `over`: too late to foresee
 * anything of that day; else why there is none. `held`: how the day that is over went by what had been foreseen of it.
 */
export type ForecastOutcome = {
  readonly made: 'forecast' | 'usual' | 'unchanged' | 'over' | 'no-consent' | 'collecting' | 'wiring';
  readonly held?: DaySums;
};

/** Nobody waits for the night's run, and an endpoint that slept takes seconds to wake up; its function has 80 s for a shard. */
const PATIENCE_MS = 25_000;
const HOURS = 24;

const toDayForecast = ({ answer, engine }: Made): DayForecast => {
  if (answer.status !== 'ready') return { status: answer.status, engine };
  const hours = answer.hours.slice(0, HOURS);
  const each = <K extends keyof HourForecast>(of: K): HourForecast[K][] => hours.map((hour) => hour[of]);
  return {
    status: 'forecast',
    engine,
    modelVersion: answer.modelVersion,
    source: each('source'),
    meanWh: each('meanWh'),
    p10Wh: each('p10Wh'),
    p50Wh: each('p50Wh'),
    p90Wh: each('p90Wh'),
    naiveWh: each('naiveWh'),
  };
};

/**
 * What an engine has said of a day stands: neither what only stands in replaces it nor another model, which may have come in force in the
 * course of the day. The same model says something else only where it was asked of other readings.
 */
const stands = (before: DayForecast, made: DayForecast): boolean => {
  if (before.engine === 'usual') return false;
  if (made.engine === 'usual') return true;
  return before.status === 'forecast' && made.status === 'forecast' && before.modelVersion !== made.modelVersion;
};

/** Of a day as it begins, and of nothing later: made again in the course of the day it says the same. */
const foresee = async (
  deps: Deps,
  { householdId, date }: Place,
  history: HoursUntilNow | undefined,
): Promise<ForecastOutcome['made']> => {
  const request = await requestOfHome(deps, { householdId, untilMs: dayStart(date) }, history);
  const made = toDayForecast(await makeForecast(deps.forecaster, request, PATIENCE_MS));
  const [before] = await readDayForecasts(deps.table, householdId, [date]);
  if (before && (stands(before, made) || canonicalJson(before) === canonicalJson(made))) return 'unchanged';
  await putDayForecast(deps.table, householdId, [date, made]);
  if (made.status !== 'forecast') return made.status;
  return made.engine === 'usual' ? 'usual' : 'forecast';
};

/**
 * Holds what was foreseen of `date` against the day, and foresees the day after it; of one that is over nothing is foreseen any more. For a
 * household that does not agree to `analysis` neither is done.
 */
export const forecastHousehold = async (deps: Deps, { householdId, date }: Place): Promise<ForecastOutcome> => {
  if (!(await hasConsent(deps.table, householdId, 'analysis'))) return { made: 'no-consent' };
  const history = await readHistory(deps, householdId);
  const held = await holdDaysAgainst(deps.table, { householdId, date }, history);
  const next = addDays(date, 1);
  const isOver = next < localDate(deps.clock.now());
  const made = isOver ? 'over' : await foresee(deps, { householdId, date: next }, history);
  return { made, ...(held && { held }) };
};
