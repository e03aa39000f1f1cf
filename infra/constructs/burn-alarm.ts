import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmRule,
  ComparisonOperator,
  CompositeAlarm,
  MathExpression,
  Stats,
  TreatMissingData,
  type Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import { BURNS, type Objective, type TimedObjective } from '../objectives.ts';
import { descriptionOf } from './alarm.ts';
import type { House } from './house.ts';

/** Percent of a window that went wrong; 0 where too little happened to say. The period of the metrics does not matter. */
export type Share = { readonly expression: string; readonly usingMetrics: Record<string, Metric> };

/** Where the events that went wrong are among those that are counted, or beside them. */
export type Whole = { readonly all: Metric } | { readonly besides: Metric };

/** Events that went wrong of all of them. A metric that tells nothing while all is well counts as 0. */
export const failedShare = ({ least }: Objective, failed: readonly Metric[], whole: Whole): Share => {
  const named = failed.map((metric, index) => [`failed${index}`, metric] as const);
  const bad = named.map(([id]) => `FILL(${id}, 0)`);
  const [counted, ids] = 'all' in whole ? [whole.all, []] : [whole.besides, bad];
  const all = `SUM([${['FILL(counted, 0)', ...ids].join(', ')}])`;
  return {
    expression: `IF(${all} >= ${least}, 100 * SUM([${bad.join(', ')}]) / ${all}, 0)`,
    usingMetrics: { counted, ...Object.fromEntries(named) },
  };
};

/** Values over the time of the objective, of all values. The percentile rank counts those that are at most as large. */
export const lateShare = ({ least, withinMs }: Pick<TimedObjective, 'least' | 'withinMs'>, metric: Metric): Share => ({
  expression: `IF(count >= ${least}, 100 - within, 0)`,
  usingMetrics: {
    count: metric.with({ statistic: Stats.SAMPLE_COUNT }),
    within: metric.with({ statistic: Stats.percentileRank(withinMs) }),
  },
});

export type BurnAlarmProps = {
  readonly house: House;
  readonly objective: Objective;
  readonly share: Share;
};

/**
 * Wakes somebody when the budget of an objective is spent too fast. An alarm has one window, so it is composed of an alarm for each window,
 * which tell nobody.
 */
export class BurnAlarm extends Construct {
  constructor(scope: Construct, id: string, { house, objective, share }: BurnAlarmProps) {
    super(scope, id);
    const over = (minutes: number, times: number): Alarm =>
      new Alarm(this, `Over${minutes}Minutes`, {
        metric: new MathExpression({ ...share, period: Duration.minutes(minutes), label: 'Percent that went wrong' }),
        threshold: Number((times * (100 - objective.percent)).toFixed(2)),
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: 1,
        treatMissingData: TreatMissingData.NOT_BREACHING,
        alarmDescription: `A part of ${id}; it tells nobody: ${times} times the pace of the budget over ${minutes} minutes.`,
      });
    const burning = BURNS.map(({ times, longMin, shortMin }) =>
      AlarmRule.allOf(over(longMin, times), over(shortMin, times)),
    );
    const alarm = new CompositeAlarm(this, 'Burns', {
      alarmRule: AlarmRule.anyOf(...burning),
      alarmDescription: descriptionOf(objective),
    });
    const notify = new SnsAction(house.operations);
    alarm.addAlarmAction(notify);
    alarm.addOkAction(notify);
  }
}
