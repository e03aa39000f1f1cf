import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { HemsAlarm } from '../constructs/alarm.ts';
import { DeadLetters } from '../constructs/dead-letters.ts';
import type { FunctionEnvironment } from '../constructs/environment.ts';
import { forecastEnvironment, mayForecast } from '../constructs/forecasts.ts';
import { HIGHS_WASM, HemsFunction } from '../constructs/function.ts';
import { HemsStack } from '../constructs/hems-stack.ts';
import type { House } from '../constructs/house.ts';
import { ownMetric } from '../constructs/own-metric.ts';
import { mayOrderGateways } from '../constructs/rule.ts';
import { HemsSchedule } from '../constructs/schedule.ts';
import type { WeatherKey } from '../constructs/weather-key.ts';
import { WorkQueue } from '../constructs/work-queue.ts';
import type { DataStack } from './data.ts';

export type PlanningProps = {
  readonly house: House;
  readonly data: DataStack;
  readonly weatherKey: WeatherKey;
  readonly environment: FunctionEnvironment;
};

const CHAPTER = 'homes-are-not-planned';
/** So many pages of homes are planned at a time; each asks the engine of forecasts for one home after another. */
const AT_ONCE = 10;

/** What steers batteries and chargers: every half hour, the homes that let themselves be steered. */
export class PlanningStack extends HemsStack {
  /** plans a page of homes */
  readonly plan: HemsFunction;
  readonly #props: PlanningProps;

  constructor(scope: Construct, props: PlanningProps) {
    super(scope, 'planning', { choice: props.house, holds: 'plans of batteries and chargers' });
    this.#props = props;
    const deadLetters = new DeadLetters(this, 'NotPlanned', {
      house: props.house,
      hurt: 'Residents pay more than they need: homes were not planned in five tries, and their batteries run by themselves.',
    });
    const pages = new WorkQueue(this, 'Pages', { house: props.house, deadLetters });
    this.#start(pages, deadLetters);
    this.plan = this.#planPages(pages);
    this.#watch();
  }

  #start(pages: WorkQueue, deadLetters: DeadLetters): void {
    const { house, environment } = this.#props;
    const start = new HemsFunction(this, 'PlanStart', {
      house,
      watchedBy: 'itself',
      entry: 'functions/jobs/plan-start.ts',
      does: 'Asks for the plans of the half hour, shard by shard',
      environment: { ...environment, PLAN_QUEUE: pages.queueUrl },
      logLevel: 'info',
      timeout: Duration.seconds(30),
      memoryMb: 256,
      deadLetters,
      hurt: 'Residents pay more than they need: no home is planned, and batteries run by themselves.',
      chapter: CHAPTER,
    });
    pages.maySend(start);
    new HemsSchedule(this, 'EachHalfHour', {
      does: 'Plans of batteries and chargers, each half hour',
      expression: 'cron(0,30 * * * ? *)',
      calls: start,
      deadLetters,
    });
  }

  #planPages(pages: WorkQueue): HemsFunction {
    const { house, data, weatherKey, environment } = this.#props;
    const plan = new HemsFunction(this, 'PlanShard', {
      house,
      watchedBy: 'itself',
      entry: 'functions/jobs/plan-shard.ts',
      does: 'Plans the homes of a page and orders what their half hour needs',
      environment: {
        ...environment,
        ...forecastEnvironment(house.stage),
        PLAN_QUEUE: pages.queueUrl,
        WEATHER_KEY_SECRET: weatherKey.secretArn,
      },
      logLevel: 'info',
      // fifty homes, two seconds of the solver each at the worst; less than a message stays hidden
      timeout: Duration.seconds(170),
      memoryMb: 1769,
      beside: [HIGHS_WASM],
      hurt: 'Residents pay more than they need: their homes are not planned, and their batteries run by themselves.',
      chapter: CHAPTER,
    });
    for (const table of ['homes', 'energy', 'operations'] as const) data.tables[table].open(plan, 'readWrite');
    data.openHistory(plan, 'read');
    weatherKey.open(plan);
    mayForecast(plan, house.stage);
    mayOrderGateways(plan);
    pages.maySend(plan);
    pages.feed(plan, { oneByOne: AT_ONCE });
    return plan;
  }

  #watch(): void {
    new HemsAlarm(this, 'HomesFail', {
      house: this.#props.house,
      hurt: 'Residents pay more than they need: homes could not be planned, or none was for an hour, and batteries run by themselves.',
      chapter: CHAPTER,
      // planning takes minutes of a half hour: shorter periods have no figures in between
      metric: ownMetric('HomesPlanned', Stats.SUM, 'failed').with({ period: Duration.minutes(30) }),
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      periods: 2,
      silenceIsBad: true,
    });
  }
}
