import type { Forecast } from '@hems/shared/api/forecast';
import { currentForecast } from './current-forecast.ts';
import { noConsent } from './no-consent.ts';

/** The forecast of this hour, for a screen. */
export const readForecast = async (
  deps: Parameters<typeof currentForecast>[0],
  householdId: string,
): Promise<Forecast> => {
  const forecast = await currentForecast(deps, householdId);
  if (forecast) return forecast;
  throw noConsent();
};
