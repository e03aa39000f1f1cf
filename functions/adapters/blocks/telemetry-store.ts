import { slotStart } from '@hems/models/calendar/seoul';
import type { Point } from '@hems/models/reading/point';
import { isEnvironmental, QUANTITY_NAMES, type Quantities, type Quantity } from '@hems/models/reading/quantities';
import { historyOf, type History } from '@hems/models/reading/retention';
import type { Pause } from '../../ports/pause.ts';
import { ConditionFailed, type Item, type Key, type Table } from '../../ports/table.ts';
import type {
  PointsQuery,
  Sample,
  SeriesQuery,
  StoredPoint,
  TelemetryStore,
  WriteReport,
} from '../../ports/telemetry-store.ts';
import { isPossible, MAX_MS, possibleOf, unstorable } from '../telemetry-rules.ts';
import { blockOf, EMPTY, MAX_ROWS, merge, pointsOf, samplesOf, type Block } from './block.ts';
import * as keys from './keys.ts';

type Store = { readonly table: Table; readonly pause: Pause };
/** A point and its place in the call. */
type Indexed = Point & { readonly index: number };
/** What one call brings to one block. */
type Arrival = { readonly day: Key; readonly key: Key; readonly part: keys.Part; readonly points: readonly Indexed[] };

const ATTEMPTS = 12;
const FULL = `the block is full: ${MAX_ROWS} points of one device in 15 minutes`;

const ENVIRONMENTAL = QUANTITY_NAMES.filter(isEnvironmental);
const ELECTRICAL = QUANTITY_NAMES.filter((name) => !isEnvironmental(name));

const pick = ({ quantities }: Point, names: readonly Quantity[]): Quantities => {
  const picked: { [name in Quantity]?: number } = {};
  for (const name of names) {
    const value = quantities[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
};

/** Its electrical and its room quantities are two arrivals, each decided for itself: a correction replaces the parts that it carries. */
const arrivalsIn = (day: Key, inSlot: readonly Indexed[], startMs: number): Arrival[] => {
  const arrival = (part: keys.Part, points: readonly Indexed[]): Arrival[] =>
    points.length > 0 ? [{ day, key: keys.blockKey(day, part, startMs), part, points }] : [];
  const part = (names: readonly Quantity[]): Indexed[] =>
    inSlot
      .map((point) => ({ ...point, quantities: pick(point, names) }))
      .filter(({ quantities }) => Object.keys(quantities).length > 0);
  // Most devices have no room quantity at all: their points are taken as they are.
  const hasRoom = inSlot.some(({ quantities }) => ENVIRONMENTAL.some((name) => quantities[name] !== undefined));
  return hasRoom ? [...arrival('B', part(ELECTRICAL)), ...arrival('E', part(ENVIRONMENTAL))] : arrival('B', inSlot);
};

const arrivalsOf = (household: string, points: readonly Indexed[]): Arrival[] => {
  const arrivals: Arrival[] = [];
  const slots = Map.groupBy(points, ({ deviceId, kind, ts }) => `${deviceId}#${kind}#${slotStart(ts)}`);
  for (const inSlot of slots.values()) {
    const [first] = inSlot;
    if (!first) continue;
    const startMs = slotStart(first.ts);
    arrivals.push(...arrivalsIn(keys.dayEntry({ household, ...first }, startMs), inSlot, startMs));
  }
  return arrivals;
};

/** Merges into the block as it was read, and again when another writer was faster. Answers the points that found no room. */
const settle = async (
  { table, pause }: Store,
  { key, part, points }: Arrival,
  read: Item | undefined,
): Promise<readonly Indexed[]> => {
  const startMs = keys.blockStart(key);
  let item = read;
  for (let attempt = 1; ; attempt += 1) {
    const { block, changed, full } = merge(item ? blockOf(item.data) : EMPTY, points, startMs);
    if (!changed) return full;
    const condition = item ? { version: item.version } : ({ absent: true } as const);
    try {
      await table.put({ ...key, data: block, expiresAt: keys.blockExpiry(part, startMs), if: condition });
      return full;
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      if (attempt === ATTEMPTS)
        throw new Error(`${key.pk} / ${key.sk}: another writer was faster ${ATTEMPTS} times; repeat the call`, {
          cause: error,
        });
    }
    await pause(attempt);
    item = await table.get(key);
  }
};

/** A day is listed before its first block: a block outside of the list would be neither found nor erased. */
const listDays = async (table: Table, newBlocks: readonly Arrival[]): Promise<void> => {
  const days = [...new Map(newBlocks.map(({ day, key }) => [key.pk, day])).values()];
  const listed = days.length > 0 ? await table.batchGet(days) : [];
  const unlisted = days.filter((_, index) => listed[index] === undefined);
  await Promise.all(unlisted.map((day) => table.put({ ...day, data: {}, expiresAt: keys.dayExpiry(day) })));
};

/** Blocks are put one by one: they need not stand or fall together, and a transaction would cost twice as much. */
const writeBlocks = async (store: Store, arrivals: readonly Arrival[]): Promise<readonly Indexed[]> => {
  const items = await store.table.batchGet(arrivals.map(({ key }) => key));
  await listDays(
    store.table,
    arrivals.filter((_, index) => items[index] === undefined),
  );
  const full = await Promise.all(arrivals.map((arrival, index) => settle(store, arrival, items[index])));
  return full.flat();
};

const write = async (store: Store, household: string, points: readonly Point[]): Promise<WriteReport> => {
  const reasons = new Map<number, string>();
  for (const [index, point] of points.entries()) {
    const reason = unstorable(point);
    if (reason) reasons.set(index, reason);
  }
  const good = points.map((point, index) => ({ ...point, index })).filter(({ index }) => !reasons.has(index));
  for (const { index } of await writeBlocks(store, arrivalsOf(household, good))) reasons.set(index, FULL);
  const rejected = [...reasons].map(([index, reason]) => ({ index, reason })).toSorted((a, b) => a.index - b.index);
  return { accepted: points.length - rejected.length, rejected };
};

const PART: Record<History, keys.Part> = { electrical: 'B', environment: 'E' };

/** What the blocks of a device say within the span, in order of time. */
const within = async <T extends { readonly ts: number }>(
  { table }: Store,
  query: PointsQuery,
  told: (block: Block, startMs: number) => readonly T[],
): Promise<T[]> => {
  const span = { fromMs: Math.max(query.fromMs, 0), toMs: Math.min(query.toMs, MAX_MS) };
  if (span.toMs <= span.fromMs) return [];
  const days = await table.query(keys.daysWithin(query, span));
  const pages = await Promise.all(
    days.items.map((day) => table.query(keys.blocksWithin(keys.dayPartition(day), PART[query.history], span))),
  );
  return pages
    .flatMap(({ items }) => items.flatMap((item) => told(blockOf(item.data), keys.blockStart(item))))
    .filter(({ ts }) => ts >= span.fromMs && ts < span.toMs);
};

const series = async (store: Store, { quantity, ...query }: SeriesQuery): Promise<Sample[]> => {
  const asked = { ...query, history: historyOf(quantity) };
  const samples = await within(store, asked, (block, startMs) => samplesOf(block, quantity, startMs));
  return samples.filter((sample) => isPossible(sample, quantity));
};

const points = async (store: Store, query: PointsQuery): Promise<StoredPoint[]> =>
  (await within(store, query, pointsOf)).flatMap((point) => possibleOf(point) ?? []);

/** Whoever erases stops the writers first. A day leaves the list after its blocks, so that an erasure that broke off continues. */
const erase = async ({ table }: Store, household: string): Promise<{ erased: true }> => {
  const days = await table.query(keys.listedDays(household));
  for (const day of days.items) {
    const blocks = await table.query(keys.blocksOf(keys.dayPartition(day)));
    await Promise.all(blocks.items.map((block) => table.delete(block)));
    await table.delete(day);
  }
  return { erased: true };
};

/** `TelemetryStore` in blocks of 15 minutes on any `Table`. */
export const blocksTelemetryStore = (table: Table, pause: Pause): TelemetryStore => {
  const store = { table, pause };
  return {
    write: (household, written) => write(store, household, written),
    series: (query) => series(store, query),
    points: (query) => points(store, query),
    erase: (household) => erase(store, household),
  };
};
