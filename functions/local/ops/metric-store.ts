import type { SQLOutputValue } from 'node:sqlite';
import type { Line } from '@hems/shared/metrics/boards';
import type { MetricName } from '@hems/shared/metrics/catalogue';
import type { Database } from '../../adapters/embedded/database.ts';
import { addFigure, MINUTE_MS, noFigure, partsOf, type Figure } from './figures.ts';
import { askedOf, histogramReads, SEOUL_MINUTES, type Histograms, type Of } from './histogram-reads.ts';
import { histogramOf, quantile, textOf } from './histogram.ts';
import type { Minute } from './recorder.ts';

/** As long as CloudWatch keeps minutes. */
export const KEPT_DAYS = 15;
const DAY_MINUTES = 1440;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS ops_minutes (
    metric TEXT NOT NULL, part TEXT NOT NULL, minute INTEGER NOT NULL,
    count INTEGER NOT NULL, total REAL NOT NULL, most REAL NOT NULL, histogram TEXT,
    PRIMARY KEY (metric, part, minute)) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS ops_minutes_by_minute ON ops_minutes (minute);`;
const ONE = 'SELECT count, total, most, histogram FROM ops_minutes WHERE metric = ? AND part = ? AND minute = ?';
const PUT = 'INSERT OR REPLACE INTO ops_minutes VALUES (?, ?, ?, ?, ?, ?, ?)';
const FORGET = 'DELETE FROM ops_minutes WHERE minute < ?';
const FIRST = 'SELECT min(minute) AS minute FROM ops_minutes';
const LAST = 'SELECT max(minute) AS minute FROM ops_minutes WHERE metric = ?';
/** Points begin where the hours and days of Korea do. */
const POINTS = `SELECT (minute + ${SEOUL_MINUTES}) / CAST(?1 AS INTEGER) AS point, sum(count) AS count, sum(total) AS total, max(most) AS most
  FROM ops_minutes WHERE metric = ?2 AND part = ?3 AND minute >= ?4 AND minute < ?5 GROUP BY point`;
/** The points of a chart: their number, their width and where the first begins. One look at them: what was read for it once is not read again. */
export type Span = { readonly fromMs: number; readonly periodMs: number; readonly points: number };
/** One value a point; null: nothing was measured. */
export type Series = { readonly part: string; readonly values: readonly (number | null)[] };

export type MetricStore = {
  /** adds to what is kept of a minute already */
  keep(minutes: readonly Minute[], nowMs: number): Promise<void>;
  /** one series; of a line that is split, one for each part that was measured */
  series(line: Pick<Line, 'metric' | 'statistic' | 'split'>, span: Span): Series[];
  /** reads what the percentiles of the line take, in pieces between which others have their turn; `series` of the same span then has it */
  readAhead(line: Pick<Line, 'metric'>, span: Span): Promise<void>;
  /** ms; undefined: nothing was ever measured */
  firstMs(): number | undefined;
  lastMs(metric: MetricName): number | undefined;
};

type Row = Record<string, SQLOutputValue>;

const figureOf = (metric: MetricName, row: Row | undefined): Figure => {
  if (!row) return noFigure(metric);
  const { histogram } = row;
  return {
    count: Number(row['count']),
    total: Number(row['total']),
    most: Number(row['most']),
    ...(typeof histogram === 'string' && { histogram: histogramOf(histogram) }),
  };
};

const SUMMED: Readonly<Record<string, (row: Row) => number>> = {
  sum: ({ total }) => Number(total),
  average: ({ total, count }) => Number(total) / Number(count),
  maximum: ({ most }) => Number(most),
};
const SHARES: Readonly<Record<string, number>> = { p50: 0.5, p95: 0.95, p99: 0.99 };

/** point → value */
const percentiles = (share: number, points: Histograms): [number, number][] =>
  [...points].map(([point, histogram]) => [point, quantile(histogram, share) ?? 0]);

/** The span of a chart that ends with the point under way. */
export const spanOf = (nowMs: number, periodMs: number, points: number): Span => {
  const offset = SEOUL_MINUTES * MINUTE_MS;
  const point = Math.floor((nowMs + offset) / periodMs);
  return { fromMs: (point - points + 1) * periodMs - offset, periodMs, points };
};

/** Figures by the minute in the host's SQLite file, for 15 days: a row for each figure, part and minute in which it was measured. */
export const metricStore = (database: Database): MetricStore => {
  database.exec(SCHEMA);
  const histograms = histogramReads(database);

  const add = ({ metric, of, minute, figure }: Minute): void => {
    const kept = figureOf(metric, database.prepare(ONE).get(metric, of, minute));
    addFigure(kept, figure);
    const { count, total, most, histogram } = kept;
    database.prepare(PUT).run(metric, of, minute, count, total, most, histogram ? textOf(histogram) : null);
  };
  const pointsOf = (statistic: Line['statistic'], of: Of, span: Span): [number, number][] => {
    const summed = SUMMED[statistic];
    if (summed)
      return database
        .prepare(POINTS)
        .all(...askedOf(of, span))
        .map((row) => [Number(row['point']), summed(row)]);
    return percentiles(SHARES[statistic] ?? 1, histograms.of(of, span));
  };
  const valuesOf = (
    { metric, statistic }: Pick<Line, 'metric' | 'statistic'>,
    part: string,
    span: Span,
  ): (number | null)[] => {
    const { fromMs, periodMs, points } = span;
    const from = fromMs / MINUTE_MS;
    const width = periodMs / MINUTE_MS;
    const found = new Map(pointsOf(statistic, { metric, part }, span));
    const first = (from + SEOUL_MINUTES) / width;
    return Array.from({ length: points }, (_, index) => found.get(first + index) ?? null);
  };
  const minuteMs = (row: Row | undefined): number | undefined =>
    typeof row?.['minute'] === 'number' ? row['minute'] * MINUTE_MS : undefined;

  return {
    keep: async (minutes, nowMs) =>
      await database.commit(() => {
        for (const minute of minutes) add(minute);
        database.prepare(FORGET).run(Math.floor(nowMs / MINUTE_MS) - KEPT_DAYS * DAY_MINUTES);
      }),
    series: (line, span) =>
      database.read(() => {
        if (!line.split) return [{ part: '', values: valuesOf(line, '', span) }];
        return partsOf(line.metric)
          .map((part) => ({ part, values: valuesOf(line, part, span) }))
          .filter(({ values }) => values.some((value) => value !== null));
      }),
    readAhead: async ({ metric }, span) => await histograms.ahead({ metric, part: '' }, span),
    firstMs: () => database.read(() => minuteMs(database.prepare(FIRST).get())),
    lastMs: (metric) => database.read(() => minuteMs(database.prepare(LAST).get(metric))),
  };
};
