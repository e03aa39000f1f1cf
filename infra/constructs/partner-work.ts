import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { ComparisonOperator, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnEventBus } from 'aws-cdk-lib/aws-events';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { DataStack } from '../stacks/data.ts';
import { HemsAlarm, type Consequence } from './alarm.ts';
import { BusRule } from './bus-rule.ts';
import type { FunctionEnvironment, MoreEnvironment } from './environment.ts';
import { HemsFunction, type HemsFunctionProps } from './function.ts';
import { allow, maySay, mayUseKey } from './grants.ts';
import type { House } from './house.ts';
import { ownMetric } from './own-metric.ts';
import type { PartnerQueue } from './partner-queue.ts';
import { HemsSchedule } from './schedule.ts';

export type PartnerWorkProps = {
  readonly house: House;
  readonly data: DataStack;
  readonly bus: CfnEventBus;
  readonly calls: PartnerQueue;
  readonly environment: FunctionEnvironment;
};

/** Partitions of partners: the order of what is due to them is rewritten there. */
export const PARTNERS = ['PARTNER#'];
const DISPATCHES = ['OPENADR-DUE', 'OPENADR-OWED'];

type Job = Consequence &
  Pick<HemsFunctionProps, 'does' | 'timeout' | 'memoryMb'> & {
    readonly entry: HemsFunctionProps['entry'];
    readonly environment?: MoreEnvironment;
  };

/** What is done for partners while nobody waits: messages, aggregates, reports of events, and systems of theirs that are asked. */
export class PartnerWork extends Construct {
  readonly #props: PartnerWorkProps;

  constructor(scope: Construct, id: string, props: PartnerWorkProps) {
    super(scope, id);
    this.#props = props;
    this.#send();
    this.#sweep();
    this.#tellWithdrawals();
    this.#publishAggregates();
    this.#reportEvents();
    if (props.house.config.connectors.length > 0) this.#askSystems(props.house.config.connectors);
  }

  #job(id: string, { environment, ...job }: Job): HemsFunction {
    const { house, calls } = this.#props;
    return new HemsFunction(this, id, {
      house,
      watchedBy: 'itself',
      logLevel: 'info',
      deadLetters: calls.deadLetters,
      ...job,
      environment: { ...this.#props.environment, ...environment },
    });
  }

  #each(calls: HemsFunction, expression: 'rate(1 minute)' | 'rate(5 minutes)' | `cron(${string})`, does: string): void {
    new HemsSchedule(calls, 'Schedule', { does, expression, calls, deadLetters: this.#props.calls.deadLetters });
  }

  #send(): void {
    const { data, calls, house, environment } = this.#props;
    const send = new HemsFunction(this, 'SendWebhooks', {
      house,
      watchedBy: 'itself',
      entry: 'functions/jobs/send-webhooks.ts',
      does: 'Posts what is due to the endpoints of partners',
      environment: { ...environment, ...calls.environment, ...data.personal.environment },
      logLevel: 'info',
      // an endpoint that hangs is waited for ten seconds a message
      timeout: Duration.seconds(60),
      memoryMb: 512,
      hurt: 'Partners are told late.',
      chapter: 'webhooks-are-not-delivered',
    });
    data.tables.operations.open(send, 'readWrite');
    data.tables.operations.forget(send, PARTNERS);
    data.personal.open(send, ['open']);
    calls.mayTell(send);
    calls.queue.feed(send, { oneByOne: 20 });
    new HemsAlarm(this, 'GivenUp', {
      house,
      hurt: 'A partner was not told of something in eight attempts over 28 hours.',
      chapter: 'webhooks-are-not-delivered',
      metric: ownMetric('WebhooksGivenUp', Stats.SUM),
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    });
  }

  #sweep(): void {
    const { data, calls, house } = this.#props;
    const sweep = this.#job('SweepWebhooks', {
      entry: 'functions/jobs/sweep-webhooks.ts',
      does: 'Calls for the endpoints to which something is due',
      environment: calls.environment,
      timeout: Duration.seconds(55),
      memoryMb: 512,
      hurt: 'Partners are told late: what is to be tried again later is not.',
      chapter: 'webhooks-are-not-delivered',
    });
    data.tables.operations.open(sweep, 'read');
    calls.mayTell(sweep);
    this.#each(sweep, 'rate(1 minute)', 'Webhooks that are due, each minute');
    new HemsAlarm(this, 'Overdue', {
      house,
      hurt: 'Partners are told more than an hour late, or nobody looks what is due to them.',
      chapter: 'webhooks-are-not-delivered',
      metric: ownMetric('WebhooksLatestMs', Stats.MAXIMUM),
      threshold: 3_600_000,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      silenceIsBad: true,
    });
  }

  #tellWithdrawals(): void {
    const { data, calls, bus } = this.#props;
    const tell = this.#job('TellPartners', {
      entry: 'functions/events/tell-partners.ts',
      does: 'Tells partners of a household that withdrew',
      environment: calls.environment,
      timeout: Duration.seconds(30),
      memoryMb: 512,
      hurt: 'A partner does not hear that a household has withdrawn; nothing of it flows any more all the same.',
      chapter: 'webhooks-are-not-delivered',
    });
    data.tables.operations.open(tell, 'readWrite');
    data.tables.homes.open(tell, 'read');
    calls.mayTell(tell);
    const { deadLetters } = calls;
    new BusRule(this, 'Withdrawals', {
      bus,
      does: 'Households that withdrew',
      types: ['consent.changed'],
      calls: tell,
      deadLetters,
    });
  }

  #publishAggregates(): void {
    const { data } = this.#props;
    const publish = this.#job('PublishAggregates', {
      entry: 'functions/jobs/publish-aggregates.ts',
      does: 'Publishes the aggregates of regions of the latest final month',
      timeout: Duration.minutes(15),
      memoryMb: 1024,
      hurt: 'Offices miss the figures of a month.',
      chapter: 'partner-api-fails',
    });
    data.tables.homes.open(publish, 'read');
    data.tables.energy.open(publish, 'read');
    data.tables.operations.open(publish, 'readWrite');
    this.#each(publish, 'cron(0 5 * * ? *)', 'Aggregates of regions, each morning');
  }

  #reportEvents(): void {
    const { data, calls, bus } = this.#props;
    const report = this.#job('ReportEvents', {
      entry: 'functions/jobs/report-openadr.ts',
      does: 'Calls homes for events of partners that were not carried out, and reports what they came to',
      environment: { ...calls.environment, EVENT_BUS: bus.name },
      timeout: Duration.minutes(5),
      memoryMb: 1024,
      hurt: 'Aggregators hear late what an event came to, or homes of an event.',
      chapter: 'events-of-partners-are-not-carried-out',
    });
    data.tables.operations.open(report, 'readWrite');
    data.tables.operations.forget(report, DISPATCHES);
    data.tables.ledger.open(report, 'read');
    maySay(report, bus);
    calls.mayTell(report);
    this.#each(report, 'rate(1 minute)', 'Events of partners that are due, each minute');
  }

  #askSystems(connectors: readonly string[]): void {
    const { data, house, calls } = this.#props;
    const ask = this.#job('PullConnectors', {
      entry: 'functions/jobs/pull-connectors.ts',
      does: 'Asks systems of partners for what they know',
      environment: { ...calls.environment, CONNECTORS: connectors.join(' ') },
      timeout: Duration.minutes(4),
      memoryMb: 1024,
      hurt: 'Buildings miss what their own systems counted; it is asked for again.',
      chapter: 'a-system-does-not-answer',
    });
    data.tables.operations.open(ask, 'readWrite');
    data.tables.homes.open(ask, 'readWrite');
    calls.mayTell(ask);
    for (const id of connectors) this.#secretOf(id, ask);
    this.#each(ask, 'rate(5 minutes)', 'Systems whose turn it is');
    new HemsAlarm(this, 'NoAnswer', {
      house,
      hurt: 'Buildings miss what their own system counted: it failed three times in a row, or nobody asks it.',
      chapter: 'a-system-does-not-answer',
      metric: ownMetric('ConnectorsFailed', Stats.MAXIMUM).with({ period: Duration.minutes(10) }),
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      silenceIsBad: true,
    });
  }

  #secretOf(connector: string, ask: HemsFunction): void {
    const { house } = this.#props;
    const secret = new Secret(this, `Secret-${connector}`, {
      secretName: `hems-${house.stage}-connector-${connector}`,
      description: `What the system ${connector} asks for; made with a value of no use, put the system's in`,
      encryptionKey: house.operationsKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(secret).acknowledge({ id: 'AwsSolutions-SMG4', reason: 'The system gives it to a person.' });
    allow(ask, { actions: ['secretsmanager:GetSecretValue'], on: [secret.secretArn] });
    mayUseKey(ask, { key: house.operationsKey, through: 'secretsmanager', access: 'read' });
  }
}
