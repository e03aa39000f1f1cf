import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dayStart, DAY_MS } from '@hems/models/calendar/seoul';
import { openDatabase, type Database } from '../../adapters/embedded/database.ts';
import { MINUTE_MS } from './figures.ts';
import { KEPT_DAYS, metricStore, spanOf, type MetricStore } from './metric-store.ts';
import { recorder, type Recorder } from './recorder.ts';

const NOON = dayStart('2026-11-23') + 12 * 60 * MINUTE_MS;
let folder: string;
let database: Database;
let nowMs: number;
let figures: Recorder;
let store: MetricStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-metrics-'));
  nowMs = NOON;
  figures = recorder({ now: () => nowMs });
  database = openDatabase(join(folder, 'hems.sqlite'));
  store = metricStore(database);
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const requests = { metric: 'ApiRequests', statistic: 'sum' } as const;
const rows = (): unknown => database.prepare('SELECT count(*) AS n FROM ops_minutes').get()?.['n'];
const five = () => spanOf(nowMs, 5 * MINUTE_MS, 3);

test('requests of the minutes of a point are added up, and a point without any is not zero', async () => {
  for (const minute of [-7, -1, 0, 0]) {
    nowMs = NOON + minute * MINUTE_MS;
    figures.record('ApiRequests', 1);
  }
  nowMs = NOON;
  await store.keep(figures.take('all'), nowMs);
  expect(store.series(requests, five())).toEqual([{ part: '', values: [1, 1, 2] }]);
  expect(store.series({ metric: 'ApiClientErrors', statistic: 'sum' }, five())).toEqual([
    { part: '', values: [null, null, null] },
  ]);
});

test('a minute that a host wrote before it stopped is added to by the next', async () => {
  figures.record('ApiLatencyMs', 10);
  await store.keep(figures.take('all'), nowMs);
  await database.close();
  database = openDatabase(join(folder, 'hems.sqlite'));
  store = metricStore(database);
  for (const ms of [30, 1000]) figures.record('ApiLatencyMs', ms);
  await store.keep(figures.take('all'), nowMs);
  const [half, most] = (['p50', 'maximum'] as const).map(
    (statistic) => store.series({ metric: 'ApiLatencyMs', statistic }, five())[0]?.values[2],
  );
  expect(half).toBeGreaterThan(30 * 0.975);
  expect(half).toBeLessThan(30 * 1.025);
  expect(most).toBe(1000);
  expect(rows()).toBe(1);
});

test('points of a kind of device stand beside the whole, and a value that the catalogue does not know is no line of its own', async () => {
  figures.record('ReadingsAccepted', 3, 'smart_meter');
  figures.record('ReadingsAccepted', 2, 'home-42');
  await store.keep(figures.take('all'), nowMs);
  const line = { metric: 'ReadingsAccepted', statistic: 'sum' } as const;
  expect(store.series(line, five())[0]?.values[2]).toBe(5);
  expect(store.series({ ...line, split: true }, five())).toEqual([{ part: 'smart_meter', values: [null, null, 3] }]);
  expect(JSON.stringify(database.prepare('SELECT * FROM ops_minutes').all())).not.toContain('home-42');
});

test('a day of Korea is a point of its own', async () => {
  for (const ms of [dayStart('2026-11-22'), dayStart('2026-11-23') - MINUTE_MS, dayStart('2026-11-23')]) {
    nowMs = ms;
    figures.record('DayImportWh', 1000);
  }
  nowMs = NOON;
  await store.keep(figures.take('all'), nowMs);
  const line = { metric: 'DayImportWh', statistic: 'sum' } as const;
  expect(store.series(line, spanOf(nowMs, DAY_MS, 3))[0]?.values).toEqual([null, 2000, 1000]);
});

test('what is older than fifteen days is forgotten, and the rest is told by its first and last minute', async () => {
  figures.record('ApiRequests', 1);
  await store.keep(figures.take('all'), nowMs);
  nowMs += KEPT_DAYS * DAY_MS;
  figures.record('ApiRequests', 1);
  await store.keep(figures.take('all'), nowMs);
  expect(store.firstMs()).toBe(NOON);
  nowMs += MINUTE_MS;
  await store.keep([], nowMs);
  expect(rows()).toBe(1);
  expect([store.firstMs(), store.lastMs('ApiRequests'), store.lastMs('DeadLetters')]).toEqual([
    nowMs - MINUTE_MS,
    nowMs - MINUTE_MS,
    undefined,
  ]);
});

test('figures that cannot be kept wait, and fill no memory', () => {
  for (let minute = 0; minute < 10_000; minute += 1) {
    nowMs = NOON + minute * MINUTE_MS;
    figures.record('ApiRequests', 1);
  }
  const waiting = figures.take();
  expect(waiting.length).toBeLessThanOrEqual(6000);
  figures.giveBack(waiting);
  expect(figures.take('all')).toHaveLength(waiting.length);
});

test('fifteen days of one figure are read within half a second', async () => {
  const minutes = Array.from({ length: KEPT_DAYS * 1440 }, (_, index) => ({
    metric: 'IngestDelayMs' as const,
    of: '',
    minute: NOON / MINUTE_MS - index,
    figure: {
      count: 3,
      total: 60,
      most: 40,
      histogram: new Map([
        [10, 1],
        [60, 1],
        [73, 1],
      ]),
    },
  }));
  await store.keep(minutes, nowMs);
  const began = performance.now();
  const [series] = store.series({ metric: 'IngestDelayMs', statistic: 'p95' }, spanOf(nowMs, 180 * MINUTE_MS, 120));
  expect(performance.now() - began).toBeLessThan(500);
  expect(series?.values).not.toContain(null);
});
