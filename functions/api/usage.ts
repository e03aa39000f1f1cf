import { readUsage } from '@hems/shared/api/usage';
import { endpoint, http } from '../runtime/http.ts';
import { clock, table } from '../runtime/ports.ts';
import { readUsage as read } from '../use-cases/read-usage.ts';

export const handler = http([
  endpoint(readUsage, async ({ params, query }) =>
    read({ table: await table(), clock: await clock() }, { ...params, ...query }),
  ),
]);
