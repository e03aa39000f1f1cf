import {
  claimGateway,
  listDevices,
  listGateways,
  readDeviceSeries,
  renameDevice,
  replaceDevice,
  retireDevice,
  revokeGateway,
} from '@hems/shared/api/devices';
import { endpoint, http } from '../runtime/http.ts';
import { bus, clock, ids, keys, pause, registry, table, telemetry } from '../runtime/ports.ts';
import { renameDevice as rename, retireDevice as retire } from '../use-cases/devices/change-device.ts';
import { claimGateway as claim } from '../use-cases/devices/claim-gateway.ts';
import { readEquipment } from '../use-cases/devices/read-equipment.ts';
import { replaceDevice as replace } from '../use-cases/devices/replace-device.ts';
import { revokeGateway as revoke } from '../use-cases/devices/revoke-gateway.ts';
import { readDevices } from '../use-cases/read-devices.ts';
import { readDeviceSeries as readSeries } from '../use-cases/read-device-series.ts';
import { requireMember } from '../use-cases/members/require-may.ts';

const kept = async () => ({ table: await table(), keys: await keys(), clock: await clock(), pause });
const equipment = async (householdId: string) => readEquipment(await kept(), householdId);

export const handler = http([
  endpoint(listDevices, async ({ params: { householdId } }) => ({
    householdId,
    devices: await readDevices(await kept(), householdId),
  })),
  endpoint(readDeviceSeries, async ({ params, query }) =>
    readSeries({ table: await table(), telemetry: await telemetry(), clock: await clock() }, { ...params, ...query }),
  ),
  endpoint(listGateways, async ({ params: { householdId } }) => equipment(householdId)),
  endpoint(claimGateway, async (request) => {
    const deps = { ...(await kept()), ids: await ids(), bus: await bus(), registry: await registry() };
    await claim(deps, requireMember(request.member), request.body.code);
    return equipment(request.params.householdId);
  }),
  endpoint(revokeGateway, async (request) => {
    const { householdId, gateway } = request.params;
    await revoke({ ...(await kept()), registry: await registry() }, requireMember(request.member), gateway);
    return equipment(householdId);
  }),
  endpoint(renameDevice, async (request) => {
    const { householdId, deviceId } = request.params;
    await rename(await kept(), requireMember(request.member), { deviceId, ...request.body });
    return equipment(householdId);
  }),
  endpoint(retireDevice, async (request) => {
    const { householdId, deviceId } = request.params;
    await retire(await kept(), requireMember(request.member), deviceId);
    return equipment(householdId);
  }),
  endpoint(replaceDevice, async (request) => {
    const { householdId, deviceId } = request.params;
    await replace(await kept(), requireMember(request.member), { deviceId, ...request.body });
    return equipment(householdId);
  }),
]);
