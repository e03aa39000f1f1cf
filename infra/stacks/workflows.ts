import { Duration, Validations } from 'aws-cdk-lib';
import { ComparisonOperator, MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { HemsAlarm, ONCE_A_DAY, type Consequence } from '../constructs/alarm.ts';
import { DeadLetters } from '../constructs/dead-letters.ts';
import type { FunctionEnvironment, MoreEnvironment } from '../constructs/environment.ts';
import { watchForecasts } from '../constructs/forecast-watch.ts';
import { forecastEnvironment, mayForecast } from '../constructs/forecasts.ts';
import { HemsFunction } from '../constructs/function.ts';
import { allow, maySay } from '../constructs/grants.ts';
import { HemsSchedule } from '../constructs/schedule.ts';
import { HemsStack } from '../constructs/hems-stack.ts';
import type { House } from '../constructs/house.ts';
import type { WeatherKey } from '../constructs/weather-key.ts';
import { HemsStateMachine } from '../constructs/state-machine.ts';
import { ownMetric } from '../constructs/own-metric.ts';
import type { DataStack } from './data.ts';
import type { IngestStack } from './ingest.ts';
import { TASKS, type Task, type TaskName } from './workflow-tasks.ts';

export type WorkflowsProps = {
  readonly house: House;
  readonly data: DataStack;
  readonly ingest: IngestStack;
  readonly bus: CfnEventBus;
  readonly weatherKey: WeatherKey;
  readonly environment: FunctionEnvironment;
};

type JobProps = Consequence & {
  readonly does: string;
  readonly timeout: Duration;
  readonly memoryMb: number;
  readonly more?: MoreEnvironment;
  readonly deadLetters?: DeadLetters;
};

/** What happens by the clock: the daily run and the payout sweep. */
export class WorkflowsStack extends HemsStack {
  readonly dailyRun: HemsStateMachine;
  readonly tasks: Readonly<Record<TaskName, HemsFunction>>;
  readonly #props: WorkflowsProps;

  constructor(scope: Construct, props: WorkflowsProps) {
    super(scope, 'workflows', { choice: props.house, holds: 'the daily run and the payout sweep' });
    this.#props = props;
    const { house } = props;
    const unheard = new DeadLetters(this, 'MissedCalls', {
      house,
      hurt: 'Residents wait for yesterday or for a payout: a schedule called and nobody came.',
    });
    this.tasks = this.#taskFunctions();
    this.#letAskPipeline(this.tasks.FreezeDay);
    this.dailyRun = new HemsStateMachine(this, 'DailyRun', {
      house,
      name: 'daily-run',
      file: 'functions/workflows/daily-run.asl.json',
      tasks: this.tasks,
    });
    this.#watchRuns();
    this.#startRuns(unheard);
    this.#checkRuns(unheard);
    this.#sweepPayouts(unheard);
    watchForecasts(this.tasks.ReportRun, house);
  }

  #job(id: string, entry: string, { more, ...props }: JobProps): HemsFunction {
    const { house, environment } = this.#props;
    return new HemsFunction(this, id, {
      house,
      watchedBy: 'itself',
      entry: `functions/jobs/${entry}.ts`,
      environment: { ...environment, ...more },
      // a line per call, and few calls
      logLevel: 'info',
      ...props,
    });
  }

  #taskFunctions(): Record<TaskName, HemsFunction> {
    const { house, data, ingest, bus, weatherKey } = this.#props;
    const make = (name: TaskName): HemsFunction => {
      const { entry, does, residents, tables, memoryMb, says, forecasts }: Task = TASKS[name];
      const task = this.#job(name, entry, {
        does,
        // three of them and their pauses fit into the five minutes of an express execution
        timeout: Duration.seconds(80),
        memoryMb,
        hurt: `Residents ${residents}`,
        chapter: 'daily-run-fails',
        more: {
          ...(name === 'FreezeDay' && askingOf(ingest, data)),
          ...(says && { EVENT_BUS: bus.name }),
          ...(forecasts && { ...forecastEnvironment(house.stage), WEATHER_KEY_SECRET: weatherKey.secretArn }),
        },
      });
      for (const { table, access } of tables) data.tables[table].open(task, access);
      if (says) maySay(task, bus);
      if (forecasts) {
        mayForecast(task, house.stage);
        weatherKey.open(task);
      }
      return task;
    };
    return {
      FreezeDay: make('FreezeDay'),
      AggregateShard: make('AggregateShard'),
      ForecastShard: make('ForecastShard'),
      SettleShard: make('SettleShard'),
      ListSegments: make('ListSegments'),
      RankSegment: make('RankSegment'),
      MergeHistograms: make('MergeHistograms'),
      ReportRun: make('ReportRun'),
    };
  }

  /** Depths of the queues that hold readings, and Lambda's figures of how long readings waited. */
  #letAskPipeline(freeze: HemsFunction): void {
    const { ingest, data } = this.#props;
    allow(freeze, { actions: ['sqs:GetQueueAttributes'], on: holdingReadings(ingest).map(({ queueArn }) => queueArn) });
    allow(freeze, { actions: ['cloudwatch:GetMetricData'], on: ['*'] });
    if (data.setAside) allow(freeze, { actions: ['s3:ListBucket'], on: [data.setAside.bucketArn] });
    Validations.of(freeze).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Reading metrics takes no resource; a test lists every statement with a bare *.',
    });
  }

  #startRuns(deadLetters: DeadLetters): void {
    const start = this.#job('StartRun', 'start-run', {
      does: 'Takes the run of yesterday and starts it',
      timeout: Duration.seconds(30),
      memoryMb: 512,
      more: { DAILY_RUN: this.dailyRun.arn },
      deadLetters,
      hurt: 'Residents do not get yesterday: its cost, saving and reward.',
      chapter: 'daily-run-is-missing',
    });
    this.#props.data.tables.operations.open(start, 'readWrite');
    this.dailyRun.open(start);
    new HemsSchedule(this, 'StartDaily', {
      does: 'The daily run of yesterday, 00:20 in Korea',
      expression: 'cron(20 0 * * ? *)',
      calls: start,
      deadLetters,
    });
  }

  #watchRuns(): void {
    const failed = { failed: 'ExecutionsFailed', late: 'ExecutionsTimedOut', stopped: 'ExecutionsAborted' };
    new HemsAlarm(this, 'DailyRunFails', {
      house: this.#props.house,
      hurt: 'Residents of open shards do not get yesterday: its cost, saving or reward.',
      chapter: 'daily-run-fails',
      metric: new MathExpression({
        expression: 'SUM(METRICS())',
        usingMetrics: Object.fromEntries(
          Object.entries(failed).map(([name, metric]) => [name, this.dailyRun.metric(metric)]),
        ),
        label: 'Runs that did not succeed',
        period: Duration.minutes(5),
      }),
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    });
  }

  #checkRuns(deadLetters: DeadLetters): void {
    const { house, data } = this.#props;
    const check = this.#job('CheckRun', 'check-run', {
      does: 'Looks at six whether the run of yesterday has succeeded',
      timeout: Duration.seconds(30),
      memoryMb: 256,
      deadLetters,
      hurt: 'Residents may not have got yesterday, and nobody looks whether they did.',
      chapter: 'daily-run-is-missing',
    });
    data.tables.operations.open(check, 'read');
    new HemsSchedule(this, 'CheckDaily', {
      does: 'Whether the daily run has succeeded, 06:00 in Korea',
      expression: 'cron(0 6 * * ? *)',
      calls: check,
      deadLetters,
    });
    new HemsAlarm(this, 'DailyRunMissing', {
      house,
      hurt: 'Residents wake up without yesterday: no run of it has succeeded by six.',
      chapter: 'daily-run-is-missing',
      metric: ownMetric('DailyRunsMissing', Stats.MAXIMUM).with({ period: Duration.hours(1) }),
      ...ONCE_A_DAY,
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    });
  }

  #sweepPayouts(deadLetters: DeadLetters): void {
    const { house, data, bus } = this.#props;
    const sweep = this.#job('DispatchPayouts', 'dispatch-payouts', {
      does: 'Calls the payment rail for what is approved, asks it about what it has not answered',
      timeout: Duration.seconds(55),
      memoryMb: 512,
      deadLetters,
      more: { EVENT_BUS: bus.name },
      hurt: 'Residents wait for a payout that is approved.',
      chapter: 'payouts-are-stuck',
    });
    data.tables.ledger.open(sweep, 'readWrite');
    data.tables.operations.open(sweep, 'readWrite');
    maySay(sweep, bus);
    new HemsSchedule(this, 'SweepPayouts', {
      does: 'The payout outbox, each minute',
      expression: 'rate(1 minute)',
      calls: sweep,
      deadLetters,
    });
    new HemsAlarm(this, 'PayoutsStuck', {
      house,
      hurt: 'Residents wait for a payout: for half an hour the payment rail has not answered, or nobody has asked it.',
      chapter: 'payouts-are-stuck',
      metric: ownMetric('PayoutsUnanswered', Stats.MAXIMUM),
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      periods: 6,
      silenceIsBad: true,
    });
  }
}

/** Where readings wait that ingest never got or could not take. What the raw history refused holds back no settlement. */
const holdingReadings = ({ deadLetters }: IngestStack): DeadLetters[] => [
  deadLetters.notIngested,
  deadLetters.ruleFailures,
];

const askingOf = (ingest: IngestStack, { setAside }: DataStack): MoreEnvironment => ({
  INGEST_FUNCTION: ingest.ingest.functionName,
  INGEST_DEAD_LETTERS: holdingReadings(ingest)
    .map(({ queueUrl }) => queueUrl)
    .join(' '),
  ...(ingest.streamIngest &&
    ingest.streamMapping &&
    setAside && {
      INGEST_STREAM_FUNCTION: ingest.streamIngest.functionName,
      INGEST_STREAM_MAPPING: ingest.streamMapping.eventSourceMappingId,
      INGEST_SET_ASIDE: setAside.bucketName,
    }),
});
