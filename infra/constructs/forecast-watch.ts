import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { HemsAlarm, ONCE_A_DAY } from './alarm.ts';
import type { House } from './house.ts';
import { ownMetric } from './own-metric.ts';

/** Below it a range that is said to hold four hours of five has lost its meaning (forecasting.md 4.12). */
const LEAST_WITHIN = 65;
const HOUR = Duration.hours(1);

/**
 * Who is told when a day went badly by its forecasts. The run tells it between midnight and six, and nobody mends a forecast of a day that is
 * over: it can wait for the morning. Below twenty homes the run tells no shares.
 */
export const watchForecasts = (scope: Construct, house: House): void => {
  new HemsAlarm(scope, 'ForecastsArePoor', {
    house,
    hurt: 'Residents were told yesterday worse than the mean of seven days would have, or ranges that did not hold.',
    chapter: 'forecasts-are-poor',
    metric: new MathExpression({
      expression: `IF(accuracy < naive OR within < ${LEAST_WITHIN}, 1, 0)`,
      usingMetrics: {
        accuracy: ownMetric('ForecastAccuracy', Stats.AVERAGE),
        naive: ownMetric('ForecastNaiveAccuracy', Stats.AVERAGE),
        within: ownMetric('ForecastWithin80', Stats.AVERAGE),
      },
      label: 'Days forecast badly',
      period: HOUR,
    }),
    ...ONCE_A_DAY,
    canWait: true,
    threshold: 1,
    comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  });
  new HemsAlarm(scope, 'ForecastsStandIn', {
    house,
    hurt: 'Residents see what is usual in their home in place of a forecast of today: one forecast in five or more.',
    chapter: 'forecasts-stand-in',
    metric: ownMetric('ForecastUsualShare', Stats.AVERAGE).with({ period: HOUR }),
    ...ONCE_A_DAY,
    canWait: true,
    threshold: 20,
    comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  });
};
