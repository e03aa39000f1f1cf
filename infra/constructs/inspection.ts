import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { OwnMetric } from '@hems/shared/metrics/catalogue';
import { Construct } from 'constructs';
import type { DataStack } from '../stacks/data.ts';
import { HemsAlarm, ONCE_A_DAY, type Consequence } from './alarm.ts';
import { DeadLetters } from './dead-letters.ts';
import type { FunctionEnvironment } from './environment.ts';
import { HemsFunction } from './function.ts';
import type { House } from './house.ts';
import { ownMetric } from './own-metric.ts';
import { HemsSchedule } from './schedule.ts';
import type { TableName } from './table.ts';

export type InspectionProps = {
  readonly house: House;
  readonly data: DataStack;
  readonly environment: FunctionEnvironment;
};

type Look = {
  readonly entry: `functions/jobs/${string}.ts`;
  readonly does: string;
  readonly expression: `cron(${string})` | `rate(${string})`;
  readonly reads: readonly TableName[];
  readonly timeout: Duration;
  readonly hurt: string;
};

const CHAPTER = 'checks-do-not-come';
const HOUR = Duration.hours(1);
const LEAST_GATEWAYS = 100;

/** Looks at what nobody would notice by itself, and who is woken when it is not as it should be, or when nobody looks. */
export class Inspection extends Construct {
  readonly #props: InspectionProps;
  readonly #deadLetters: DeadLetters;

  constructor(scope: Construct, id: string, props: InspectionProps) {
    super(scope, id);
    this.#props = props;
    this.#deadLetters = new DeadLetters(this, 'MissedCalls', {
      house: props.house,
      hurt: 'Residents would be the first to notice a fault: a schedule called and nobody came to look for it.',
    });
    this.#countFleet();
    this.#checkReadiness();
    this.#noticeMissedDays();
  }

  #look(id: string, { entry, does, expression, reads, timeout, hurt }: Look): void {
    const { house, data, environment } = this.#props;
    const deadLetters = this.#deadLetters;
    const calls = new HemsFunction(this, id, {
      house,
      watchedBy: 'itself',
      entry,
      does,
      environment,
      logLevel: 'info',
      timeout,
      memoryMb: 512,
      deadLetters,
      hurt,
      chapter: CHAPTER,
    });
    for (const table of reads) data.tables[table].open(calls, 'read');
    new HemsSchedule(calls, 'Schedule', { does, expression, calls, deadLetters });
  }

  #countFleet(): void {
    const { house } = this.#props;
    this.#look('CountFleet', {
      entry: 'functions/jobs/count-fleet.ts',
      does: 'Counts each hour which share of the fleet is there',
      expression: 'rate(1 hour)',
      reads: ['homes', 'energy'],
      timeout: Duration.minutes(5),
      hurt: 'Residents whose gateways drop out in numbers are not noticed: nobody counts them.',
    });
    if (!house.config.expectsReadings) return;
    new HemsAlarm(this, 'HomesOffline', {
      house,
      hurt: 'Homes see old numbers: one gateway in five or more is not connected, for two hours, or nobody counts them.',
      chapter: 'homes-are-offline',
      metric: new MathExpression({
        // of ten gateways two that are away are no outage; a count that is not made has neither figure
        expression: `IF(seen >= ${LEAST_GATEWAYS}, online, 100)`,
        usingMetrics: {
          seen: ownMetric('FleetSeen', Stats.SUM),
          online: ownMetric('FleetOnlinePercent', Stats.AVERAGE),
        },
        label: 'Percent connected, from a hundred gateways on',
        period: HOUR,
      }),
      threshold: 80,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: 2,
      silenceIsBad: true,
    });
  }

  #checkReadiness(): void {
    this.#look('CheckReadiness', {
      entry: 'functions/jobs/check-readiness.ts',
      does: 'Looks at six whether tariffs and forecasts of what comes next are there',
      expression: 'cron(0 6 * * ? *)',
      reads: ['operations'],
      timeout: Duration.seconds(60),
      hurt: 'Residents may get no bill for the next quarter or no forecast for today, and nobody looks whether they do.',
    });
    this.#wake('TariffQuarterMissing', 'TariffQuartersMissing', {
      hurt: 'Residents get wrong bills from the next quarter on: a tariff has no row for it, and it begins within nine days.',
      chapter: 'a-tariff-quarter-is-missing',
    });
    this.#wake('ForecastsMissing', 'ForecastsMissing', {
      hurt: 'Residents who agreed to forecasts have none for today: the run of this morning made none.',
      chapter: 'forecasts-are-missing',
    });
  }

  #wake(id: string, metric: OwnMetric, consequence: Consequence): void {
    new HemsAlarm(this, id, {
      house: this.#props.house,
      ...consequence,
      metric: ownMetric(metric, Stats.MAXIMUM).with({ period: HOUR }),
      ...ONCE_A_DAY,
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    });
  }

  /** Each look of a morning says 0 or 1. A day and an hour without either, and it was not made. */
  #noticeMissedDays(): void {
    for (const [id, metric] of [
      ['RunNotChecked', 'DailyRunsMissing'],
      ['ReadinessNotChecked', 'TariffQuartersMissing'],
    ] as const)
      new HemsAlarm(this, id, {
        house: this.#props.house,
        hurt: 'Residents would be the first to notice a missing day, forecast or tariff: nobody has looked since yesterday.',
        chapter: CHAPTER,
        metric: ownMetric(metric, Stats.SAMPLE_COUNT).with({ period: HOUR }),
        threshold: 1,
        comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
        periods: 25,
        silenceIsBad: true,
      });
  }
}
