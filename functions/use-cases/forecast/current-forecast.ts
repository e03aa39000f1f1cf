import { HOUR_MS } from '@hems/models/calendar/seoul';
import type { ForecastRequest } from '@hems/models/forecast/answer';
import type { Forecast } from '@hems/shared/api/forecast';
import type { Forecaster } from '../../ports/forecaster.ts';
import { hasConsent } from '../privacy/has-consent.ts';
import { holdForecast, readHeldForecast } from '../stores/forecasts.ts';
import { makeForecast, type Made } from './make-forecast.ts';
import { readHistory, requestOfHome, type ForecastDeps } from './request-of-home.ts';

export type CurrentForecast = Forecast;
type Deps = ForecastDeps & { readonly forecaster: Forecaster };

/** Somebody waits, and API Gateway's function has ten seconds: an endpoint that has to wake up first is not waited for. */
const PATIENCE_MS = 6000;
/** What was made of less than there will be is made anew soon: the engine did not answer, the home has only begun, or the hour before was not in yet. */
const MAKESHIFT_MS = 5 * 60_000;

/** A home that was heard in one of so many hours before the last may yet tell the last; one that was not is not asked about again so soon. */
const HEARD_HOURS = 3;

/** Whether it holds for its hour: an engine's numbers, made of all that is to be expected of the hours before. */
const holdsForHour = ({ answer, engine }: Made, { wh }: ForecastRequest): boolean => {
  const isHeard = (from: number): boolean => wh.slice(from).some((one) => one !== null);
  return engine !== 'usual' && answer.status === 'ready' && (isHeard(-1) || !isHeard(-1 - HEARD_HOURS));
};

/** In this order whatever made it. */
const toForecast = (householdId: string, { answer, engine }: Made): Forecast => ({ ...answer, householdId, engine });

/**
 * The forecast of this hour: made once, then held until the hour is over. Undefined: the household does not agree to `analysis`.
 */
export const currentForecast = async (deps: Deps, householdId: string): Promise<CurrentForecast | undefined> => {
  const nowMs = deps.clock.now();
  const [agrees, held] = await Promise.all([
    hasConsent(deps.table, householdId, 'analysis'),
    readHeldForecast(deps.table, householdId),
  ]);
  if (!agrees) return undefined;
  const hourMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  if (held?.hourMs === hourMs && nowMs < held.untilMs) return held.forecast;
  const request = await requestOfHome(deps, { householdId, untilMs: hourMs }, await readHistory(deps, householdId));
  const made = await makeForecast(deps.forecaster, request, PATIENCE_MS);
  const forecast = toForecast(householdId, made);
  const untilMs = holdsForHour(made, request) ? hourMs + HOUR_MS : nowMs + MAKESHIFT_MS;
  await holdForecast(deps.table, householdId, { hourMs, untilMs, forecast });
  return forecast;
};
