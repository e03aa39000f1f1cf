import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DAY_MS } from '@hems/models/calendar/seoul';
import { blocksTelemetryStore } from '../../adapters/blocks/telemetry-store.ts';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { aFullWorld, anErasure, dumpOf, ERASURE_ID, type FullWorld } from '../../testing/erasing.ts';
import { OWNER, PLANTED, PLANTED_WH } from '../../testing/full-household.ts';
import { HOME, type World } from '../../testing/world.ts';
import { namedIds } from '../../use-cases/erasure/named-ids.ts';
import { askPayout } from '../../use-cases/ask-payout.ts';
import { repeatErasures } from '../../use-cases/erasure/repeat-erasures.ts';
import { readPointer } from '../../use-cases/stores/erasures.ts';
import { membersOf } from '../../use-cases/stores/households.ts';
import { payoutsOf } from '../../use-cases/stores/payouts.ts';
import { erasedSince, type ErasedSince } from './erased-since.ts';

let folder: string;
let full: FullWorld;
const opened: World[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-erased-'));
  full = await aFullWorld();
  for (const sub of [OWNER.sub, 'guest', 'neighbour'])
    await full.world.table.put({ table: 'operations', pk: `ACCOUNT#${sub}`, sk: 'ACCOUNT', data: {} });
});
afterEach(async () => {
  for (const { database } of opened.splice(0)) await database.close();
  await full.world.database.close();
  await rm(folder, { recursive: true });
});

const file = (name: string): string => join(folder, `${name}.sqlite`);
const copyAs = (name: string): void => full.world.database.exec(`VACUUM INTO '${file(name)}'`);
const since = (): ErasedSince => {
  const [older, newer] = [file('older'), file('newer')].map((one) => new DatabaseSync(one, { readOnly: true }));
  try {
    return erasedSince({ older: older!, newer: newer! });
  } finally {
    older?.close();
    newer?.close();
  }
};
/** The world of the copy. */
const restoredWorld = (): World => {
  const database = openDatabase(file('older'));
  const { clock, pause } = full.world;
  const table = sqliteTable({ database, clock });
  const world = { ...full.world, database, table, telemetry: blocksTelemetryStore(table, pause) };
  opened.push(world);
  return world;
};

test('a home that was erased after the backup is closed at once by the restore, and erased again without a trace', async () => {
  copyAs('older');
  const { householdId, telemetryId, gateway } = HOME;
  await full.erasing.ask({ forfeit: true });
  expect(await full.erasing.carryOut()).toBe('erased');
  copyAs('newer');
  expect(since()).toEqual({ households: [{ id: householdId, underWay: null }], people: [] });

  const world = restoredWorld();
  const traces = (): string[] =>
    dumpOf(world).filter(
      (row) =>
        namedIds([householdId, telemetryId, gateway, full.memberId, full.claimed]).isIn(row) ||
        [...Object.values(PLANTED), String(PLANTED_WH)].some((text) => row.includes(text)),
    );
  expect(traces().length).toBeGreaterThan(50);
  const [erasureId = ''] = await repeatErasures(world, since());
  expect(await readPointer(world.table, { household: householdId })).toMatchObject({ erasureId });
  const erasing = anErasure(world);
  await erasing.check();
  expect(await erasing.carryOut(erasureId)).toBe('erased');
  world.clock.set(world.clock.now() + DAY_MS);
  await world.table.put({ table: 'operations', pk: 'ANY', sk: 'ANY', data: {} });
  expect(traces()).toEqual([]);
  expect(await membersOf(world.table, 'h-10')).toHaveLength(1);
});

test('an account that was erased after the backup leaves the home it shared, which stays', async () => {
  copyAs('older');
  /** The sign-in of this world keeps its accounts elsewhere; the host's deletes the row. */
  const withoutAccount = ({ table }: World) => ({
    before: async () => await table.delete({ table: 'operations', pk: 'ACCOUNT#guest', sk: 'ACCOUNT' }),
  });
  await full.erasing.askAccount('guest');
  expect(await full.erasing.carryOut(ERASURE_ID, withoutAccount(full.world))).toBe('erased');
  copyAs('newer');
  expect(since()).toEqual({ households: [], people: [{ id: 'guest', underWay: null }] });

  const world = restoredWorld();
  const [erasureId = ''] = await repeatErasures(world, since());
  expect((await membersOf(world.table, HOME.householdId)).map(({ sub }) => sub)).toEqual([OWNER.sub]);
  expect(await anErasure(world).carryOut(erasureId, withoutAccount(world))).toBe('erased');
  expect(await membersOf(world.table, 'h-10')).toHaveLength(1);
});

test('an erasure that was under way in the newer state is repeated as well', async () => {
  copyAs('older');
  await full.erasing.ask({ forfeit: true });
  copyAs('newer');
  const underWay = { forfeit: true, askedBy: OWNER.sub };
  expect(since()).toEqual({ households: [{ id: HOME.householdId, underWay }], people: [] });
});

test('a payout that an erasure under way was waiting for is not given up by the restore: the repeated one waits for it too', async () => {
  await askPayout(full.world, OWNER, { payoutId: 'payout-open', unit: 'won', amount: 2000 });
  copyAs('older');
  await full.erasing.ask();
  expect(await full.erasing.carryOut()).toBe('waits');
  copyAs('newer');

  const world = restoredWorld();
  const [erasureId = ''] = await repeatErasures(world, since());
  expect(await readPointer(world.table, { household: HOME.householdId })).toEqual({ erasureId, askedBy: OWNER.sub });
  const erasing = anErasure(world);
  await erasing.check();
  expect(await erasing.carryOut(erasureId)).toBe('waits');
  const payouts = await payoutsOf(world.table, HOME.householdId);
  expect(payouts.find(({ payoutId }) => payoutId === 'payout-open')).toMatchObject({ amount: 2000, state: 'pending' });
});

test('an erasure that the backup holds goes on by itself and is not begun twice', async () => {
  await full.erasing.ask({ forfeit: true });
  copyAs('older');
  expect(await full.erasing.carryOut()).toBe('erased');
  copyAs('newer');
  const world = restoredWorld();
  expect(await repeatErasures(world, since())).toEqual([]);
  expect(await readPointer(world.table, { household: HOME.householdId })).toMatchObject({ erasureId: ERASURE_ID });
});
