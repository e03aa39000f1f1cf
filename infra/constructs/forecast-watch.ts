import { ComparisonOperator, MathExpression, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { HemsAlarm } from './alarm.ts';
import type { HemsFunction } from './function.ts';
import type { House } from './house.ts';
import { toldMetric } from './told-metric.ts';

/** Percent, one value a day. */
export type ForecastMetrics = Readonly<Record<'accuracy' | 'naiveAccuracy' | 'within80' | 'usualShare', Metric>>;

const FIELDS = {
  accuracy: 'ForecastAccuracy',
  naiveAccuracy: 'ForecastNaiveAccuracy',
  within80: 'ForecastWithin80',
  usualShare: 'ForecastUsualShare',
} as const;

/** Below it a range that is said to hold four hours of five has lost its meaning (forecasting.md 4.12). */
const LEAST_WITHIN = 65;

/** How a day went by its forecasts, told at the end of its run, and who is woken when it went badly. */
export const watchForecasts = (report: HemsFunction, house: House): ForecastMetrics => {
  const told = (field: keyof typeof FIELDS): Metric =>
    toldMetric(report, { name: FIELDS[field], message: 'the day as it was forecast', field });
  const metrics = {
    accuracy: told('accuracy'),
    naiveAccuracy: told('naiveAccuracy'),
    within80: told('within80'),
    usualShare: told('usualShare'),
  };
  const { accuracy, naiveAccuracy, within80, usualShare } = metrics;
  new HemsAlarm(report, 'ForecastsArePoor', {
    house,
    hurt: 'Residents were told yesterday worse than the mean of seven days would have, or ranges that did not hold.',
    chapter: 'forecasts-are-poor',
    metric: new MathExpression({
      expression: `IF(accuracy < naive OR within < ${LEAST_WITHIN}, 1, 0)`,
      usingMetrics: { accuracy, naive: naiveAccuracy, within: within80 },
      label: 'Days forecast badly',
      period: accuracy.period,
    }),
    threshold: 1,
    comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  });
  new HemsAlarm(report, 'ForecastsStandIn', {
    house,
    hurt: 'Residents see what is usual in their home in place of a forecast of today: one forecast in five or more.',
    chapter: 'forecasts-stand-in',
    metric: usualShare,
    threshold: 20,
    comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  });
  return metrics;
};
