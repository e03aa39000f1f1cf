import type { DeviceKind } from '@hems/models/device/kinds';
import { isCounted } from '@hems/models/usage/household';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import { requireMay } from '../members/require-may.ts';
import { Refused } from '../refusal.ts';
import { householdSealer, type KeyDeps } from '../stores/data-keys.ts';
import { devicePut, readDevice, type Device, type Member } from '../stores/households.ts';
import { untilWon } from '../until-won.ts';
import { labelField } from './given-names.ts';

export type DeviceDeps = { readonly table: Table; readonly pause: Pause };

export const noDevice = (deviceId: string): Refused =>
  new Refused('not-found', `the household has no device ${deviceId}`, 'no-device');

const change = async (
  { table, pause }: DeviceDeps,
  { householdId, deviceId }: { readonly householdId: string; readonly deviceId: string },
  next: (before: Device) => Device,
): Promise<void> =>
  untilWon(pause, async () => {
    const found = await readDevice(table, householdId, deviceId);
    if (!found) throw noDevice(deviceId);
    const { version, ...before } = found;
    await table.put({ ...devicePut(householdId, next(before)), if: { version } });
  });

/** Gives a device another name, which is kept sealed: people name devices after rooms and one another. */
export const renameDevice = async (
  deps: DeviceDeps & KeyDeps,
  member: Member,
  { deviceId, name }: { readonly deviceId: string; readonly name: string },
): Promise<void> => {
  requireMay(member, 'manage-devices');
  const { householdId } = member;
  const household = await householdSealer(deps, householdId);
  const label = household.seal(labelField(deviceId), name);
  await change(deps, { householdId, deviceId }, (before) => ({ ...before, label }));
};

/** What counts the home's energy decides on bills and rewards, so an owner takes it out of use; any other device whoever looks after them. */
export const requireMayChange = (member: Member, kind: DeviceKind): void =>
  requireMay(member, isCounted(kind) ? 'change-meters' : 'manage-devices');

/** Takes a device out of use: its last word was its last, and what it has measured stays. */
export const retireDevice = async (deps: DeviceDeps, member: Member, deviceId: string): Promise<void> => {
  requireMay(member, 'manage-devices');
  await change(deps, { householdId: member.householdId, deviceId }, (before) => {
    requireMayChange(member, before.kind);
    if (before.status === 'replaced')
      throw new Refused('conflict', `another device has taken the place of ${deviceId} already`, 'replaced');
    return { ...before, status: 'retired' };
  });
};
