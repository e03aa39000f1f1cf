import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openDatabase, type Database } from '../../adapters/embedded/database.ts';
import { sqliteQueue } from '../../adapters/embedded/queue.ts';
import { MINUTE_MS } from './figures.ts';
import { metricStore, spanOf } from './metric-store.ts';
import { openOps, type Ops } from './open-ops.ts';

const NOON = Date.parse('2026-11-23T03:00:00Z');
const ABOUT = { handler: 'ingest', correlationId: 'c-1', threw: false };
let nowMs: number;
let database: Database;
let ops: Ops;
let commits: number;
let isAway: boolean;
const said: string[] = [];
const clock = { now: () => nowMs };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  [nowMs, commits, isAway] = [NOON, 0, false];
  said.length = 0;
  database = openDatabase(':memory:');
  const counted: Database = {
    ...database,
    commit: async (job) => {
      commits += 1;
      if (isAway) throw new Error('disk full');
      await database.commit(job);
    },
  };
  ops = openOps({ database: counted, clock, say: (line) => void said.push(line) });
});
afterEach(async () => {
  await ops.stop();
  vi.useRealTimers();
  await database.close();
});

const sumOf = (metric: Parameters<typeof seriesOf>[0]): number | null | undefined => seriesOf(metric, 'sum');
const seriesOf = (
  metric: 'FunctionErrors' | 'DeadLetters' | 'ApiClientErrors' | 'ApiServerErrors' | 'PartnerRequests' | 'RuleFailures',
  statistic: 'sum' | 'maximum',
) => metricStore(database).series({ metric, statistic }, spanOf(nowMs, 60 * MINUTE_MS, 1))[0]?.values[0];
const passes = async (ms: number): Promise<void> => {
  for (let left = ms; left > 0; left -= 5000) {
    nowMs += 5000;
    vi.advanceTimersByTime(5000);
    await new Promise((resolve) => setImmediate(resolve));
  }
};

test('figures are written once a minute, however many invocations there are', async () => {
  await passes(MINUTE_MS);
  const before = commits;
  for (let minute = 0; minute < 3; minute += 1) {
    for (let call = 0; call < 500; call += 1) ops.sink([{ metric: 'IngestDelayMs', value: call }], ABOUT);
    await passes(MINUTE_MS);
  }
  expect(commits - before).toBe(3);
});

test('a function that threw, and a request that was refused or failed, are counted each as what it was', async () => {
  ops.sink([], { ...ABOUT, threw: true });
  ops.sink([], ABOUT);
  for (const status of [200, 404, 429, 500, 503]) ops.answered({ door: 'api', status, ms: 3 });
  ops.answered({ door: 'partner', status: 401, ms: 3 });
  await ops.keep();
  expect([
    sumOf('FunctionErrors'),
    sumOf('ApiClientErrors'),
    sumOf('ApiServerErrors'),
    sumOf('PartnerRequests'),
  ]).toEqual([1, 2, 2, 1]);
});

test('messages that queues gave up, and those the broker lost hold of, are looked at each minute', async () => {
  const queue = sqliteQueue({ database, clock }, { name: 'bus', visibilitySeconds: 0, attempts: 1 });
  await queue.send('{}');
  await queue.receive(1);
  await queue.receive(1);
  let unsaid = 2;
  ops.watch({ unsaid: () => unsaid });
  await passes(2 * MINUTE_MS);
  unsaid = 5;
  await passes(2 * MINUTE_MS);
  expect([seriesOf('DeadLetters', 'maximum'), sumOf('RuleFailures')]).toEqual([1, 5]);
});

test('what cannot be written while the disk is full is written later, and the host goes on', async () => {
  isAway = true;
  ops.sink([], { ...ABOUT, threw: true });
  await passes(3 * MINUTE_MS);
  expect(said[0]).toBe('figures of the host could not be kept: disk full; they are kept later');
  isAway = false;
  await passes(2 * MINUTE_MS);
  expect(sumOf('FunctionErrors')).toBe(1);
});
