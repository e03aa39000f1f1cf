import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY_MS, slotStart } from '@hems/models/calendar/seoul';
import { aPoint } from '@hems/models/testing/builders';
import { ConditionFailed, type Table } from '../../ports/table.ts';
import type { TelemetryStore } from '../../ports/telemetry-store.ts';
import { laggingIndex } from '../contract/lagging-index.ts';
import { telemetryStoreContract } from '../contract/telemetry-store.contract.ts';
import { openDatabase, type Database } from '../embedded/database.ts';
import { sqliteTable } from '../embedded/table.ts';
import { MAX_ROWS } from './block.ts';
import { blocksTelemetryStore } from './telemetry-store.ts';

const NOON = 1_767_582_000_000;
const pause = (attempt: number) => sleep(Math.random() * attempt);

telemetryStoreContract('blocks on SQLite behind a lagging index', async () => {
  const database = openDatabase(':memory:');
  const table = laggingIndex(sqliteTable({ database, clock: { now: () => NOON } }));
  return { store: blocksTelemetryStore(table, pause), nowMs: NOON, close: () => database.close() };
});

describe('blocks', () => {
  let nowMs: number;
  let database: Database;
  let table: Table;
  let store: TelemetryStore;
  beforeEach(() => {
    nowMs = NOON;
    database = openDatabase(':memory:');
    table = sqliteTable({ database, clock: { now: () => nowMs } });
    store = blocksTelemetryStore(table, pause);
  });
  afterEach(() => database.close());

  const powerOf = async (over = {}) =>
    (
      await store.series({
        household: 't-1',
        deviceId: 'meter-1',
        kind: 'smart_meter',
        quantity: 'power_w',
        fromMs: 0,
        toMs: NOON * 2,
        ...over,
      })
    ).map(({ value }) => value);

  it('keep 900 points of a quarter hour and refuse more, but still take a correction', async () => {
    const points = Array.from({ length: MAX_ROWS + 2 }, (_, index) =>
      aPoint({ ts: slotStart(NOON) + index, quantities: { power_w: index } }),
    );
    const { accepted, rejected } = await store.write('t-1', points);
    expect(accepted).toBe(900);
    expect(rejected.map(({ index }) => index)).toEqual([900, 901]);
    expect(rejected[0]?.reason).toMatch(/block is full: 900 points/);
    expect(
      await store.write('t-1', [aPoint({ ts: slotStart(NOON), seq: 2, quantities: { power_w: 77 } })]),
    ).toMatchObject({ accepted: 1 });
    expect((await powerOf()).slice(0, 2)).toEqual([77, 1]);
  });

  it('keep the smaller canonical JSON when one (boot, seq) came with two contents, in either order', async () => {
    const [small, big] = [aPoint({ quantities: { power_w: 100 } }), aPoint({ quantities: { power_w: 200 } })];
    for (const [household, points] of [
      ['t-1', [small, big]],
      ['t-2', [big, small]],
    ] as const) {
      for (const point of points) await store.write(household, [point]);
      expect(await powerOf({ household })).toEqual([100]);
    }
  });

  it('forget the air of a room after 90 days and the electricity after 365', async () => {
    await store.write('t-1', [aPoint({ quantities: { power_w: 1, temperature_cdegc: 2100 } })]);
    const seen = async () => [...(await powerOf()), ...(await powerOf({ quantity: 'temperature_cdegc' }))];
    nowMs = NOON + 90 * DAY_MS;
    expect(await seen()).toEqual([1, 2100]);
    nowMs += DAY_MS;
    expect(await seen()).toEqual([1]);
    nowMs = NOON + 365 * DAY_MS;
    expect(await seen()).toEqual([1]);
    nowMs += DAY_MS;
    expect(await seen()).toEqual([]);
  });

  it('cost one batchGet a call and one put a block, one more of each on a new day, and no put for what is known already', async () => {
    const spies = { batchGet: vi.spyOn(table, 'batchGet'), get: vi.spyOn(table, 'get'), put: vi.spyOn(table, 'put') };
    const calls = () => Object.values(spies).map((spy) => spy.mock.calls.splice(0).length);
    const points = Array.from({ length: 60 }, (_, minute) => aPoint({ ts: slotStart(NOON) + minute * 60_000 }));
    await store.write('t-1', points);
    expect(calls()).toEqual([2, 0, 5]);
    await store.write('t-1', points);
    expect(calls()).toEqual([1, 0, 0]);
    await store.write('t-1', [aPoint({ ts: slotStart(NOON) + 1 })]);
    expect(calls()).toEqual([1, 0, 1]);
  });

  it('give up, saying so, when another writer is always faster', async () => {
    const busy = { ...table, put: () => Promise.reject(new ConditionFailed('someone was faster')) };
    const waited: number[] = [];
    const hurried = blocksTelemetryStore(
      { ...busy, batchGet: async (keys) => keys.map((key) => ({ ...key, version: 1, data: { names: [], rows: [] } })) },
      async (attempt) => void waited.push(attempt),
    );
    await expect(hurried.write('t-1', [aPoint()])).rejects.toThrow(/another writer was faster 12 times; repeat/);
    expect(waited).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('can be erased again after an erasure that broke off', async () => {
    await store.write('t-1', [aPoint(), aPoint({ ts: NOON - DAY_MS }), aPoint({ ts: NOON - 2 * DAY_MS })]);
    let left = 2;
    const failing = blocksTelemetryStore(
      { ...table, delete: (key) => ((left -= 1) < 0 ? Promise.reject(new Error('throttled')) : table.delete(key)) },
      pause,
    );
    await expect(failing.erase('t-1')).rejects.toThrow('throttled');
    expect(await store.erase('t-1')).toEqual({ erased: true });
    expect(database.prepare('SELECT count(*) AS n FROM history').get()).toEqual({ n: 0 });
  });
});
