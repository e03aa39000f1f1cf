import { inConflict, winner } from '@hems/models/reading/point';
import type { Kept } from '../stores/quarantine.ts';
import type { Arrival } from './admit.ts';
import { partOf } from './decode.ts';

/** What came of one device: one arrival per instant, the one that stands among those that came together. */
export type DeviceArrivals = {
  readonly householdId: string;
  readonly deviceId: string;
  readonly arrivals: readonly Arrival[];
  /** all of them, those that do not stand included */
  readonly said: readonly Arrival[];
};

/** Two contents under one (boot, seq): one is wrong, nothing says which, so both are kept for the operator. */
export const conflict = (arrival: Arrival, other: Arrival): Kept[] =>
  [arrival, other].map(({ message, point }) => ({
    event: partOf(message, [point]),
    reason: 'conflict',
    detail: 'the same (boot, seq) came with two contents; the smaller canonical JSON stands',
    state: 'held',
  }));

const standing = (arrivals: readonly Arrival[], kept: Kept[]): Arrival[] => {
  const byTs = new Map<number, Arrival>();
  for (const arrival of arrivals) {
    const { point } = arrival;
    const other = byTs.get(point.ts);
    if (other && inConflict(other.point, point)) kept.push(...conflict(arrival, other));
    byTs.set(point.ts, other && winner(other.point, point) === other.point ? other : arrival);
  }
  return [...byTs.values()];
};

/** The arrivals by device, one per instant. A device has one kind, so (device, ts) is the identity of its points. */
export const byDevice = (arrivals: readonly Arrival[]): { devices: DeviceArrivals[]; kept: readonly Kept[] } => {
  const kept: Kept[] = [];
  const groups = Map.groupBy(arrivals, ({ householdId, point }) => `${householdId}#${point.deviceId}`);
  const devices = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { householdId, point } = first;
    return [{ householdId, deviceId: point.deviceId, arrivals: standing(group, kept), said: group }];
  });
  return { devices, kept };
};
