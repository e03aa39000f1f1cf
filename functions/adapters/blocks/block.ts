import { winner, type Observation } from '@hems/models/reading/point';
import { QUANTITY_NAMES, type Quantity } from '@hems/models/reading/quantities';
import type { Sample, StoredPoint } from '../../ports/telemetry-store.ts';

/** ms after the start of the block, boot, seq, q, then one value per name of the block; null or nothing where absent */
type Row = readonly (number | null)[];

/**
 * The observations of one device in 15 minutes, ascending in time. Rows under one list of names: a third of the size of
 * objects, within 10 % of columns, and a point is merged without touching the others.
 */
export type Block = { readonly names: readonly Quantity[]; readonly rows: readonly Row[] };

export const EMPTY: Block = { names: [], rows: [] };

/** One a second. A block is rewritten for every point, and must stay far below the size of an item. */
export const MAX_ROWS = 900;

const FIRST_VALUE = 4;

const isBlock = (data: unknown): data is Block =>
  typeof data === 'object' && data !== null && 'names' in data && 'rows' in data;

/** The block as this store wrote it. */
export const blockOf = (data: unknown): Block => {
  if (isBlock(data)) return data;
  throw new Error('an item under a block key of the history table is no block; something else wrote it, remove it');
};

const offsetOf = (row: Row | undefined): number => row?.[0] ?? 0;

const observationOf = (row: Row, names: readonly Quantity[], startMs: number): Observation => {
  const [offset, boot, seq, q, ...values] = row;
  const quantities: { [name in Quantity]?: number } = {};
  for (const [index, name] of names.entries()) {
    const value = values[index];
    if (typeof value === 'number') quantities[name] = value;
  }
  return { ts: startMs + (offset ?? 0), boot: boot ?? 0, seq: seq ?? 0, q: q ?? 0, quantities };
};

const rowOf = ({ ts, boot, seq, q, quantities }: Observation, names: readonly Quantity[], startMs: number): Row => [
  ts - startMs,
  boot,
  seq,
  q,
  ...names.map((name) => quantities[name] ?? null),
];

/** Where the row of this moment is or belongs. Searched from the end: most points are newer than all before. */
const placeOf = (rows: readonly Row[], offset: number): number => {
  let place = rows.length;
  while (place > 0 && offsetOf(rows[place - 1]) >= offset) place -= 1;
  return place;
};

type Merged<O> = { readonly block: Block; readonly changed: boolean; readonly full: readonly O[] };

/** The block with the observations in it, and those for which there is no room. At each moment the one that stands is kept. */
export const merge = <O extends Observation>(block: Block, observations: readonly O[], startMs: number): Merged<O> => {
  const isNew = (name: Quantity) =>
    !block.names.includes(name) && observations.some(({ quantities }) => quantities[name] !== undefined);
  const names = [...block.names, ...QUANTITY_NAMES.filter(isNew)];
  const rows = [...block.rows];
  const full: O[] = [];
  let changed = false;
  for (const observation of observations) {
    const offset = observation.ts - startMs;
    const place = placeOf(rows, offset);
    const row = rows[place];
    const stored = row && offsetOf(row) === offset ? observationOf(row, names, startMs) : undefined;
    if (stored && winner(stored, observation) === stored) continue;
    if (!stored && rows.length === MAX_ROWS) {
      full.push(observation);
      continue;
    }
    rows.splice(place, stored ? 1 : 0, rowOf(observation, names, startMs));
    changed = true;
  }
  return { block: { names, rows }, changed, full };
};

/** What the block says at each of its moments. */
export const pointsOf = ({ names, rows }: Block, startMs: number): StoredPoint[] =>
  rows.map((row) => {
    const { ts, q, quantities } = observationOf(row, names, startMs);
    return { ts, q, quantities };
  });

/** What the block says of one quantity. */
export const samplesOf = ({ names, rows }: Block, quantity: Quantity, startMs: number): Sample[] => {
  const column = names.indexOf(quantity);
  if (column < 0) return [];
  return rows.flatMap((row) => {
    const value = row[FIRST_VALUE + column];
    return typeof value === 'number' ? [{ ts: startMs + offsetOf(row), value, q: row[3] ?? 0 }] : [];
  });
};
