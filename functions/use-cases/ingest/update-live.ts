import { winner } from '@hems/models/reading/point';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import { liveKey, livePut, parseLive, type LiveState } from '../stores/live.ts';
import type { Arrival } from './admit.ts';
import type { DeviceArrivals } from './by-device.ts';
import { mergeItems, type Addition } from './merge-items.ts';

/** The newer instant stands; within one instant, what stands there. */
const newer = (a: LiveState, b: LiveState): LiveState => (a.ts === b.ts ? winner(a, b) : a.ts > b.ts ? a : b);

/** A reading of a clock that is ahead counts as of its arrival, so that it does not stand over those that follow. */
const heardAt = ({ point, message }: Arrival): number => Math.min(point.ts, message.event.received);

const later = (a: Arrival, b: Arrival): Arrival => {
  const difference = heardAt(a) - heardAt(b);
  return difference > 0 || (difference === 0 && winner(a.point, b.point) === a.point) ? a : b;
};

const additionOf = ({ householdId, deviceId, arrivals }: DeviceArrivals): Addition<LiveState> => {
  const newest = arrivals.reduce(later);
  const { deviceId: _inTheKey, ...state } = newest.point;
  return {
    key: liveKey(householdId, deviceId),
    value: { ...state, ts: heardAt(newest), correlationId: newest.message.event.correlation },
  };
};

/** Moves each device's live state forward to the newest arrival. A late point leaves it as it is. */
export const updateLive = async (
  deps: { readonly table: Table; readonly pause: Pause },
  devices: readonly DeviceArrivals[],
): Promise<void> => {
  await mergeItems(deps, devices.map(additionOf), {
    parse: parseLive,
    merge: (stored, { value }) => newer(stored, value),
    same: (a, b) => a.ts === b.ts && winner(a, b) === a,
    put: ({ key }, write) => livePut(key, write),
  });
};
