import type { KnownDevice } from '@hems/models/reading/admission';
import type { Clock } from '../ports/clock.ts';
import type { Table } from '../ports/table.ts';
import { listDevices, wayOf } from './stores/households.ts';

/** What ingest knows of the household behind a telemetry id. */
export type Known = {
  readonly householdId: string;
  readonly devices: ReadonlyMap<string, KnownDevice>;
  /** gateways that were cut off: nothing they say is taken or kept */
  readonly revoked: ReadonlySet<string>;
};
export type Directory = {
  /** `knows`: whether what is remembered is enough for the caller; if not, it is read again unless that was just done. */
  find(telemetryId: string, knows?: (known: Known) => boolean): Promise<Known | undefined>;
};

/** A registry change is obeyed within this. */
const FRESH_MS = 30_000;
/** A household or a device that is not there is looked for again after this: it may have been added a moment ago. */
const MISSING_FRESH_MS = 2_000;
const CAPACITY = 50_000;

const load = async (table: Table, telemetryId: string): Promise<Known | undefined> => {
  const way = await wayOf(table, telemetryId);
  if (!way) return undefined;
  const devices = await listDevices(table, way.householdId);
  return { ...way, devices: new Map(devices.map((device) => [device.deviceId, device])) };
};

type Entry = { readonly known: Promise<Known | undefined>; readonly since: number };

/** The registry, remembered for half a minute so that a reading costs no look-up; what is missing in it, for two seconds. */
export const directory = (table: Table, clock: Clock): Directory => {
  const entries = new Map<string, Entry>();
  const isWithin = ({ since }: Entry, ms: number): boolean => clock.now() - since < ms;
  const remember = (telemetryId: string): Promise<Known | undefined> => {
    const entry = { known: load(table, telemetryId), since: clock.now() };
    if (entries.size >= CAPACITY) entries.clear();
    entries.set(telemetryId, entry);
    entry.known.catch(() => entries.get(telemetryId) === entry && entries.delete(telemetryId));
    return entry.known;
  };
  return {
    find: async (telemetryId, knows = () => true) => {
      const entry = entries.get(telemetryId);
      if (!entry || !isWithin(entry, FRESH_MS)) return remember(telemetryId);
      const known = await entry.known;
      if ((known && knows(known)) || isWithin(entry, MISSING_FRESH_MS)) return known;
      // another message of the same batch may have asked again meanwhile
      const latest = entries.get(telemetryId);
      return latest && latest !== entry ? latest.known : remember(telemetryId);
    },
  };
};
