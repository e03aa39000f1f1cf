import { readDays, readScore, readWeatherSaving } from '@hems/shared/api/days';
import { readToday } from '@hems/shared/api/today';
import { endpoint, http } from '../runtime/http.ts';
import { clock, table, weather } from '../runtime/ports.ts';
import { readDays as days } from '../use-cases/read-days.ts';
import { readScore as score } from '../use-cases/read-score.ts';
import { readToday as today } from '../use-cases/read-today.ts';
import { readWeatherSaving as weatherSaving } from '../use-cases/read-weather-saving.ts';

export const handler = http([
  endpoint(readDays, async ({ params, query }) =>
    days({ table: await table(), clock: await clock() }, { ...params, ...query }),
  ),
  endpoint(readToday, async ({ params }) => today({ table: await table(), clock: await clock() }, params.householdId)),
  endpoint(readScore, async ({ params }) => score({ table: await table(), clock: await clock() }, params.householdId)),
  endpoint(readWeatherSaving, async ({ params, query }) =>
    weatherSaving({ table: await table(), clock: await clock(), weather: await weather() }, { ...params, ...query }),
  ),
]);
