import type { Device } from '../stores/households.ts';
import { opener, type KeyDeps } from '../stores/data-keys.ts';

/** A name lies in the household's own field of the device. */
export const labelField = (deviceId: string): string => `device:${deviceId}`;

/** The devices under the names that residents gave them; the household's key is opened only where one did. */
export const withGivenNames = async (
  deps: KeyDeps,
  householdId: string,
  devices: readonly Device[],
): Promise<Device[]> => {
  if (devices.every(({ label }) => label === undefined)) return [...devices];
  const open = await opener(deps, { household: householdId });
  return devices.map((device) => {
    const { label, deviceId } = device;
    return open && label ? { ...device, name: open.open(labelField(deviceId), label) } : device;
  });
};
