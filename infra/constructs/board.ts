import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, PeriodOverride, TextWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Board, Chart, Line } from '@hems/shared/metrics/boards';
import {
  METRIC_NAMESPACE,
  OWN_METRICS,
  SERVICE,
  type MetricName,
  type OwnMetric,
  type OwnMetricSpec,
} from '@hems/shared/metrics/catalogue';
import type { Construct } from 'constructs';
import { ownMetric } from './own-metric.ts';
import { searched, type Drawing, type Platform } from './platform-metrics.ts';

export type HemsBoardProps = { readonly name: string; readonly board: Board; readonly platform: Platform };

const STATISTICS: Record<Line['statistic'], string> = {
  sum: 'Sum',
  average: 'Average',
  maximum: 'Maximum',
  p50: 'p50',
  p95: 'p95',
  p99: 'p99',
};

/** A board of `@hems/shared/metrics/boards` as a dashboard. The local page `/ops` draws the same value. */
export const hemsBoard = (scope: Construct, id: string, { name, board, platform }: HemsBoardProps): void => {
  const dashboard = new Dashboard(scope, id, {
    dashboardName: name,
    // a point stands for what its chart says, however long the stretch
    periodOverride: PeriodOverride.INHERIT,
    defaultInterval: Duration.days(7),
  });
  dashboard.addWidgets(
    new TextWidget({
      width: 24,
      height: 1,
      markdown: `**${board.title}**: ${board.asks} Every alarm names its chapter in docs/runbook.md.`,
    }),
  );
  dashboard.addWidgets(...board.charts.flatMap((chart) => widgetOf(chart, platform)));
};

const DAY_S = 86_400;
/** CloudWatch's days begin at 00:00 UTC. What the run tells after midnight stands at the day that it is of. */
const titleOf = ({ title, periodS }: Chart): string =>
  periodS === DAY_S ? `${title} (told from 09:00 to 09:00 in Korea)` : title;

/** Corrections of days that were told too high are below zero. */
const MAY_BE_NEGATIVE: readonly string[] = ['Wh', 'won'];

/** None where nothing can be drawn: a chart without metrics is refused. */
const widgetOf = (chart: Chart, platform: Platform): GraphWidget[] => {
  const left = chart.lines.flatMap((line) => metricsOf(line, { periodS: chart.periodS, platform }));
  if (left.length === 0) return [];
  return [
    new GraphWidget({
      title: titleOf(chart),
      left,
      width: 8,
      height: 6,
      period: Duration.seconds(chart.periodS),
      leftYAxis: { ...(!MAY_BE_NEGATIVE.includes(chart.unit) && { min: 0 }), label: chart.unit, showUnits: false },
    }),
  ];
};

const isOwn = (metric: MetricName): metric is OwnMetric => metric in OWN_METRICS;

const metricsOf = (
  { metric, statistic, label, split }: Line,
  { periodS, platform }: { readonly periodS: number; readonly platform: Platform },
): IMetric[] => {
  const drawing: Drawing = { statistic: STATISTICS[statistic], periodS, label };
  if (!isOwn(metric)) return platform[metric](drawing);
  const { by }: OwnMetricSpec = OWN_METRICS[metric];
  if (split && by)
    return searched(
      { ...drawing, label: `\${PROP('Dim.${by}')}` },
      { schema: `${METRIC_NAMESPACE},${by},service`, terms: `MetricName="${metric}" service="${SERVICE}"` },
    );
  return [ownMetric(metric, drawing.statistic).with({ label, period: Duration.seconds(periodS) })];
};
