import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { EmfOutput } from '@aws-lambda-powertools/metrics/types';
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

/** Figures of one value of what they are split by, or of none: of each metric, no more values than a line holds. */
type Part = {
  readonly by: OwnMetricSpec['by'];
  readonly split: Record<string, string> | undefined;
  readonly figures: readonly Measured[];
};

const partsOf = (measured: readonly Measured[]): Part[] => {
  const parts = new Map<string, Part & { figures: Measured[] }>();
  for (const values of Map.groupBy(measured, ({ metric, of = '' }) => `${metric} ${of}`).values())
    for (const [index, one] of values.entries()) {
      const { by }: OwnMetricSpec = OWN_METRICS[one.metric];
      const split = by !== undefined && one.of !== undefined ? { [by]: one.of } : undefined;
      const key = `${by} ${one.of} ${Math.floor(index / VALUES_MAX)}`;
      const part = parts.get(key) ?? { by, split, figures: [] };
      part.figures.push(one);
      parts.set(key, part);
    }
  return [...parts.values()];
};

/** What shares a line: parts that are split by different things, so that no name stands in it twice. */
const linesOf = (measured: readonly Measured[]): Part[][] => {
  const lines: Part[][] = [];
  for (const alike of Map.groupBy(partsOf(measured), ({ by }) => by).values())
    for (const [index, part] of alike.entries()) (lines[index] ??= []).push(part);
  return lines;
};

const writer = () => new Metrics({ namespace: METRIC_NAMESPACE, serviceName: SERVICE });
let writing: Metrics | undefined;

const documentOf = ({ split, figures }: Part): EmfOutput => {
  const metrics = (writing ??= writer());
  try {
    // the whole beside each part: whoever asks for the whole need not know the parts
    if (split) metrics.addDimensions({}).addDimensions(split);
    for (const { metric, value } of figures) metrics.addMetric(metric, UNITS[OWN_METRICS[metric].unit], value);
    return metrics.serializeMetrics();
  } finally {
    metrics.clearMetrics();
    metrics.clearDimensions();
  }
};

/** One document in place of several: each directive in it names its own figures and dimensions. */
const merged = (documents: readonly EmfOutput[]): object => {
  const heads = documents.map(({ _aws: head }) => head);
  return {
    ...Object.fromEntries(documents.flatMap((document) => Object.entries(document))),
    _aws: { ...heads[0], CloudWatchMetrics: heads.flatMap(({ CloudWatchMetrics }) => CloudWatchMetrics) },
  };
};

/**
 * Writes figures to the log in the embedded metric format, from which CloudWatch makes metrics; nothing where there are none. Beside the console,
 * which the runtime patches.
 */
export const emf = (measured: readonly Measured[], { handler, correlationId }: About): void => {
  for (const parts of linesOf(measured)) {
    const line = { ...merged(parts.map(documentOf)), correlation_id: correlationId, function_name: handler };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
};
