import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { BOARDS } from '@hems/shared/metrics/boards';
import type { Construct } from 'constructs';
import { stackNameOf, type StackName } from '../config.ts';
import { HemsAlarm } from '../constructs/alarm.ts';
import { hemsBoard } from '../constructs/board.ts';
import { BurnAlarm, failedShare, lateShare } from '../constructs/burn-alarm.ts';
import { DeadLetters } from '../constructs/dead-letters.ts';
import type { FunctionEnvironment } from '../constructs/environment.ts';
import { HemsStack } from '../constructs/hems-stack.ts';
import type { History } from '../constructs/history.ts';
import type { House } from '../constructs/house.ts';
import { Inspection } from '../constructs/inspection.ts';
import { ownMetric } from '../constructs/own-metric.ts';
import { platformOf, type PlatformSources } from '../constructs/platform-metrics.ts';
import { SavedQueries } from '../constructs/saved-queries.ts';
import { ANSWER_TIME, ANSWERS, FRESHNESS, INGESTION, NOTICES } from '../objectives.ts';
import { INDEX_NAMES } from '../constructs/table.ts';
import type { DataStack } from './data.ts';

export type OpsProps = Omit<PlatformSources, 'deadLetters'> & { readonly environment: FunctionEnvironment };

const FIVE_MINUTES = Duration.minutes(5);

/** What an operator looks at, and the alarms that no single construct owns. It rests on every other stack. */
export class OpsStack extends HemsStack {
  constructor(scope: Construct, props: OpsProps) {
    super(scope, 'ops', { choice: props.house, holds: 'dashboards and alarms' });
    const { house } = props;
    new Inspection(this, 'Inspection', props);
    const everything = scope.node.findAll();
    const platform = platformOf({
      ...props,
      deadLetters: everything.filter((construct) => construct instanceof DeadLetters),
    });
    for (const [name, board] of Object.entries(BOARDS))
      hemsBoard(this, `Board-${name}`, { name: `hems-${house.stage}-${name}`, board, platform });
    this.#saveQueries(
      house,
      everything.filter((construct) => construct instanceof LogGroup),
    );
    this.#watchObjectives(props);
    this.#watchReadings(house);
    this.#watchStores(props);
  }

  #saveQueries({ stage }: House, groups: readonly LogGroup[]): void {
    const of = (...stacks: StackName[]): LogGroup[] => {
      const names = new Set(stacks.map((stack) => stackNameOf(stage, stack)));
      return groups.filter((group) => names.has(group.stack.stackName));
    };
    new SavedQueries(this, 'Queries', {
      folder: `hems-${stage}`,
      groups: {
        path: of('devices', 'ingest', 'api', 'notifications'),
        doors: of('devices', 'ingest'),
        jobs: of('workflows', 'forecast', 'planning', 'privacy', 'files', 'ops'),
        partners: of('partner', 'openadr'),
      },
    });
  }

  #watchObjectives({ house, ingest, api: { api } }: OpsProps): void {
    const summed = { statistic: Stats.SUM };
    const taken = ownMetric('IngestDelayMs', Stats.SAMPLE_COUNT);
    const notTaken = [
      ingest.ingest.metricErrors(summed),
      // a batch of the stream that fails is no failed call: the answer says from which message on it comes again
      ...(ingest.streamIngest ? [ownMetric('MessagesNotTaken', Stats.SUM)] : []),
      ingest.deadLetters.ruleFailures.metricNumberOfMessagesSent(summed),
      ownMetric('MessagesQuarantined', Stats.SUM, 'not-in-history'),
    ];
    new BurnAlarm(this, 'IngestionBudget', {
      house,
      objective: INGESTION,
      share: failedShare(INGESTION, notTaken, { besides: taken }),
    });
    new BurnAlarm(this, 'AnswersBudget', {
      house,
      objective: ANSWERS,
      share: failedShare(ANSWERS, [api.metricServerError(summed)], { all: api.metricCount(summed) }),
    });
    for (const [id, objective, metric] of [
      ['FreshnessBudget', FRESHNESS, taken],
      ['AnswerTimeBudget', ANSWER_TIME, api.metricLatency()],
      ['NoticesBudget', NOTICES, ownMetric('NoticeDelayMs', Stats.SAMPLE_COUNT)],
    ] as const)
      new BurnAlarm(this, id, { house, objective, share: lateShare(objective, metric) });
  }

  #watchReadings(house: House): void {
    if (house.config.expectsReadings)
      new HemsAlarm(this, 'ReadingsStopped', {
        house,
        hurt: 'All residents see old numbers: nothing has been taken in for 15 minutes.',
        chapter: 'readings-stopped',
        metric: ownMetric('ReadingsAccepted', Stats.SUM),
        threshold: 1,
        comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
        periods: 3,
        silenceIsBad: true,
      });
    new HemsAlarm(this, 'MessagesKeptOut', {
      house,
      hurt: 'Homes get gaps: one message in twenty or more is kept out as wrong, for 15 minutes.',
      chapter: 'messages-are-kept-out',
      metric: new MathExpression({
        // what was kept out is among the delays, and each message is one in both
        expression: 'IF(taken >= 100, 100 * kept / taken, 0)',
        usingMetrics: {
          kept: ownMetric('MessagesQuarantined', Stats.SUM),
          taken: ownMetric('IngestDelayMs', Stats.SAMPLE_COUNT),
        },
        label: 'Percent kept out',
        period: FIVE_MINUTES,
      }),
      threshold: 5,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      periods: 3,
    });
  }

  #watchStores({ house, data }: OpsProps): void {
    for (const [id, throttles] of throttlesOf(data))
      new HemsAlarm(this, id, {
        house,
        hurt: 'Residents wait or see old numbers: a table or an index of it turns requests away.',
        chapter: 'tables-throttle',
        // one on DynamoDB never leaves its state while data are missing, whatever it is told, so they are filled
        metric: new MathExpression({
          expression: 'SUM(FILL(METRICS(), 0))',
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

/** An alarm adds up ten metrics at most, so there is one for the tables and one for each index of them, and for reads and writes apart. */
const throttlesOf = ({ tables }: DataStack): [string, Record<string, Metric>][] =>
  ([undefined, ...INDEX_NAMES] as const).flatMap((index) =>
    (['Read', 'Write'] as const).map((kind): [string, Record<string, Metric>] => [
      `${index === undefined ? 'Tables' : `Indexes-${index}`}Throttle${kind}s`,
      Object.fromEntries(
        Object.entries(tables).map(([name, table]) => [
          `${name}${kind}s`,
          table.throttles(kind, index).with({ statistic: Stats.SUM, period: FIVE_MINUTES }),
        ]),
      ),
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
