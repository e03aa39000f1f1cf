import { describe, expect, it } from 'vitest';
import { blocksTelemetryStore } from '../../adapters/blocks/telemetry-store.ts';
import type { Item, Table } from '../../ports/table.ts';
import { aBatch, aReading, aRuleEvent, aWorld, NOON } from '../../testing/world.ts';
import { ingest } from './ingest.ts';

const MINUTE_MS = 60_000;

/** Keys and attribute names weigh about so much beside the data. */
const bytesOf = (data: unknown): number => Buffer.byteLength(JSON.stringify(data ?? '')) + 120;
const written = (data: unknown): number => Math.ceil(bytesOf(data) / 1024);
const readUnits = (items: readonly (Item | undefined)[]): number =>
  Math.max(1, Math.ceil(items.reduce((sum, item) => sum + bytesOf(item?.data), 0) / 4096));

/** The table, and the request units that DynamoDB would bill for what is asked of it. */
const billed = (table: Table) => {
  const units = { write: 0, read: 0 };
  const counting: Table = {
    get: async (key) => {
      const item = await table.get(key);
      units.read += readUnits([item]);
      return item;
    },
    batchGet: async (keys) => {
      const items = await table.batchGet(keys);
      for (const item of items) units.read += readUnits([item]);
      return items;
    },
    put: async (put) => {
      units.write += written(put.data);
      await table.put(put);
    },
    delete: async (key) => table.delete(key),
    query: async (query) => {
      const page = await table.query(query);
      units.read += readUnits(page.items);
      return page;
    },
    transact: async (writes) => {
      for (const one of writes) units.write += 2 * written('put' in one ? one.put.data : '');
      await table.transact(writes);
    },
  };
  return { units, counting };
};

const minuteOf = (fromMs: number, minute: number) => ({
  deviceId: 'meter-1',
  kind: 'smart_meter' as const,
  ts: fromMs + minute * MINUTE_MS,
  boot: 1,
  seq: minute + 1,
  q: 0,
  quantities: {
    power_w: 400,
    energy_import_wh: 1000 + minute * 7,
    voltage_mv: 221_000,
    current_ma: 1800,
    power_factor_permille: 970,
  },
});

const unitsOf = async (history: 'ours' | 'rule-action', uplink: 'reading' | 'batch') => {
  const world = await aWorld();
  const { units, counting } = billed(world.table);
  const deps = { ...world.deps, table: counting, telemetry: blocksTelemetryStore(counting, world.pause) };
  const minutes = Array.from({ length: 60 }, (_, minute) => minuteOf(NOON, minute));
  const messages =
    uplink === 'reading'
      ? minutes.map((point) => ({ at: point.ts, event: aRuleEvent('reading', aReading(point)) }))
      : [0, 15, 30, 45].map((from) => {
          const points = minutes.slice(from, from + 15);
          return { at: (points.at(-1)?.ts ?? 0) + 500, event: aRuleEvent('batch', aBatch(points)) };
        });
  for (const { at, event } of messages) {
    world.clock.set(at);
    await ingest({ ...deps, readingHistory: history }, [{ ...event, received: at }]);
  }
  return { write: units.write / messages.length, read: units.read / messages.length };
};

/** `TABLE_UNITS` of `infra/cost/monthly.ts` rests on these figures. */
describe('what a message costs in request units of the tables', () => {
  it('three writes and three reads for a reading whose history is a block', async () => {
    const { write, read } = await unitsOf('ours', 'reading');
    expect(write).toBeLessThanOrEqual(3.1);
    expect(read).toBeLessThanOrEqual(3.1);
    expect(write).toBeGreaterThan(2.5);
  });

  it('two of each where a rule writes the history', async () => {
    const { write, read } = await unitsOf('rule-action', 'reading');
    expect(write).toBeLessThanOrEqual(2.1);
    expect(read).toBeLessThanOrEqual(2.1);
  });

  it('no more for a quarter hour of readings in one message than for one reading and a second', async () => {
    const { write, read } = await unitsOf('ours', 'batch');
    expect(write).toBeLessThanOrEqual(3.6);
    expect(read).toBeLessThanOrEqual(4.3);
  });
});
