import type { Point } from '@hems/models/reading/point';
import { Q_MAX } from '@hems/models/reading/quality';
import { QUANTITIES, QUANTITY_NAMES, type Quantity } from '@hems/models/reading/quantities';
import { BOOT_MAX, ID, SEQ_MAX } from '@hems/shared/events/telemetry';
import type { Sample, StoredPoint } from '../ports/telemetry-store.ts';

/** A telemetry or device id on its way into a key or a query, or an error: nothing else may reach either. */
export const checkedId = (id: string): string => {
  if (ID.test(id)) return id;
  throw new RangeError(`"${id}" is no telemetry or device id; ids are 1 to 64 of A-Z a-z 0-9 _ -`);
};

/** 9999-01-01: dates in keys have four digits for the year. */
export const MAX_MS = 253_370_764_800_000;

const isWholeWithin = (value: number, max: number): boolean => Number.isInteger(value) && value >= 0 && value <= max;

/** Why no store takes the point, or undefined when it may be written. A column holds whole numbers and keeps its type. */
export const unstorable = ({ deviceId, ts, boot, seq, q, quantities }: Point): string | undefined => {
  if (!ID.test(deviceId)) return `"${deviceId}" is no device id`;
  if (!isWholeWithin(ts, MAX_MS - 1)) return `ts ${ts} is no time in ms between 1970 and 9999`;
  if (!isWholeWithin(boot, BOOT_MAX) || !isWholeWithin(seq, SEQ_MAX) || !Number.isSafeInteger(q))
    return `boot ${boot}, seq ${seq} or q ${q} is no whole number in range`;
  if (Object.values(quantities).every((value) => value === undefined || Number.isSafeInteger(value))) return undefined;
  const broken = QUANTITY_NAMES.find((name) => !Number.isSafeInteger(quantities[name] ?? 0));
  return broken && `${broken} ${quantities[broken]} is no whole number; quantities are scaled integers`;
};

/** Whether a stored value may be shown: the bounds that ingest checks hold for whatever else writes into the store. */
export const isPossible = ({ value, q }: Sample, quantity: Quantity): boolean => {
  const { min, max } = QUANTITIES[quantity];
  return Number.isInteger(value) && value >= min && value <= max && Number.isInteger(q) && q >= 0 && q <= Q_MAX;
};

/** What of a stored point may be shown; undefined when nothing of it. */
export const possibleOf = ({ ts, q, quantities: stored }: StoredPoint): StoredPoint | undefined => {
  const quantities: { [name in Quantity]?: number } = {};
  for (const name of QUANTITY_NAMES) {
    const value = stored[name];
    if (value !== undefined && isPossible({ ts, value, q }, name)) quantities[name] = value;
  }
  return Object.keys(quantities).length > 0 ? { ts, q, quantities } : undefined;
};
