import * as z from 'zod/mini';
import { DAY_MS, HOUR_MS, localDate } from '../calendar/seoul.ts';
import { quality, worst, type Quality } from '../reading/quality.ts';

/** Minutes that a meter of a building may count at a time: parts of an hour, so that hours can be told whole. */
export const INTERVAL_MINUTES = [15, 30, 60] as const;

const MINUTE_MS = 60_000;
/** What the largest feeder of a building lets through in an hour, Wh. */
const WH_MAX = 100_000_000;
const energy = z.int().check(z.gte(0), z.lte(WH_MAX));

/** What a meter of a building counted from `fromMs` on for `minutes`. */
export const interval = z.strictObject({
  fromMs: z.int(),
  minutes: z.literal(INTERVAL_MINUTES),
  importWh: z.nullable(energy),
  /** null: the meter does not count it */
  exportWh: z.nullable(energy),
  quality,
  /** of two values of one interval the one with the higher revision counts */
  revision: z.int().check(z.gte(0)),
});
export type Interval = z.infer<typeof interval>;

export const INTERVAL_FAULTS = [
  'not-aligned',
  'in-the-future',
  'too-old',
  'missing-with-energy',
  'energy-missing',
  'other-resolution',
  'other-content',
] as const;
export type IntervalFault = (typeof INTERVAL_FAULTS)[number];

/** So far back a building may still send, days. */
export const REACH_DAYS = 400;

/** What is wrong with an interval by itself, as of now; undefined: nothing. */
export const faultOf = (
  { fromMs, minutes, importWh, quality: of }: Interval,
  nowMs: number,
): IntervalFault | undefined => {
  const lengthMs = minutes * MINUTE_MS;
  if (fromMs % lengthMs !== 0) return 'not-aligned';
  if (fromMs + lengthMs > nowMs) return 'in-the-future';
  if (fromMs < nowMs - REACH_DAYS * DAY_MS) return 'too-old';
  if (of === 'missing') return importWh === null ? undefined : 'missing-with-energy';
  return importWh === null ? 'energy-missing' : undefined;
};

const textOf = ({ importWh, exportWh, quality: of }: Interval): string => JSON.stringify([importWh, exportWh, of]);

/** The one of two values of an interval that counts; of two of one revision the smaller text, whichever came first. */
export const chosen = (a: Interval, b: Interval): Interval => {
  if (a.revision !== b.revision) return a.revision > b.revision ? a : b;
  return textOf(a) <= textOf(b) ? a : b;
};

/** Two values of one interval and revision that differ: one of them is wrong, and the building has to say which. */
const contested = (a: Interval | undefined, b: Interval): IntervalFault | undefined =>
  a && a.revision === b.revision && textOf(a) !== textOf(b) ? 'other-content' : undefined;

type Merged = {
  /** by their start */
  readonly intervals: readonly Interval[];
  /** that count now and did not before */
  readonly taken: number;
  readonly faults: readonly { readonly fromMs: number; readonly fault: IntervalFault }[];
};

/** The resolution of a day is that of its latest revision, so that a wrong one can be corrected; of two the finer. */
const resolutionOf = (all: readonly Interval[]): Interval['minutes'] | undefined =>
  all.reduce<Interval | undefined>(
    (best, one) =>
      !best || one.revision > best.revision || (one.revision === best.revision && one.minutes < best.minutes)
        ? one
        : best,
    undefined,
  )?.minutes;

/**
 * The intervals of a meter and a day with others added: commutative, associative and idempotent for a meter that keeps its resolution.
 * Intervals of another resolution than the day has do not count, because hours would be counted twice.
 */
export const merge = (known: readonly Interval[], added: readonly Interval[]): Merged => {
  const minutes = resolutionOf([...known, ...added]);
  const before = new Map(known.filter((one) => one.minutes === minutes).map((one) => [one.fromMs, one]));
  const after = new Map(before);
  const faults: { fromMs: number; fault: IntervalFault }[] = [];
  for (const one of added) {
    const rival = after.get(one.fromMs);
    const fault = one.minutes === minutes ? contested(rival, one) : 'other-resolution';
    if (fault) faults.push({ fromMs: one.fromMs, fault });
    if (fault !== 'other-resolution') after.set(one.fromMs, rival ? chosen(rival, one) : one);
  }
  const intervals = [...after.values()].toSorted((a, b) => a.fromMs - b.fromMs);
  const told = new Set(faults.map(({ fromMs }) => fromMs));
  return {
    intervals,
    taken: intervals.filter((one) => before.get(one.fromMs) !== one && !told.has(one.fromMs)).length,
    faults,
  };
};

export type HourUse = {
  readonly fromMs: number;
  /** null: not every minute of the hour is known */
  readonly importWh: number | null;
  readonly exportWh: number | null;
  readonly quality: Quality;
};

const sum = (values: readonly (number | null)[]): number | null =>
  values.reduce<number | null>((all, one) => (all === null || one === null ? null : all + one), 0);

/** The hour that begins at `fromMs`, of the intervals in it. */
const hourOf = (fromMs: number, intervals: readonly Interval[]): HourUse => {
  const inside = intervals.filter((one) => one.fromMs >= fromMs && one.fromMs < fromMs + HOUR_MS);
  const known = inside.filter(({ importWh }) => importWh !== null);
  const minutes = known.reduce((all, one) => all + one.minutes, 0);
  if (minutes < 60) return { fromMs, importWh: null, exportWh: null, quality: 'missing' };
  return {
    fromMs,
    importWh: sum(known.map(({ importWh }) => importWh)),
    exportWh: sum(known.map(({ exportWh }) => exportWh)),
    quality: worst(known.map((one) => one.quality)),
  };
};

/** The 24 hours of a Korean day that begins at `startMs`. */
export const hoursOf = (startMs: number, intervals: readonly Interval[]): HourUse[] =>
  Array.from({ length: 24 }, (_, hour) => hourOf(startMs + hour * HOUR_MS, intervals));

/** The Korean day that an interval lies in; none reaches over midnight, because all are parts of an hour. */
export const dateOfInterval = ({ fromMs }: Pick<Interval, 'fromMs'>): string => localDate(fromMs);
