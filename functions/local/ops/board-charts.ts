import { setImmediate as breathe } from 'node:timers/promises';
import { BOARDS, type BoardName, type Chart } from '@hems/shared/metrics/boards';
import type { MetricName } from '@hems/shared/metrics/catalogue';
import { DAY_MS, HOUR_MS } from '@hems/models/calendar/seoul';
import { spanOf, type MetricStore, type Span } from './metric-store.ts';

/** What a page may look back on; the width of a point is that of the chart where that is more. */
export const RANGES = {
  '3h': { says: '3 hours', ms: 3 * HOUR_MS, pointMs: 300_000 },
  '12h': { says: '12 hours', ms: 12 * HOUR_MS, pointMs: 300_000 },
  '3d': { says: '3 days', ms: 3 * DAY_MS, pointMs: 1_800_000 },
  '15d': { says: '15 days', ms: 15 * DAY_MS, pointMs: 3 * HOUR_MS },
} as const;
export type RangeName = keyof typeof RANGES;
export const RANGE_NAMES = Object.keys(RANGES).filter((name): name is RangeName => name in RANGES);

/** A chart of days shows some of them however short the range is. */
const LEAST_POINTS = 15;

export type DrawnSeries = {
  readonly metric: MetricName;
  readonly label: string;
  readonly values: readonly (number | null)[];
};
export type DrawnChart = {
  readonly chart: Chart;
  readonly span: Span;
  readonly series: readonly DrawnSeries[];
  /** when any of its figures was last measured, ms; undefined: never */
  readonly lastMs: number | undefined;
};

const chartSpan = ({ periodS }: Chart, range: RangeName, nowMs: number): Span => {
  const { ms, pointMs } = RANGES[range];
  const periodMs = Math.max(periodS * 1000, pointMs);
  return spanOf(nowMs, periodMs, Math.max(LEAST_POINTS, Math.round(ms / periodMs)));
};

const labelOf = (label: string, part: string): string => (part === '' ? label : part.replaceAll(/[_-]/g, ' '));

const linesOf = async (store: MetricStore, chart: Chart, span: Span): Promise<DrawnSeries[]> => {
  const drawn: DrawnSeries[] = [];
  for (const line of chart.lines) {
    if (line.statistic.startsWith('p') && !line.split) await store.readAhead(line, span);
    const found = store.series(line, span);
    drawn.push(...found.map(({ part, values }) => ({ metric: line.metric, label: labelOf(line.label, part), values })));
    await breathe();
  }
  return drawn;
};

const drawn = async (store: MetricStore, chart: Chart, span: Span): Promise<DrawnChart> => ({
  chart,
  span,
  series: await linesOf(store, chart, span),
  lastMs: chart.lines
    .map(({ metric }) => store.lastMs(metric))
    .filter((ms) => ms !== undefined)
    .toSorted((a, b) => b - a)[0],
});

/** The charts of a board with what was measured. Others have their turn between two lines: fifteen days take a while to add up. */
export const boardCharts = async (
  store: MetricStore,
  { board, range, nowMs }: { readonly board: BoardName; readonly range: RangeName; readonly nowMs: number },
): Promise<DrawnChart[]> => {
  const charts: DrawnChart[] = [];
  for (const chart of BOARDS[board].charts) charts.push(await drawn(store, chart, chartSpan(chart, range, nowMs)));
  return charts;
};
