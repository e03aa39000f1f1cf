import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import {
  METRIC_NAMESPACE,
  OWN_METRICS,
  SERVICE,
  type OwnMetric,
  type OwnMetricSpec,
  type SplitOf,
} from '@hems/shared/metrics/catalogue';

/** A figure of the catalogue as CloudWatch has it; with `of` the part of a figure that is split. */
export const ownMetric = <M extends OwnMetric>(name: M, statistic: string, ...of: Partial<SplitOf<M>>): Metric => {
  const { by }: OwnMetricSpec = OWN_METRICS[name];
  const [part]: readonly (string | undefined)[] = of;
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName: name,
    dimensionsMap: { service: SERVICE, ...(by && part !== undefined && { [by]: part }) },
    statistic,
    period: Duration.minutes(5),
  });
};
