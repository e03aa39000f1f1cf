import { readForecast, readForecastAccuracy } from '@hems/shared/api/forecast';
import { endpoint, http } from '../runtime/http.ts';
import { clock, forecaster, table, weather } from '../runtime/ports.ts';
import { readForecast as forecast } from '../use-cases/forecast/read-forecast.ts';
import { readForecastAccuracy as accuracy } from '../use-cases/forecast/read-forecast-accuracy.ts';

export const handler = http([
  endpoint(readForecast, async ({ params }) =>
    forecast(
      { table: await table(), clock: await clock(), forecaster: await forecaster(), weather: await weather() },
      params.householdId,
    ),
  ),
  endpoint(readForecastAccuracy, async ({ params, query }) =>
    accuracy({ table: await table() }, { ...params, ...query }),
  ),
]);
