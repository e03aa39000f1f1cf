import { readEnvironment } from '@hems/shared/api/environment';
import { endpoint, http } from '../runtime/http.ts';
import { clock, keys, table } from '../runtime/ports.ts';
import { readEnvironment as read } from '../use-cases/read-environment.ts';

export const handler = http([
  endpoint(readEnvironment, async ({ params }) =>
    read({ table: await table(), clock: await clock(), keys: await keys() }, params.householdId),
  ),
]);
