import { DAY_MS, HOUR_MS } from '@hems/models/calendar/seoul';
import { SHARDS } from '@hems/models/household/shard';
import type { Table } from '../../ports/table.ts';
import { listGateways } from '../stores/gateways.ts';
import { householdsOfShard, listDevices } from '../stores/households.ts';
import { readLiveStates } from '../stores/live.ts';

/** Homes of an hour: all of a small fleet, a sample of a large one, and the same price at any size. */
export const HOMES_MAX = 2000;
/** Reads overlap. */
const AT_ONCE = 20;
/** Prime to the number of shards: in a thousand hours each is begun with once, and the hours of a day lie far apart. */
const STRIDE = 367;

export type Fleet = {
  readonly homes: number;
  /** gateways in use, and those of them that are connected */
  readonly gateways: number;
  readonly connected: number;
  /** devices in use behind them, and those of them without a reading for a day */
  readonly devices: number;
  readonly silent: number;
};
const NOTHING: Fleet = { homes: 0, gateways: 0, connected: 0, devices: 0, silent: 0 };

const plus = (a: Fleet, b: Fleet): Fleet => ({
  homes: a.homes + b.homes,
  gateways: a.gateways + b.gateways,
  connected: a.connected + b.connected,
  devices: a.devices + b.devices,
  silent: a.silent + b.silent,
});

/** A home without a gateway has nothing that could be silent. */
const countHome = async (table: Table, householdId: string, nowMs: number): Promise<Fleet> => {
  const gateways = (await listGateways(table, householdId)).filter(({ status }) => status === 'active');
  if (gateways.length === 0) return { ...NOTHING, homes: 1 };
  const [all, heard] = await Promise.all([listDevices(table, householdId), readLiveStates(table, householdId)]);
  const own = new Set(gateways.map(({ gateway }) => gateway));
  const devices = all.filter(({ status, gateway }) => status === 'active' && own.has(gateway));
  const isSilent = (deviceId: string): boolean => nowMs - (heard.get(deviceId)?.ts ?? 0) > DAY_MS;
  return {
    homes: 1,
    gateways: gateways.length,
    connected: gateways.filter(({ presence }) => presence?.state === 'connected').length,
    devices: devices.length,
    silent: devices.filter(({ deviceId }) => isSilent(deviceId)).length,
  };
};

const inParts = async <T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> => {
  const done: R[] = [];
  for (let from = 0; from < all.length; from += AT_ONCE)
    done.push(...(await Promise.all(all.slice(from, from + AT_ONCE).map(work))));
  return done;
};

/** The shards in the order of the hour. */
const shardsFrom = (atMs: number): number[] => {
  const first = (Math.floor(atMs / HOUR_MS) * STRIDE) % SHARDS;
  return Array.from({ length: SHARDS }, (_, i) => (first + i) % SHARDS);
};

/** Looks at homes shard by shard until it has seen enough of them, or all: no table is read as a whole. `atMs`: the hour that is counted. */
export const countFleet = async ({ table }: { readonly table: Table }, atMs: number): Promise<Fleet> => {
  const shards = shardsFrom(atMs);
  let fleet = NOTHING;
  for (let from = 0; from < shards.length && fleet.homes < HOMES_MAX; from += AT_ONCE) {
    const found = await Promise.all(shards.slice(from, from + AT_ONCE).map((shard) => householdsOfShard(table, shard)));
    const homes = found.flat().slice(0, HOMES_MAX - fleet.homes);
    const counted = await inParts(homes, ({ householdId }) => countHome(table, householdId, atMs));
    fleet = counted.reduce(plus, fleet);
  }
  return fleet;
};
