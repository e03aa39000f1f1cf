import { QUANTITY_NAMES } from '@hems/models/reading/quantities';
import type { Device } from '@hems/shared/api/devices';
import type { Table } from '../ports/table.ts';
import { listDevices } from './stores/households.ts';
import { readLiveStates } from './stores/live.ts';

/** The devices of a household, each with its last sign of life and the quantities it told then. */
export const readDevices = async (table: Table, householdId: string): Promise<Device[]> => {
  const [devices, states] = await Promise.all([listDevices(table, householdId), readLiveStates(table, householdId)]);
  return devices.map((device) => {
    const state = states.get(device.deviceId);
    const quantities = QUANTITY_NAMES.filter((name) => state?.quantities[name] !== undefined);
    return { ...device, lastSeenMs: state?.ts ?? null, quantities };
  });
};
