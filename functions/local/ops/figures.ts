import { BOARDS, type Chart, type Line } from '@hems/shared/metrics/boards';
import { OWN_METRICS, type MetricName, type OwnMetricSpec } from '@hems/shared/metrics/catalogue';
import { addTo, mergeInto, type Histogram } from './histogram.ts';

export const MINUTE_MS = 60_000;

/** What was measured of one figure in one minute. */
export type Figure = {
  count: number;
  total: number;
  most: number;
  /** of figures that a chart shows percentiles of */
  readonly histogram?: Histogram;
};

const CHARTS: readonly Chart[] = Object.values(BOARDS).flatMap(({ charts }): readonly Chart[] => charts);
const LINES: readonly Line[] = CHARTS.flatMap(({ lines }) => lines);
const PERCENTILES: ReadonlySet<MetricName> = new Set(
  LINES.filter(({ statistic }) => statistic.startsWith('p')).map(({ metric }) => metric),
);

export const noFigure = (metric: MetricName): Figure => ({
  count: 0,
  total: 0,
  most: -Infinity,
  ...(PERCENTILES.has(metric) && { histogram: new Map() }),
});

export const addValue = (figure: Figure, value: number): void => {
  figure.count += 1;
  figure.total += value;
  figure.most = Math.max(figure.most, value);
  if (figure.histogram) addTo(figure.histogram, value);
};

export const addFigure = (figure: Figure, other: Figure): void => {
  figure.count += other.count;
  figure.total += other.total;
  figure.most = Math.max(figure.most, other.most);
  if (figure.histogram && other.histogram) mergeInto(figure.histogram, other.histogram);
};

const SPECS: Readonly<Record<string, OwnMetricSpec>> = OWN_METRICS;

/** The parts that the catalogue knows of a figure. No other is kept: so no id can come in here, and the rows are bounded. */
export const partsOf = (metric: MetricName): readonly string[] => SPECS[metric]?.values ?? [];
