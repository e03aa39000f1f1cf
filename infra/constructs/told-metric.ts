import { Duration } from 'aws-cdk-lib';
import { Stats, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { HemsFunction } from './function.ts';

export type ToldMetric = {
  readonly name: string;
  /** of the log line, word for word */
  readonly message: string;
  /** the field of the line that holds the number; without it lines are counted */
  readonly field?: string;
};

/** A figure that a function writes into its log. The function has to log at a level that lets the line through. */
export const toldMetric = (from: HemsFunction, { name, message, field }: ToldMetric): Metric =>
  new MetricFilter(from, name, {
    logGroup: from.logGroup,
    filterPattern: FilterPattern.stringValue('$.message', '=', message),
    metricNamespace: 'HEMS',
    metricName: name,
    metricValue: field === undefined ? '1' : `$.${field}`,
  }).metric({ statistic: Stats.MAXIMUM, period: Duration.minutes(5) });
