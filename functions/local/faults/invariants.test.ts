import { appendFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { sqliteQueue } from '../../adapters/embedded/queue.ts';
import { recordedPayments } from '../../adapters/embedded/recorded-payments.ts';
import { embeddedRuns } from '../../adapters/embedded/runs.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { blocksTelemetryStore } from '../../adapters/blocks/telemetry-store.ts';
import { aSettling } from '../../testing/ledger.ts';
import { askPayout } from '../../use-cases/ask-payout.ts';
import { decidePayout } from '../../use-cases/decide-payout.ts';
import { directory } from '../../use-cases/directory.ts';
import { dispatchPayouts } from '../../use-cases/dispatch-payouts.ts';
import { ingest } from '../../use-cases/ingest/ingest.ts';
import { NO_PROOF, proofPut } from '../../use-cases/stores/proofs.ts';
import { settle } from '../../use-cases/stores/ledger.ts';
import { systemClock } from '../clock.ts';
import { violationsOf, type Promised } from './invariants.ts';
import { storyOf, type Message, type ReadingHome } from './meter-story.ts';
import { nothingAsked } from './asked.ts';
import { enterMeters, fedHost, registerDifferences, usageDifferences, usageOf } from './reference-host.ts';
import { readStored, type Stored } from './stored.ts';

/** A test of the faults suite itself: each promise is broken by hand in a real file, and the suite has to say so. */

const DAY_MS = 86_400_000;
const HOME: ReadingHome = {
  householdId: 'h-1',
  telemetryId: 't-1',
  gateway: 'g-1',
  meter: 'meter-1',
  solar: 'solar-1',
  index: 0,
  fromMs: Math.floor((Date.now() - 2 * DAY_MS) / DAY_MS) * DAY_MS,
};
const HOMES = { householdIds: [HOME.householdId], telemetryIds: [HOME.telemetryId] };
const PAYOUT = 'payout-1';
/** what is owed to homes is in owed.test.ts */
const NOTHING_OWED = { homes: [], month: '2026-05', corrections: 0 };

let lived: string;
let acknowledged: Message[];
let folder: string;
let promised: Promised;
let before: Stored;

/** An hour of readings, a reward of 3,000 won and its payout of 1,000, as the platform does them. */
const liveAnHour = async (into: string): Promise<Message[]> => {
  const database = openDatabase(join(into, 'hems.sqlite'));
  const table = sqliteTable({ database, clock: systemClock });
  const pause = async (): Promise<void> => undefined;
  const silent = { publish: async () => undefined };
  sqliteQueue({ database, clock: systemClock }, { name: 'bus', visibilitySeconds: 60, attempts: 3 });
  embeddedRuns({ database, execute: async () => undefined, say: () => undefined });
  await enterMeters(table, HOME);
  await table.put(proofPut(HOME.householdId, { ...NO_PROOF, state: 'proven', by: 'operator', atMs: 1 }, 0));
  const messages = [...storyOf(HOME, HOME.fromMs + 3_600_000)];
  const deps = {
    table,
    telemetry: blocksTelemetryStore(table, pause),
    directory: directory(table, systemClock),
    readingHistory: 'ours',
    clock: systemClock,
    pause,
    bus: silent,
  } as const;
  const events = messages.map(({ channel, payload }) => ({
    channel,
    household: HOME.telemetryId,
    gateway: HOME.gateway,
    correlation: 'test-of-invariants',
    received: Date.now(),
    payload: Buffer.from(payload).toString('base64'),
  }));
  await ingest(deps, events);
  const ledger = { table, clock: systemClock, pause };
  await settle(ledger, aSettling(), { why: 'a test' });
  await askPayout(
    ledger,
    { householdId: HOME.householdId, sub: 'owner', role: 'owner' },
    { payoutId: PAYOUT, unit: 'won', amount: 1000 },
  );
  await decidePayout(ledger, { householdId: HOME.householdId, payoutId: PAYOUT }, { decision: 'approve', by: 'staff' });
  await mkdir(join(into, 'outbox'));
  await dispatchPayouts({
    ...ledger,
    bus: silent,
    payments: recordedPayments({ clock: systemClock, file: join(into, 'outbox', 'payments.jsonl') }),
  });
  await database.close();
  return messages;
};

beforeAll(async () => {
  lived = await mkdtemp(join(tmpdir(), 'hems-lived-'));
  acknowledged = await liveAnHour(lived);
});
afterAll(async () => await rm(lived, { recursive: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-invariants-'));
  await cp(lived, folder, { recursive: true });
  const payouts = [{ householdId: HOME.householdId, payoutId: PAYOUT, amount: 1000, acknowledged: true }];
  promised = { acknowledged, asked: { ...nothingAsked(), payouts }, owed: NOTHING_OWED };
  before = await readStored(folder, HOMES);
});
afterEach(async () => await rm(folder, { recursive: true }));

const plant = (sql: string, ...values: string[]): void => {
  const database = new DatabaseSync(join(folder, 'hems.sqlite'));
  const { changes } = database.prepare(sql).run(...values);
  database.close();
  expect(Number(changes), 'nothing was planted').toBeGreaterThan(0);
};
const found = async (): Promise<string> => violationsOf(before, await readStored(folder, HOMES), promised).join('\n');
const heard = () => promised.acknowledged.map((message) => ({ home: HOME, message }));

test('of a host that kept its promises nothing is said', async () => {
  expect(await found()).toBe('');
  expect(await usageDifferences(folder, heard())).toEqual([]);
  expect(before.slotRows.length).toBe(120);
  expect([before.entries.size, before.rail.length, before.keptOut.size]).toEqual([1, 1, 2]);
});

test('a reading that was acknowledged and is lost is found, in the quarter hours and in the history', async () => {
  const slot = `sk LIKE 'S#meter-1#%' AND rowid = (SELECT min(rowid) FROM energy WHERE sk LIKE 'S#meter-1#%')`;
  plant(`UPDATE energy SET data = json_remove(data, '$.rows[3]') WHERE ${slot}`);
  expect(await found()).toMatch(/^acknowledged readings are lost: meter-1@\d+$/);
  expect(await usageDifferences(folder, heard())).toEqual([expect.stringMatching(/1 quarter hours differ/)]);
  plant(`DELETE FROM history WHERE sk LIKE 'B#%' AND pk LIKE '%solar-1%'`);
  expect(await found()).toMatch(/lost: .*solar-1@\d+ and \d+ more/);
});

test('a quarter hour that took, gave or generated other than the registers moved by is found, however well it balances', async () => {
  const { table, database } = await fedHost(heard());
  const usage = await usageOf(table, HOME, HOME.fromMs + DAY_MS);
  await database.close();
  // four quarter hours, and the last one's end is not told
  expect(registerDifferences(usage, HOME, heard())).toEqual({ compared: 3, differs: [] });
  for (const quantity of ['importWh', 'exportWh', 'solarWh'] as const) {
    const [first] = usage.filter((one) => one.importWh !== null);
    const more = { ...first!, [quantity]: first![quantity]! + 7 };
    // as the platform balances it: the home is derived from the same sum
    const derived = { ...more, loadWh: more.importWh! + more.solarWh! - more.exportWh! };
    expect(registerDifferences([derived], HOME, heard())).toEqual({ compared: 1, differs: [first!.label] });
  }
});

test('a reading that counts twice is found', async () => {
  plant(
    `UPDATE energy SET data = json_insert(data, '$.rows[#]', json_extract(data, '$.rows[0]')) WHERE sk LIKE 'S#meter-1#%'`,
  );
  expect(await found()).toContain('readings count twice in a quarter hour');
});

test('a message that was to be kept out with a reason and is nowhere is found', async () => {
  plant(`DELETE FROM operations WHERE pk LIKE 'QUARANTINE#%'`);
  expect(await found()).toContain('neither taken in nor kept with a reason');
});

test('a payment that the rail made twice is found, and one that nobody let go', async () => {
  const [line] = before.rail;
  appendFileSync(join(folder, 'outbox', 'payments.jsonl'), `${JSON.stringify(line)}\n`);
  expect(await found()).toBe('the rail has payments twice: h-1.payout-1');
  appendFileSync(join(folder, 'outbox', 'payments.jsonl'), `${JSON.stringify({ ...line, key: 'h-1.never-asked' })}\n`);
  expect(await found()).toContain('the rail paid what was not let go: h-1.never-asked');
});

test('a ledger entry that was edited is found, and so is one that is gone', async () => {
  plant(`UPDATE ledger SET data = json_set(data, '$.amount', 4000) WHERE sk LIKE 'ENTRY#%'`);
  expect(await found()).toMatch(
    /ledger entries were changed or are gone: .*\nbalances are not the sums of their entries: h-1/,
  );
  plant(`DELETE FROM ledger WHERE sk LIKE 'ENTRY#%'`);
  expect(await found()).toContain('ledger entries were changed or are gone');
});

test('a reward that was written twice is found, and a revision that is missing', async () => {
  plant(
    `INSERT INTO ledger (pk, sk, version, data) SELECT pk, replace(sk, '#0000', '#0002'), 1, json_set(data, '$.revision', 2) FROM ledger WHERE sk LIKE 'ENTRY#%'`,
  );
  expect(await found()).toMatch(/revisions do not chain: .*\nbalances are not the sums of their entries/);
});

test('a payout that goes back or is forgotten is found', async () => {
  plant(`UPDATE ledger SET data = json_set(data, '$.state', 'pending') WHERE sk LIKE 'PAY#%'`);
  expect(await found()).toMatch(/payouts went backwards or changed: h-1.payout-1/);
  plant(`DELETE FROM ledger WHERE sk LIKE 'PAY#%'`);
  expect(await found()).toContain('acknowledged payouts are gone: payout-1');
});

test('a request that had two effects under one Idempotency-Key is found', async () => {
  plant(
    `INSERT INTO operations (pk, sk, version, data) VALUES ('PARTNER#office', 'DELIVERY#1', 1, ?), ('PARTNER#office', 'DELIVERY#2', 1, ?)`,
    ...['a', 'b'].map((deliveryId) => JSON.stringify({ deliveryId, state: 'pending', body: '{}' })),
  );
  promised.asked.pings.push({ key: 'ping-1', answers: new Set(['a']) });
  expect(await found()).toBe('1 Idempotency-Keys had 2 effects');
  promised.asked.pings.push({ key: 'ping-2', answers: new Set(['b', 'c']) });
  expect(await found()).toContain('an Idempotency-Key was answered in two ways: ping-2');
});
