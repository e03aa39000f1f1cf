import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnEventBus } from 'aws-cdk-lib/aws-events';
import { NOTICE_OF, busEventType } from '@hems/shared/events/bus';
import type { Construct } from 'constructs';
import { HemsAlarm } from '../constructs/alarm.ts';
import { BusRule } from '../constructs/bus-rule.ts';
import type { Channels } from '../constructs/channels.ts';
import { DeadLetters } from '../constructs/dead-letters.ts';
import type { FunctionEnvironment, MoreEnvironment } from '../constructs/environment.ts';
import { HemsFunction } from '../constructs/function.ts';
import { maySay } from '../constructs/grants.ts';
import { HemsSchedule } from '../constructs/schedule.ts';
import { HemsStack } from '../constructs/hems-stack.ts';
import type { House } from '../constructs/house.ts';
import { ownMetric } from '../constructs/own-metric.ts';
import type { DataStack } from './data.ts';

export type NotificationsProps = {
  readonly house: House;
  readonly data: DataStack;
  readonly bus: CfnEventBus;
  readonly channels: Channels;
  readonly webUrl: string;
  readonly apiUrl: string;
  readonly environment: FunctionEnvironment;
};

const TOLD = busEventType.options.filter((type) => Object.hasOwn(NOTICE_OF, type));
const CHAPTER = 'notices-do-not-go-out';

/** From what happened to the person whom it concerns. */
export class NotificationsStack extends HemsStack {
  readonly #props: NotificationsProps;

  constructor(scope: Construct, props: NotificationsProps) {
    super(scope, 'notifications', { choice: props.house, holds: 'what people are told' });
    this.#props = props;
    const { house, bus } = props;
    const deadLetters = new DeadLetters(this, 'Untold', {
      house,
      hurt: 'Residents are not told of what waits here: an event, a reward, a device that is away, a security notice.',
    });
    new BusRule(this, 'Notices', {
      bus,
      does: 'What people are told of',
      types: TOLD,
      calls: this.#notify(deadLetters),
      deadLetters,
    });
    new BusRule(this, 'Invitations', {
      bus,
      does: 'A saving event was announced: the homes that take part are invited',
      types: ['event.announced'],
      calls: this.#invite(deadLetters),
      deadLetters,
    });
    this.#sendDue(deadLetters);
    this.#workOutEvents(deadLetters);
  }

  #reaching(): MoreEnvironment {
    const { data, channels, webUrl, apiUrl } = this.#props;
    return {
      ...data.personal.environment,
      MAIL_FROM: channels.mailFrom,
      PUSH_KEYS_SECRET: channels.pushKeysSecret,
      WEB_URL: webUrl,
      API_URL: apiUrl,
    };
  }

  #letReach(reaching: HemsFunction): void {
    const { data, channels } = this.#props;
    data.tables.homes.open(reaching, 'read');
    data.tables.people.open(reaching, 'readWrite');
    data.personal.open(reaching, ['open', 'find']);
    channels.mayMail(reaching);
    channels.mayReadPushKeys(reaching);
  }

  #notify(deadLetters: DeadLetters): HemsFunction {
    const { house, environment } = this.#props;
    const notify = new HemsFunction(this, 'Notify', {
      house,
      watchedBy: 'itself',
      entry: 'functions/events/notify.ts',
      does: 'Tells the people whom an event is for',
      environment: { ...environment, ...this.#reaching() },
      logLevel: 'info',
      timeout: Duration.seconds(60),
      memoryMb: 512,
      deadLetters,
      hurt: 'Residents are told late: what happened is tried again for up to six hours, then set aside.',
      chapter: CHAPTER,
    });
    this.#letReach(notify);
    return notify;
  }

  #invite(deadLetters: DeadLetters): HemsFunction {
    const { house, data, bus, environment } = this.#props;
    const invite = new HemsFunction(this, 'Invite', {
      house,
      watchedBy: 'itself',
      entry: 'functions/events/invite.ts',
      does: 'Carries a saving event to every home that takes part',
      environment: { ...environment, EVENT_BUS: bus.name },
      logLevel: 'info',
      // a million homes are read shard by shard
      timeout: Duration.minutes(5),
      memoryMb: 1024,
      deadLetters,
      hurt: 'Residents are not invited to a saving event that was announced.',
      chapter: CHAPTER,
    });
    data.tables.homes.open(invite, 'read');
    // the rule of a home may ask what the event would earn it
    data.tables.energy.open(invite, 'read');
    data.tables.ledger.open(invite, 'readWrite');
    data.tables.operations.open(invite, 'read');
    maySay(invite, bus);
    return invite;
  }

  #workOutEvents(deadLetters: DeadLetters): void {
    const { house, data, environment } = this.#props;
    const workOut = new HemsFunction(this, 'ProvisionalResults', {
      house,
      watchedBy: 'itself',
      entry: 'functions/jobs/provisional-results.ts',
      does: 'Works out what saving events that have just ended came to, home by home',
      environment,
      logLevel: 'info',
      // a part of the homes that is begun is brought to its end
      timeout: Duration.minutes(10),
      memoryMb: 1024,
      deadLetters,
      hurt: 'Residents see what a saving event came to on the next day only.',
      chapter: CHAPTER,
    });
    data.tables.homes.open(workOut, 'read');
    data.tables.energy.open(workOut, 'read');
    data.tables.ledger.open(workOut, 'readWrite');
    // how far each event is
    data.tables.operations.open(workOut, 'readWrite');
    new HemsSchedule(this, 'SweepEvents', {
      does: 'Saving events that have ended, each minute',
      expression: 'rate(1 minute)',
      calls: workOut,
      deadLetters,
    });
  }

  #sendDue(deadLetters: DeadLetters): void {
    const { house, environment } = this.#props;
    const send = new HemsFunction(this, 'SendNotices', {
      house,
      watchedBy: 'itself',
      entry: 'functions/jobs/send-notices.ts',
      does: 'Sends the messages whose quiet hours are over, or that failed before',
      environment: { ...environment, ...this.#reaching() },
      logLevel: 'info',
      timeout: Duration.seconds(55),
      memoryMb: 512,
      deadLetters,
      hurt: 'Residents get no push and no e-mail that had to wait; the inbox has them.',
      chapter: CHAPTER,
    });
    this.#letReach(send);
    new HemsSchedule(this, 'SweepOutbox', {
      does: 'Messages that are due, each minute',
      expression: 'rate(1 minute)',
      calls: send,
      deadLetters,
    });
    new HemsAlarm(this, 'MessagesFail', {
      house,
      hurt: 'Residents get no push or no e-mail: a service refuses one attempt in five or more, or nobody has sent what waits for an hour.',
      chapter: CHAPTER,
      metric: new MathExpression({
        // who tells at once counts in the same figures: that the sweep has come shows in its calls alone
        expression: 'IF(calls > 0 AND SUM([failed, sent]) >= 10, 100 * failed / SUM([failed, sent]), 0)',
        usingMetrics: {
          calls: send.metricInvocations({ statistic: Stats.SUM }),
          failed: ownMetric('MessagesFailed', Stats.SUM),
          sent: ownMetric('MessagesSent', Stats.SUM),
        },
        label: 'Percent of attempts that failed',
        period: Duration.minutes(15),
      }),
      threshold: 20,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // what failed is tried again after 1, 5 and 30 minutes: a service that is away shows in two quarters of an hour, one that was away for a moment in one
      periods: 3,
      enough: 2,
      silenceIsBad: true,
    });
  }
}
