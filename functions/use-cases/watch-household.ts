import * as z from 'zod';
import type { Key, Table } from '../ports/table.ts';
import { sendOrder, type OrderDeps } from './send-order.ts';
import { listDevices, readProfile } from './stores/households.ts';

/** A watched gateway reports this often … */
const EVERY_S = 5;
/** … until this long after the last poll. */
const WATCHED_MS = 60_000;
/** The order is renewed when less than this is left of it, so that polls in between cost one read. */
const RENEW_MS = 30_000;

const watched = z.object({ until: z.int() });
const key = (householdId: string): Key => ({ table: 'energy', pk: `H#${householdId}`, sk: 'WATCHED' });

const watchedUntil = async (table: Table, householdId: string): Promise<number> => {
  const item = await table.get(key(householdId));
  return item ? watched.parse(item.data).until : 0;
};

/** Marks a household as watched: its gateways report every 5 s until 60 s after the last call. */
export const watchHousehold = async (deps: OrderDeps, householdId: string): Promise<void> => {
  const now = deps.clock.now();
  if ((await watchedUntil(deps.table, householdId)) - now > RENEW_MS) return;
  const until = now + WATCHED_MS;
  const [profile, devices] = await Promise.all([
    readProfile(deps.table, householdId),
    listDevices(deps.table, householdId),
  ]);
  if (!profile) return;
  await deps.table.put({ ...key(householdId), data: { until }, expiresAt: Math.ceil(until / 1000) });
  const gateways = new Set(devices.filter(({ status }) => status === 'active').map(({ gateway }) => gateway));
  const action = { action: 'report-every', params: { seconds: EVERY_S, until } } as const;
  const address = { householdId, telemetryId: profile.telemetryId };
  await Promise.all(
    [...gateways].map((gateway) => sendOrder(deps, { ...address, gateway }, { action, ttlMs: WATCHED_MS })),
  );
};
