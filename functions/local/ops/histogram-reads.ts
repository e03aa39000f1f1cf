import type { SQLOutputValue } from 'node:sqlite';
import { setImmediate as breathe } from 'node:timers/promises';
import type { MetricName } from '@hems/shared/metrics/catalogue';
import type { Database } from '../../adapters/embedded/database.ts';
import { MINUTE_MS } from './figures.ts';
import { histogramOf, mergeInto, type Histogram } from './histogram.ts';

export const SEOUL_MINUTES = 540;
/** Of three hours each, a day: some 20 ms. */
const POINTS_A_TURN = 8;
/** Points begin where the hours and days of Korea do. */
const HISTOGRAMS = `SELECT (minute + ${SEOUL_MINUTES}) / CAST(?1 AS INTEGER) AS point, histogram
  FROM ops_minutes WHERE metric = ?2 AND part = ?3 AND minute >= ?4 AND minute < ?5 AND histogram IS NOT NULL`;

type Look = { readonly fromMs: number; readonly periodMs: number; readonly points: number };
export type Of = { readonly metric: MetricName; readonly part: string };
/** By point. */
export type Histograms = Map<number, Histogram>;

/** Width of a point, metric, part, first minute, and the one after the last. */
export const askedOf = ({ metric, part }: Of, { fromMs, periodMs, points }: Look): (string | number)[] => {
  const [from, width] = [fromMs / MINUTE_MS, periodMs / MINUTE_MS];
  return [width, metric, part, from, from + width * points];
};

const addRows = (points: Histograms, rows: Iterable<Record<string, SQLOutputValue>>): void => {
  for (const { point, histogram } of rows) {
    const into: Histogram = points.get(Number(point)) ?? new Map();
    mergeInto(into, histogramOf(String(histogram)));
    points.set(Number(point), into);
  }
};

/** Histograms by point. Of one span each is read once: the lines of a chart share them, and fifteen days are 21,600 texts to parse. */
export const histogramReads = (database: Database) => {
  const looks = new WeakMap<Look, Map<string, Histograms>>();
  const keptOf = (span: Look): Map<string, Histograms> => {
    const kept = looks.get(span) ?? new Map<string, Histograms>();
    looks.set(span, kept);
    return kept;
  };
  const read = (into: Histograms, of: Of, span: Look): void =>
    addRows(into, database.prepare(HISTOGRAMS).all(...askedOf(of, span)));
  const idOf = ({ metric, part }: Of): string => `${metric} ${part}`;

  return {
    of: (of: Of, span: Look): Histograms => {
      const points = keptOf(span).get(idOf(of)) ?? new Map();
      if (!keptOf(span).has(idOf(of))) read(points, of, span);
      keptOf(span).set(idOf(of), points);
      return points;
    },
    /** the same, in pieces between which others have their turn */
    ahead: async (of: Of, span: Look): Promise<void> => {
      if (keptOf(span).has(idOf(of))) return;
      const points: Histograms = new Map();
      const { fromMs, periodMs } = span;
      for (let first = 0; first < span.points; first += POINTS_A_TURN) {
        const count = Math.min(POINTS_A_TURN, span.points - first);
        database.read(() => read(points, of, { fromMs: fromMs + first * periodMs, periodMs, points: count }));
        await breathe();
      }
      keptOf(span).set(idOf(of), points);
    },
  };
};
