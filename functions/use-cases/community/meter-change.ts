import { addDays, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import type { Barred } from '@hems/models/community/standing';
import { KEPT_DAYS } from '@hems/models/reading/retention';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { listDevices, type Device } from '../stores/households.ts';
import { parseSlot, slotKey } from '../stores/slots.ts';

type Deps = { readonly table: Table; readonly clock: Clock };

const LAST_MS = 9_999_999_999_000;

/** The date of the first or the last word of a device that is still kept. */
const heardOn = async (
  table: Table,
  householdId: string,
  { deviceId, which }: { deviceId: string; which: 'first' | 'last' },
): Promise<LocalDate | undefined> => {
  const { pk, sk: from } = slotKey(householdId, deviceId, 0);
  const { sk: to } = slotKey(householdId, deviceId, LAST_MS);
  const range = { from, to, limit: 1, descending: which === 'last' };
  const { items } = await table.query({ table: 'energy', value: pk, ...range });
  const [observation] = items.flatMap(parseSlot);
  return observation && localDate(observation.ts);
};

type Span = { readonly since: LocalDate; readonly until: LocalDate };

/** A meter goes on by the one in its place where the two told the same while both measured: a narrower one looks like a saving. */
const goesOn = ({ replaced }: Device): boolean => replaced?.alike === true;

/** A meter that came after the first of the days, or went out of use before the last. What comes later changes none of them. */
const changed = async (
  table: Table,
  householdId: string,
  { meter, continues, since, until }: Span & { readonly meter: Device; readonly continues: boolean },
): Promise<boolean> => {
  const { deviceId, status } = meter;
  const first = continues ? undefined : await heardOn(table, householdId, { deviceId, which: 'first' });
  if (first !== undefined && since < first && first <= until) return true;
  if (status === 'active' || goesOn(meter)) return false;
  const last = await heardOn(table, householdId, { deviceId, which: 'last' });
  return last !== undefined && since <= last && last < until;
};

/**
 * Whether the household's meters changed between the first and the last of the days `measuredOn`, ascending. By the readings alone:
 * a meter that measures less of the home looks like a saving. Of days older than the readings that are kept nothing is asked.
 */
export const meterChange = async (
  { table, clock }: Deps,
  householdId: string,
  measuredOn: readonly LocalDate[],
): Promise<Barred | undefined> => {
  const oldest = addDays(localDate(clock.now()), 2 - KEPT_DAYS.quarterHours);
  const since = measuredOn.find((date) => date >= oldest);
  const until = measuredOn.at(-1);
  if (since === undefined || until === undefined) return undefined;
  const devices = await listDevices(table, householdId);
  const meters = devices.filter(({ kind }) => kind === 'smart_meter');
  const later = new Set(meters.filter(goesOn).map(({ replaced }) => replaced?.by));
  const changes = await Promise.all(
    meters.map((meter) => changed(table, householdId, { meter, continues: later.has(meter.deviceId), since, until })),
  );
  const at = changes.indexOf(true);
  if (at < 0) return undefined;
  return {
    status: 'refused',
    code: 'meter-changed',
    detail: `meter ${meters[at]?.deviceId} did not measure all of the days from ${since} to ${until}; days of different meters cannot be compared`,
  };
};
