import { QUANTITY_NAMES } from '@hems/models/reading/quantities';
import type { Device } from '@hems/shared/api/devices';
import { withGivenNames } from './devices/given-names.ts';
import type { KeyDeps } from './stores/data-keys.ts';
import { listDevices } from './stores/households.ts';
import { readLiveStates } from './stores/live.ts';

/** The devices of a household, each with its last sign of life and the quantities it told then. */
export const readDevices = async (deps: KeyDeps, householdId: string): Promise<Device[]> => {
  const [devices, states] = await Promise.all([
    listDevices(deps.table, householdId),
    readLiveStates(deps.table, householdId),
  ]);
  const named = await withGivenNames(deps, householdId, devices);
  return named.map(({ deviceId, kind, name, gateway, status, replaced }) => {
    const state = states.get(deviceId);
    const quantities = QUANTITY_NAMES.filter((quantity) => state?.quantities[quantity] !== undefined);
    const by = replaced && { replaced: { by: replaced.by, atMs: replaced.atMs } };
    return { deviceId, kind, name, gateway, status, ...by, lastSeenMs: state?.ts ?? null, quantities };
  });
};
