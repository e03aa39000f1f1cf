import { listDevices, readDeviceSeries } from '@hems/shared/api/devices';
import { endpoint, http } from '../runtime/http.ts';
import { clock, table, telemetry } from '../runtime/ports.ts';
import { readDevices } from '../use-cases/read-devices.ts';
import { readDeviceSeries as readSeries } from '../use-cases/read-device-series.ts';

export const handler = http([
  endpoint(listDevices, async ({ params: { householdId } }) => ({
    householdId,
    devices: await readDevices(await table(), householdId),
  })),
  endpoint(readDeviceSeries, async ({ params, query }) =>
    readSeries({ table: await table(), telemetry: await telemetry(), clock: await clock() }, { ...params, ...query }),
  ),
]);
