import { currentForecast } from '../use-cases/forecast/current-forecast.ts';
import type { PlanDeps } from '../use-cases/plan/plan-deps.ts';
import { channel, clock, forecaster, ids, pause, table, telemetry, weather } from './ports.ts';

/** What planning works with, without the solver of what is on or off: that one is loaded only where homes are planned by the clock. */
export const planDeps = async (): Promise<PlanDeps> => {
  const base = { table: await table(), clock: await clock() };
  const forecasting = { ...base, forecaster: await forecaster(), weather: await weather() };
  return {
    ...base,
    ids: await ids(),
    channel: await channel(),
    telemetry: await telemetry(),
    pause,
    forecastOf: async (householdId) => await currentForecast(forecasting, householdId),
  };
};
