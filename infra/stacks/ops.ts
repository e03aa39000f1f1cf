import { CfnOutput, Duration } from 'aws-cdk-lib';
import {
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  MathExpression,
  Metric,
  Stats,
  TextWidget,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { HemsAlarm } from '../constructs/alarm.ts';
import { HemsStack } from '../constructs/hems-stack.ts';
import type { History } from '../constructs/history.ts';
import type { House } from '../constructs/house.ts';
import type { ApiStack } from './api.ts';
import type { DataStack } from './data.ts';
import type { ForecastStack } from './forecast.ts';
import type { IngestStack } from './ingest.ts';
import type { WorkflowsStack } from './workflows.ts';

export type OpsProps = {
  readonly house: House;
  readonly data: DataStack;
  readonly ingest: IngestStack;
  readonly workflows: WorkflowsStack;
  readonly forecast: ForecastStack;
  readonly api: ApiStack;
};

const FIVE_MINUTES = Duration.minutes(5);

/** One page that says whether homes are heard and residents answered, and the alarms that no single construct owns. */
export class OpsStack extends HemsStack {
  constructor(scope: Construct, props: OpsProps) {
    super(scope, 'ops', { choice: props.house, holds: 'dashboard and alarms' });
    const board = new Dashboard(this, 'Board', { dashboardName: this.stackName, defaultInterval: Duration.hours(12) });
    board.addWidgets(
      new TextWidget({ width: 24, height: 1, markdown: 'Every alarm names its chapter in docs/runbook.md.' }),
    );
    board.addWidgets(...this.#ingestWidgets(props));
    board.addWidgets(...this.#apiWidgets(props));
    board.addWidgets(...workflowWidgets(props));
    board.addWidgets(...forecastWidgets(props));
    board.addWidgets(...this.#storeWidgets(props));
    this.#watchReadings(props);
    this.#watchApi(props);
    this.#watchStores(props);

    new CfnOutput(this, 'DashboardName', { value: board.dashboardName });
  }

  #ingestWidgets({ ingest }: OpsProps): GraphWidget[] {
    const queues = [...Object.values(ingest.deadLetters), ...(ingest.historyFailures ? [ingest.historyFailures] : [])];
    const waiting = queues.map((queue) =>
      queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, label: queue.node.id }),
    );
    return [
      graph('Messages to ingest', [
        ingest.ingest.metricInvocations(),
        ingest.ingest.metricErrors(),
        ingest.ingest.metricThrottles(),
      ]),
      graph('Ingest, time per call', [p50(ingest.ingest.metricDuration()), p95(ingest.ingest.metricDuration())]),
      graph('Rule actions that failed', [failedActionsOf(ingest)]),
      graph('Messages set aside for a person', waiting),
    ];
  }

  #apiWidgets({ api }: OpsProps): GraphWidget[] {
    return [
      graph('API requests', [api.api.metricCount({ statistic: Stats.SUM })]),
      graph('API answers in', [p50(api.api.metricLatency()), p95(api.api.metricLatency())]),
      graph('API errors', [
        api.api.metricServerError({ statistic: Stats.SUM }),
        api.api.metricClientError({ statistic: Stats.SUM }),
      ]),
      graph(
        'Function errors by noun',
        api.functions.map((noun) => noun.metricErrors({ label: noun.node.id })),
      ),
    ];
  }

  #storeWidgets({ data }: OpsProps): GraphWidget[] {
    const all = { ...throttlesOf(data, 'Read'), ...throttlesOf(data, 'Write') };
    const throttles = Object.entries(all).map(([label, metric]) => metric.with({ label }));
    return [
      graph('Table throttles', throttles),
      ...(data.history ? [graph('History records refused', Object.values(refusedBy(data.history)))] : []),
    ];
  }

  #watchReadings({ house, ingest }: OpsProps): void {
    if (!house.config.expectsReadings) return;
    new HemsAlarm(this, 'ReadingsStopped', {
      house,
      hurt: 'All residents see old numbers: no message has arrived for 15 minutes.',
      chapter: 'readings-stopped',
      metric: ingest.ingest.metricInvocations({ statistic: Stats.SUM, period: FIVE_MINUTES }),
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: 3,
      silenceIsBad: true,
    });
  }

  #watchApi({ house, api }: OpsProps): void {
    new HemsAlarm(this, 'ApiFails', {
      house,
      hurt: 'One request of residents in a hundred or more is answered with an error of ours.',
      chapter: 'api-fails',
      metric: new MathExpression({
        expression: 'IF(all >= 20, 100 * failed / all, 0)',
        usingMetrics: {
          failed: api.api.metricServerError({ statistic: Stats.SUM }),
          all: api.api.metricCount({ statistic: Stats.SUM }),
        },
        label: 'Errors per 100 requests',
        period: FIVE_MINUTES,
      }),
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    });
    new HemsAlarm(this, 'ApiIsSlow', {
      house,
      hurt: 'Residents wait: one answer in twenty takes longer than two seconds.',
      chapter: 'api-is-slow',
      metric: p95(api.api.metricLatency({ period: FIVE_MINUTES })),
      threshold: 2000,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
      periods: 3,
    });
  }

  #watchStores({ house, data }: OpsProps): void {
    for (const [id, { hurt, throttles }] of Object.entries({
      TablesThrottleReads: { hurt: 'Residents wait: a table turns reads away.', throttles: throttlesOf(data, 'Read') },
      TablesThrottleWrites: {
        hurt: 'Residents wait and readings are late: a table turns writes away.',
        throttles: throttlesOf(data, 'Write'),
      },
    }))
      new HemsAlarm(this, id, {
        house,
        hurt,
        chapter: 'tables-throttle',
        // an alarm adds up ten metrics at most
        metric: new MathExpression({
          expression: 'SUM(METRICS())',
          usingMetrics: throttles,
          label: 'Throttled requests',
          period: FIVE_MINUTES,
        }),
        threshold: 10,
        comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        periods: 2,
      });
    if (data.history)
      new HemsAlarm(this, 'HistoryRefuses', {
        house,
        hurt: 'Residents who look back at single devices find holes where late points were refused.',
        chapter: 'history-refuses-records',
        metric: new MathExpression({
          expression: 'SUM(METRICS())',
          usingMetrics: refusedBy(data.history),
          label: 'Refused records',
          period: FIVE_MINUTES,
        }),
        threshold: 1,
        comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      });
  }
}

const workflowWidgets = ({ workflows }: OpsProps): GraphWidget[] => {
  const { dailyRun, tasks, unanswered } = workflows;
  const { AggregateShard, ForecastShard, SettleShard, RankSegment } = tasks;
  return [
    graph('Daily runs', [
      dailyRun.metric('ExecutionsSucceeded').with({ label: 'succeeded' }),
      dailyRun.metric('ExecutionsFailed').with({ label: 'failed' }),
    ]),
    graph('Daily run, time', [dailyRun.metric('ExecutionTime').with({ statistic: Stats.MAXIMUM, label: 'longest' })]),
    graph(
      'Daily run, time per shard',
      [AggregateShard, ForecastShard, SettleShard, RankSegment].map((task) =>
        task.metricDuration({ statistic: 'p95', label: task.node.id }),
      ),
    ),
    graph('Payouts the rail did not answer', [unanswered.with({ label: 'unanswered' })]),
  ];
};

const forecastWidgets = ({ forecast, workflows: { forecasts } }: OpsProps): GraphWidget[] => [
  graph('Forecasts of a day, percent', [
    forecasts.accuracy.with({ label: 'accuracy' }),
    forecasts.naiveAccuracy.with({ label: 'of the 7-day mean' }),
    forecasts.within80.with({ label: 'hours in their 80 % range' }),
  ]),
  graph('Forecasts without an engine, percent', [forecasts.usualShare.with({ label: 'the usual stands in' })]),
  graph('Trainings of the forecasts', [
    forecast.training.metric('ExecutionsSucceeded').with({ label: 'succeeded' }),
    forecast.training.metric('ExecutionsFailed').with({ label: 'failed' }),
  ]),
  graph('Forecast endpoints, errors', forecast.endpointErrors),
];

const graph = (title: string, left: IMetric[]): GraphWidget =>
  new GraphWidget({ title, left, width: 6, height: 6, leftYAxis: { min: 0 } });

const p50 = (metric: Metric): Metric => metric.with({ statistic: 'p50', label: 'half within' });
const p95 = (metric: Metric): Metric => metric.with({ statistic: 'p95', label: '95 of 100 within' });

const throttlesOf = ({ tables }: DataStack, kind: 'Read' | 'Write'): Record<string, Metric> =>
  Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [
      `${name}${kind}s`,
      table.metric(`${kind}ThrottleEvents`, { statistic: Stats.SUM, period: FIVE_MINUTES }),
    ]),
  );

const refusedBy = ({ databaseName, tables }: History): Record<string, Metric> =>
  Object.fromEntries(
    Object.entries(tables).map(([label, { attrName }]) => [
      label,
      new Metric({
        namespace: 'AWS/Timestream',
        metricName: 'MagneticStoreRejectedRecordCount',
        dimensionsMap: { DatabaseName: databaseName, TableName: attrName },
        statistic: Stats.SUM,
        period: FIVE_MINUTES,
        label,
      }),
    ]),
  );

/** By search, because the metric has a dimension for the kind of action and appears with the first failure only. */
const failedActionsOf = ({ rules }: IngestStack): MathExpression =>
  new MathExpression({
    expression: `SEARCH('{AWS/IoT,ActionType,RuleName} MetricName="Failure" RuleName=(${rules.map(({ name }) => `"${name}"`).join(' OR ')})', 'Sum', 300)`,
    label: '',
    usingMetrics: {},
  });
