import { evaluate, type Value } from './metric-math.ts';

export type State = 'OK' | 'ALARM';
export type MetricRef = {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
};
type Stat = { readonly Metric: MetricRef; readonly Period: number; readonly Stat: string };
type Query = {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: Stat;
  readonly ReturnData?: boolean;
};

/** `Properties` of an AWS::CloudWatch::Alarm. */
export type AlarmProperties = Partial<MetricRef> & {
  readonly Metrics?: readonly Query[];
  readonly Statistic?: string;
  readonly ExtendedStatistic?: string;
  readonly Period?: number;
  readonly Threshold: number;
  readonly ComparisonOperator: string;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly TreatMissingData?: string;
};

/** Values that a metric was told in a stretch of seconds, begin included, end not. */
export type Told = (metric: MetricRef, beginS: number, endS: number) => readonly number[];

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Smallest value that so many percent of all do not exceed. */
const percentile = (values: readonly number[], percent: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
};

const SIMPLE: Record<string, (values: readonly number[]) => number> = {
  Sum: sum,
  SampleCount: ({ length }) => length,
  Average: (values) => sum(values) / values.length,
  Maximum: (values) => Math.max(...values),
  Minimum: (values) => Math.min(...values),
};

/** A statistic as CloudWatch defines it; no point without a value. `PR(:x)`: percent of the values that are x or less. */
export const statistic = (name: string, values: readonly number[]): Value => {
  if (values.length === 0) return undefined;
  const simple = SIMPLE[name];
  if (simple) return simple(values);
  const [, percent] = /^p(\d+(?:\.\d+)?)$/.exec(name) ?? [];
  if (percent !== undefined) return percentile(values, Number(percent));
  const [, bound] = /^PR\(:(\d+)\)$/.exec(name) ?? [];
  if (bound !== undefined) return (100 * values.filter((value) => value <= Number(bound)).length) / values.length;
  throw new Error(`no statistic that this evaluator knows: ${name}`);
};

const statsOf = (alarm: AlarmProperties): Stat[] => {
  if (alarm.Metrics) return alarm.Metrics.flatMap(({ MetricStat }) => MetricStat ?? []);
  const { Namespace = '', MetricName = '', Dimensions = [], Period = 0, Statistic, ExtendedStatistic = '' } = alarm;
  return [{ Metric: { Namespace, MetricName, Dimensions }, Period, Stat: Statistic ?? ExtendedStatistic }];
};

/** What the alarm reads. */
export const metricsOf = (alarm: AlarmProperties): MetricRef[] => statsOf(alarm).map(({ Metric }) => Metric);

/** All metrics of an alarm have the same period. */
export const periodOf = (alarm: AlarmProperties): number => {
  const [period, ...others] = new Set(statsOf(alarm).map(({ Period }) => Period));
  if (period === undefined || others.length > 0) throw new Error('metrics of an alarm with more than one period');
  return period;
};

const pointOf = (alarm: AlarmProperties, told: Told, endS: number): Value => {
  const valueOf = ({ Metric, Period, Stat }: Stat): Value => statistic(Stat, told(Metric, endS - Period, endS));
  const [single] = statsOf(alarm);
  if (!alarm.Metrics) return single && valueOf(single);
  const own = alarm.Metrics.flatMap(({ Id, MetricStat }) => (MetricStat ? [[Id, valueOf(MetricStat)] as const] : []));
  const expressions = alarm.Metrics.filter(({ Expression }) => Expression !== undefined);
  if (expressions.length !== 1 || expressions[0]?.ReturnData === false)
    throw new Error('an alarm returns the values of one expression');
  return evaluate(expressions[0]?.Expression ?? '', Object.fromEntries(own));
};

const BREACHES: Record<string, (value: number, threshold: number) => boolean> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/** CloudWatch looks at more points than it evaluates, so that late ones count; its documentation shows five for three. */
const MORE = 2;

/**
 * The state after the points of an evaluation range, the latest first: as many of the latest as there are evaluation periods, missing ones
 * filled only when real ones do not suffice (user guide of CloudWatch, "Configuring how CloudWatch alarms treat missing data").
 */
export const decide = (
  { EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods, TreatMissingData }: AlarmProperties,
  breaching: readonly (boolean | undefined)[],
): State => {
  if (TreatMissingData !== 'breaching' && TreatMissingData !== 'notBreaching')
    throw new Error(`an alarm of ours says what missing data mean, not ${TreatMissingData}`);
  const real = breaching.filter((one) => one !== undefined).slice(0, EvaluationPeriods);
  const filled = TreatMissingData === 'breaching' ? EvaluationPeriods - real.length : 0;
  return real.filter(Boolean).length + filled >= DatapointsToAlarm ? 'ALARM' : 'OK';
};

/** The state of an alarm at a time, after the state in which it was. */
export const stateOf = (
  alarm: AlarmProperties,
  told: Told,
  { atS, was }: { readonly atS: number; readonly was: State },
): State => {
  const period = periodOf(alarm);
  const breaches = BREACHES[alarm.ComparisonOperator];
  if (!breaches) throw new Error(`no comparison that this evaluator knows: ${alarm.ComparisonOperator}`);
  const points = Array.from({ length: alarm.EvaluationPeriods + MORE }, (_, index) =>
    pointOf(alarm, told, atS - index * period),
  );
  // whatever they are told, alarms on DynamoDB keep their state while points are missing (PutMetricAlarm, TreatMissingData)
  const keeps = metricsOf(alarm).some(({ Namespace }) => Namespace === 'AWS/DynamoDB');
  if (keeps && points.slice(0, alarm.EvaluationPeriods).includes(undefined)) return was;
  return decide(
    alarm,
    points.map((point) => (point === undefined ? undefined : breaches(point, alarm.Threshold))),
  );
};

/** The state of a composite alarm: `ALARM("…")`, `AND`, `OR` and brackets over the states of its parts. */
export const compositeState = (rule: string, stateOfPart: (part: string) => State): State => {
  const parts: string[] = [];
  const expression = rule.replace(/ALARM\("([^"]+)"\)/g, (_, part: string) => `part${parts.push(part) - 1}`);
  const values = Object.fromEntries(
    parts.map((part, index) => [`part${index}`, Number(stateOfPart(part) === 'ALARM')]),
  );
  return evaluate(expression, values) === 1 ? 'ALARM' : 'OK';
};
