import { readRunningBill } from '@hems/shared/api/bill';
import { endpoint, http } from '../runtime/http.ts';
import { clock, table } from '../runtime/ports.ts';
import { readRunningBill as read } from '../use-cases/read-running-bill.ts';

export const handler = http([
  endpoint(readRunningBill, async ({ params, query }) =>
    read({ table: await table(), clock: await clock() }, { ...params, ...query }),
  ),
]);
