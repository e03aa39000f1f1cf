import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { METRIC_NAMESPACE, OWN_METRICS, SERVICE, type OwnMetricSpec } from '@hems/shared/metrics/catalogue';
import type { About, Measured } from './measured.ts';

type Unit = (typeof MetricUnit)[keyof typeof MetricUnit];
/** CloudWatch has no name for energy or money. */
const UNITS: Record<OwnMetricSpec['unit'], Unit> = {
  Count: MetricUnit.Count,
  Milliseconds: MetricUnit.Milliseconds,
  Percent: MetricUnit.Percent,
  Wh: MetricUnit.NoUnit,
  Won: MetricUnit.NoUnit,
};
/** A line holds at most 100 values of a metric. */
const VALUES_MAX = 99;

/** Figures that are split alike go onto the same lines. */
const splitOf = ({ metric, of }: Measured): string => {
  const { by }: OwnMetricSpec = OWN_METRICS[metric];
  return by === undefined || of === undefined ? '' : `${by} ${of}`;
};

const dimensionsOf = ([first]: readonly Measured[]): Record<string, string> | undefined => {
  if (!first) return undefined;
  const { by }: OwnMetricSpec = OWN_METRICS[first.metric];
  return by === undefined || first.of === undefined ? undefined : { [by]: first.of };
};

/** The figures in lines: of each metric, no more values than a line holds. */
const linesOf = (measured: readonly Measured[]): Measured[][] => {
  const lines: Measured[][] = [];
  for (const values of Map.groupBy(measured, ({ metric }) => metric).values())
    for (const [index, one] of values.entries()) (lines[Math.floor(index / VALUES_MAX)] ??= []).push(one);
  return lines;
};

const writer = () => new Metrics({ namespace: METRIC_NAMESPACE, serviceName: SERVICE });
let writing: Metrics | undefined;

/** Writes figures to the log in the embedded metric format, from which CloudWatch makes metrics; nothing where there are none. */
export const emf = (measured: readonly Measured[], { handler, correlationId }: About): void => {
  for (const alike of Map.groupBy(measured, splitOf).values()) {
    const dimensions = dimensionsOf(alike);
    for (const line of linesOf(alike)) {
      const metrics = (writing ??= writer());
      // the whole beside each part: whoever asks for the whole need not know the parts
      if (dimensions) metrics.addDimensions({}).addDimensions(dimensions);
      for (const { metric, value } of line) metrics.addMetric(metric, UNITS[OWN_METRICS[metric].unit], value);
      metrics.addMetadata('correlation_id', correlationId).addMetadata('function_name', handler).publishStoredMetrics();
    }
  }
};
