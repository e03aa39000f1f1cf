import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dayStart } from '@hems/models/calendar/seoul';
import { blocksTelemetryStore } from '../../adapters/blocks/telemetry-store.ts';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { sqliteQueue } from '../../adapters/embedded/queue.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { aReading, aRuleEvent } from '../../testing/world.ts';
import { keep } from '../../use-cases/stores/quarantine.ts';
import { systemClock } from '../clock.ts';
import { account, readKept } from './load-lost.ts';

const NOON = dayStart('2026-11-21') + 12 * 3_600_000;
const point = (ts: number, over: object = {}) => ({
  deviceId: 'meter-1',
  kind: 'smart_meter' as const,
  ts,
  boot: 1,
  seq: 1,
  q: 0,
  quantities: { power_w: 300 },
  ...over,
});

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-lost-'));
  file = join(folder, 'hems.sqlite');
  const database = openDatabase(file);
  const table = sqliteTable({ database, clock: systemClock });
  const store = blocksTelemetryStore(table, async () => undefined);
  // two in the store, one of them air; one kept out, one given up
  await store.write('t-1', [
    point(NOON),
    point(NOON + 60_000, { deviceId: 'air-1', kind: 'environment_sensor', quantities: { co2_ppm: 600 } }),
  ]);
  const out = aRuleEvent('reading', aReading(point(NOON + 120_000)));
  await keep(table, [{ event: out, reason: 'too-old', detail: '', state: 'held' }]);
  const letters = sqliteQueue(
    { database, clock: systemClock },
    { name: 'ingest-dead-letters', visibilitySeconds: 1, attempts: 9 },
  );
  await letters.send(JSON.stringify(aRuleEvent('reading', aReading(point(NOON + 180_000)))));
  await database.close();
});
afterEach(async () => await rm(folder, { recursive: true }));

test('a reading that was acknowledged is in the store, in quarantine or in the dead letters, and none is lost', async () => {
  const acknowledged: [string, number[]][] = [
    ['meter-1', [NOON, NOON + 120_000, NOON + 180_000]],
    ['air-1', [NOON + 60_000]],
  ];
  expect(account(acknowledged, await readKept(file))).toEqual({
    acknowledged: 4,
    inStore: 2,
    inQuarantine: 1,
    inDeadLetters: 1,
    lost: [],
  });
});

test('a reading that was acknowledged and taken out of the store behind everybody’s back is found to be lost', async () => {
  const database = openDatabase(file);
  const { changes } = database.prepare(`DELETE FROM history WHERE sk LIKE 'E#%'`).run();
  await database.close();
  expect(changes).toBe(1);
  const { lost, acknowledged } = account(
    [
      ['meter-1', [NOON]],
      ['air-1', [NOON + 60_000]],
    ],
    await readKept(file),
  );
  expect({ lost, acknowledged }).toEqual({ lost: [['air-1', NOON + 60_000]], acknowledged: 2 });
});

test('the same instant of another device, or the instant beside it, does not count', async () => {
  const kept = await readKept(file);
  expect(
    account(
      [
        ['air-1', [NOON]],
        ['meter-1', [NOON + 1]],
      ],
      kept,
    ).lost,
  ).toEqual([
    ['air-1', NOON],
    ['meter-1', NOON + 1],
  ]);
});
