import { readDeviceUsage, readUsage } from '@hems/shared/api/usage';
import { endpoint, http } from '../runtime/http.ts';
import { clock, keys, table } from '../runtime/ports.ts';
import { readDeviceUsage as readOfDevices } from '../use-cases/read-device-usage.ts';
import { readUsage as read } from '../use-cases/read-usage.ts';

export const handler = http([
  endpoint(readUsage, async ({ params, query }) =>
    read({ table: await table(), clock: await clock() }, { ...params, ...query }),
  ),
  endpoint(readDeviceUsage, async ({ params, query }) => {
    const deps = { table: await table(), keys: await keys(), clock: await clock() };
    return readOfDevices(deps, { ...params, ...query });
  }),
]);
