import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../adapters/embedded/database.ts';
import { sqliteQueue } from '../../adapters/embedded/queue.ts';
import { embeddedRuns } from '../../adapters/embedded/runs.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import type { Table } from '../../ports/table.ts';
import { aSettling } from '../../testing/ledger.ts';
import { settleHousehold } from '../../use-cases/settle-household.ts';
import { settle } from '../../use-cases/stores/ledger.ts';
import { nothingAsked } from './asked.ts';
import { correctMonth, enterFaultHomes, FAULTS_BEGIN_MS, type FaultWorld } from './fault-homes.ts';
import { leftOver, violationsOf } from './invariants.ts';
import { readStored } from './stored.ts';

/** The homes of the suite, their money and the code that pays it; the faults are wrong payments that are kept as carefully as right ones. */

let entered: string;
let folder: string;
let database: Database;
let table: Table;
let world: FaultWorld;
let corrections: number;

const CLOCK = { now: () => FAULTS_BEGIN_MS };

beforeAll(async () => {
  entered = await mkdtemp(join(tmpdir(), 'hems-entered-'));
  await mkdir(join(entered, 'idp'));
  const made = openDatabase(join(entered, 'hems.sqlite'));
  sqliteQueue({ database: made, clock: CLOCK }, { name: 'bus', visibilitySeconds: 60, attempts: 3 });
  embeddedRuns({ database: made, execute: async () => undefined, say: () => undefined });
  await made.close();
  world = await enterFaultHomes(entered);
});
afterAll(async () => await rm(entered, { recursive: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-owed-'));
  await cp(entered, folder, { recursive: true });
  database = openDatabase(join(folder, 'hems.sqlite'));
  table = sqliteTable({ database, clock: CLOCK });
  corrections = 0;
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const deps = () => ({ table, clock: CLOCK, pause: async () => undefined, bus: { publish: async () => undefined } });
const first = (): string => world.moneyHomes[0] ?? '';
const run = async (homes: readonly string[] = world.moneyHomes): Promise<void> => {
  for (const householdId of homes) await settleHousehold(deps(), { householdId, date: world.settledOn });
};
const correct = async (): Promise<void> => {
  corrections += 1;
  for (const householdId of world.moneyHomes)
    await correctMonth(table, { householdId, settledOn: world.settledOn }, corrections);
};
const look = async () => {
  const now = await readStored(folder, { householdIds: [], telemetryIds: [] });
  const owed = { homes: world.moneyHomes, month: '2026-05', corrections };
  const promised = { acknowledged: [], asked: nothingAsked(), owed };
  return { now, broken: violationsOf(undefined, now, promised), left: leftOver(now, promised) };
};
const cashbackOf = async (householdId: string) =>
  (await look()).now.periods.find(({ of }) => of === `${householdId} energy-cashback 2026-05`);

test('each correction of the month is settled at what the rule makes it, by hand', async () => {
  await run();
  expect(await look()).toMatchObject({ broken: [], left: [] });
  for (const nth of [1, 2, 3, 4]) {
    await correct();
    expect(corrections).toBe(nth);
    await run();
    expect(await look()).toMatchObject({ broken: [], left: [] });
  }
  expect((await cashbackOf(first()))?.amounts).toEqual([3200, 800, 800, 2200, -3800]);
});

test('a credit of 2,000,000 won that was written twice, as revisions 0 and 1, is found', async () => {
  await run();
  const again = aSettling({ householdId: first(), total: 4_000_000, endsOn: world.settledOn });
  await settle(deps(), again, { why: 'the suite pays from it' });
  const { now, broken } = await look();
  expect(now.periods.find(({ of }) => of.startsWith(`${first()} community`))?.revisions).toEqual([0, 1]);
  expect(broken).toEqual([`${first()} was credited 2000000 and 2000000 won, not 2000000`]);
});

test('a reward that was never settled is found at rest', async () => {
  await run(world.moneyHomes.slice(1));
  const { broken, left } = await look();
  expect(broken).toEqual([]);
  expect(left).toEqual([`the cashback of ${first()} stands at 0 won, 3200 are owed`]);
});

test('a correction that never came is found at rest, though the period is worth what its frozen inputs say', async () => {
  await run();
  await correct();
  await run(world.moneyHomes.slice(1));
  const { broken, left } = await look();
  expect(await cashbackOf(first())).toMatchObject({ sum: 3200, recomputed: 3200 });
  expect(broken).toEqual([]);
  expect(left).toEqual([`the cashback of ${first()} stands at 3200 won, 4000 are owed`]);
});
