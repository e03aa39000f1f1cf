import { OWN_METRICS, type OwnMetric, type OwnMetricSpec } from '@hems/shared/metrics/catalogue';
import type { MetricRef, Told } from './alarm-evaluator.ts';

/** What a metric is told: these values, every so many seconds. No values: it falls silent. */
export type Series = {
  /** namespace and name */
  readonly metric: string;
  readonly everyS: number;
  readonly values: readonly number[];
  /** seconds after the begin at which it is told, in place of every so many */
  readonly atS?: readonly number[];
  /** found among the values of its dimensions; without it every metric of that name is told it */
  readonly of?: string;
};

export type Scenario = {
  /** what has happened, in words */
  readonly when: string;
  /** names of alarms, `stack/Id` without the hash */
  readonly wakes: RegExp;
  readonly minutes: number;
  /** store and way of ingest, where it can happen there only */
  readonly where?: 'blocks, stream';
  readonly tells: readonly Series[];
};

export const MINUTE = 60;
export const FIVE = 300;
export const QUARTER = 900;
export const HALF_HOUR = 1800;
export const HOUR = 3600;
export const DAY = 86_400;

export const series = (metric: string, everyS: number, ...values: number[]): Series => ({ metric, everyS, values });
export const silent = (metric: string): Series => series(metric, MINUTE);
/** Told at these seconds of a scenario, and at no other time. */
export const at = (atS: readonly number[], told: Series): Series => ({ ...told, atS });
export const of = (part: string, told: Series): Series => ({ ...told, of: part });
export const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

/** A stage on which nothing is wrong: what each metric is told then. What tells nothing while all is well has no values. */
export const USUAL: readonly Series[] = [
  series('AWS/Lambda/Errors', MINUTE, 0),
  series('AWS/Lambda/Invocations', MINUTE, 1),
  series('AWS/Lambda/IteratorAge', MINUTE, 900),
  silent('AWS/Lambda/OnFailureDestinationDeliveredEventCount'),
  silent('AWS/Lambda/DroppedEventCount'),
  silent('AWS/Lambda/DestinationDeliveryFailures'),
  series('AWS/SQS/ApproximateNumberOfMessagesVisible', FIVE, 0),
  series('AWS/SQS/ApproximateAgeOfOldestMessage', FIVE, 45),
  silent('AWS/SQS/NumberOfMessagesSent'),
  silent('AWS/DynamoDB/ReadThrottleEvents'),
  silent('AWS/DynamoDB/WriteThrottleEvents'),
  silent('AWS/Timestream/MagneticStoreRejectedRecordCount'),
  silent('AWS/States/ExecutionsFailed'),
  silent('AWS/States/ExecutionsTimedOut'),
  silent('AWS/States/ExecutionsAborted'),
  silent('AWS/SageMaker/Invocation4XXErrors'),
  silent('AWS/SageMaker/Invocation5XXErrors'),
  // one in two thousand fails and one in five hundred is slow: within the budget
  series('AWS/ApiGateway/Count', MINUTE, ...times(200, 1)),
  series('AWS/ApiGateway/5xx', 10 * MINUTE, 1),
  series('AWS/ApiGateway/5XXError', 10 * MINUTE, 1),
  series('AWS/ApiGateway/Latency', FIVE, ...times(499, 140), 2600),
  series('HEMS/Heard-prod-office', HALF_HOUR, 1),
  series('HEMS/Heard-prod-building', HALF_HOUR, 1),
  series('HEMS/PartnerRefused-prod-iam', QUARTER, 1),
  series('HEMS/PartnerRefused-prod-sig', QUARTER, 1),
  series('HEMS/ReadingsAccepted', MINUTE, 3000),
  series('HEMS/IngestDelayMs', FIVE, ...times(498, 350), 0, 14_000),
  of('not-in-history', silent('HEMS/MessagesQuarantined')),
  series('HEMS/MessagesQuarantined', FIVE, 1),
  series('HEMS/NoticeDelayMs', FIVE, ...times(50, 2200)),
  series('HEMS/MessagesNotTaken', 20, 0),
  series('HEMS/MessagesFailed', MINUTE, 0),
  series('HEMS/MessagesSent', MINUTE, 10),
  of('failed', series('HEMS/HomesPlanned', HALF_HOUR, 0)),
  series('HEMS/PayoutsUnanswered', MINUTE, 0),
  series('HEMS/ErasuresLate', QUARTER, 0),
  series('HEMS/WebhooksGivenUp', MINUTE, 0),
  series('HEMS/WebhooksLatestMs', MINUTE, 40_000),
  series('HEMS/ConnectorsFailed', FIVE, 0),
  series('HEMS/FleetOnlinePercent', HOUR, 97),
  series('HEMS/FleetSeen', HOUR, 2000),
  series('HEMS/DailyRunsMissing', DAY, 0),
  series('HEMS/TariffQuartersMissing', DAY, 0),
  series('HEMS/ForecastsMissing', DAY, 0),
  series('HEMS/ForecastAccuracy', DAY, 78),
  series('HEMS/ForecastNaiveAccuracy', DAY, 71),
  series('HEMS/ForecastWithin80', DAY, 81),
  series('HEMS/ForecastUsualShare', DAY, 3),
];

const isOwn = (name: string): name is OwnMetric => name in OWN_METRICS;

/** Why a series cannot be told: a percent above 100, a part of a split that the catalogue does not know. */
export const impossible = ({ metric, values, of: part }: Series): string | undefined => {
  const [, name = ''] = /^HEMS\/(.+)$/.exec(metric) ?? [];
  if (values.some((value) => value < 0 || !Number.isFinite(value))) return `${metric} is never ${values.join()}`;
  if (!isOwn(name)) return undefined;
  const spec: OwnMetricSpec = OWN_METRICS[name];
  if (spec.unit === 'Percent' && values.some((value) => value > 100)) return `${metric} is a percent`;
  if (part !== undefined && !spec.values?.includes(part)) return `${metric} has no part ${part}`;
  return undefined;
};

const nameOf = ({ Namespace, MetricName }: MetricRef): string => `${Namespace}/${MetricName}`;

const applies = ({ metric, of: part }: Series, ref: MetricRef): boolean =>
  metric === nameOf(ref) && (part === undefined || JSON.stringify(ref.Dimensions ?? []).includes(part));

const valuesIn = ({ everyS, values, atS }: Series, beginS: number, endS: number): number[] => {
  if (atS) return atS.filter((second) => second >= beginS && second < endS).flatMap(() => values);
  // half a period after the hour, so that nothing hangs on an edge of a window
  const first = Math.ceil((beginS - everyS / 2) / everyS);
  const end = Math.ceil((endS - everyS / 2) / everyS);
  return Array.from({ length: Math.max(0, end - first) }, () => values).flat();
};

/** The usual, and from second 0 on what a scenario tells in its place, for as long as it lasts. */
export const worldOf =
  ({ tells, minutes }: Pick<Scenario, 'tells' | 'minutes'>): Told =>
  (ref, beginS, endS) => {
    const usual = USUAL.find((one) => applies(one, ref));
    if (!usual) throw new Error(`nobody tells ${nameOf(ref)}`);
    const instead = tells.filter((one) => applies(one, ref));
    if (instead.length === 0) return valuesIn(usual, beginS, endS);
    const overS = minutes * MINUTE;
    return [
      ...valuesIn(usual, beginS, Math.min(endS, 0)),
      ...instead.flatMap((one) => valuesIn(one, Math.max(beginS, 0), Math.min(endS, overS))),
      ...valuesIn(usual, Math.max(beginS, overS), endS),
    ];
  };
