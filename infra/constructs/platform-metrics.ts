import { Duration } from 'aws-cdk-lib';
import { MathExpression, type IMetric, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { PlatformMetric } from '@hems/shared/metrics/catalogue';
import type { ApiStack } from '../stacks/api.ts';
import type { DataStack } from '../stacks/data.ts';
import type { IngestStack } from '../stacks/ingest.ts';
import type { OpenadrStack } from '../stacks/openadr.ts';
import type { PartnerStack } from '../stacks/partner.ts';
import type { WorkflowsStack } from '../stacks/workflows.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { House } from './house.ts';
import { behind } from './reading-stream.ts';
import { INDEX_NAMES } from './table.ts';

export type PlatformSources = {
  readonly house: House;
  readonly data: DataStack;
  readonly ingest: IngestStack;
  readonly workflows: WorkflowsStack;
  readonly api: ApiStack;
  readonly partner: PartnerStack;
  readonly openadr: OpenadrStack;
  readonly deadLetters: readonly DeadLetters[];
};
/** How a line is drawn: its statistic, and the seconds of a point. */
export type Drawing = { readonly statistic: string; readonly periodS: number; readonly label: string };
export type Platform = Readonly<Record<PlatformMetric, (drawing: Drawing) => IMetric[]>>;

/** The catalogue's platform metrics as CloudWatch has them; where there are many sources, a line each, or the ten that have most. */
export const platformOf = (sources: PlatformSources): Platform => {
  const { house, data, ingest, workflows, api, partner, openadr, deadLetters } = sources;
  const partners = [...partner.apis.map((one) => one.api), openadr.api];
  const functions = (name: 'Errors' | 'Throttles') => (drawing: Drawing) =>
    searched(drawing, { schema: 'AWS/Lambda,FunctionName', terms: `MetricName="${name}" hems ${house.stage}` });
  return {
    ApiRequests: one(api.api.metricCount()),
    ApiServerErrors: one(api.api.metricServerError()),
    ApiClientErrors: one(api.api.metricClientError()),
    ApiLatencyMs: one(api.api.metricLatency()),
    PartnerRequests: sum(
      'requests',
      partners.map((door) => door.metricCount()),
    ),
    PartnerServerErrors: sum(
      'errors',
      partners.map((door) => door.metricServerError()),
    ),
    FunctionErrors: functions('Errors'),
    FunctionThrottles: functions('Throttles'),
    DeadLetters: each(
      deadLetters.map((queue) => [nameOf(queue), queue.metricApproximateNumberOfMessagesVisible()] as const),
    ),
    StreamAgeMs: ingest.streamIngest ? one(behind(ingest.streamIngest)) : () => [],
    TableThrottles: (drawing) =>
      Object.entries(data.tables).flatMap(([name, table]) =>
        (['Read', 'Write'] as const).flatMap((kind) =>
          sum(
            `${name}${kind}s`,
            [undefined, ...INDEX_NAMES].map((index) => table.throttles(kind, index)),
          )({ ...drawing, label: `${name} and its indexes, ${kind.toLowerCase()}s` }),
        ),
      ),
    RuleFailures: (drawing) =>
      searched(drawing, { schema: 'AWS/IoT,ActionType,RuleName', terms: 'MetricName="Failure"' }),
    DailyRunMs: one(workflows.dailyRun.metric('ExecutionTime')),
  };
};

const drawn = (metric: Metric, { statistic, periodS, label }: Drawing): Metric =>
  metric.with({ statistic, label, period: Duration.seconds(periodS) });

const one =
  (metric: Metric) =>
  (drawing: Drawing): IMetric[] => [drawn(metric, drawing)];

const each =
  (metrics: readonly (readonly [string, Metric])[]) =>
  (drawing: Drawing): IMetric[] =>
    metrics.map(([label, metric]) => drawn(metric, { ...drawing, label }));

/** By name: in a chart, `METRICS()` would be the metrics of all its lines. */
const sum =
  (name: string, metrics: readonly Metric[]) =>
  (drawing: Drawing): IMetric[] => {
    const named = metrics.map((metric, index) => [`${name}${index}`, drawn(metric, drawing)] as const);
    return [
      new MathExpression({
        expression: `SUM([${named.map(([id]) => id).join(', ')}])`,
        usingMetrics: Object.fromEntries(named),
        label: drawing.label,
        period: Duration.seconds(drawing.periodS),
      }),
    ];
  };

/** By search: sources that come and go, or that tell nothing before their first fault. */
export const searched = (
  { statistic, periodS, label }: Drawing,
  { schema, terms }: { readonly schema: string; readonly terms: string },
): IMetric[] => [
  new MathExpression({
    expression: `SORT(SEARCH('{${schema}} ${terms}', '${statistic}', ${periodS}), SUM, DESC, 10)`,
    label,
    usingMetrics: {},
    period: Duration.seconds(periodS),
  }),
];

/** Which queue, and of which stack: some stacks have one of the same name. */
const nameOf = ({ node }: DeadLetters): string => node.path.split('/').slice(1).join(' ');
