import { Duration, Validations } from 'aws-cdk-lib';
import { ComparisonOperator, MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { RETENTION_DAYS, type StageConfig } from '../config.ts';
import { HemsAlarm, type Consequence } from '../constructs/alarm.ts';
import { DeadLetters } from '../constructs/dead-letters.ts';
import type { FunctionEnvironment } from '../constructs/environment.ts';
import { HemsFunction } from '../constructs/function.ts';
import { mayEndGateways } from '../constructs/gateways.ts';
import { allow, maySay } from '../constructs/grants.ts';
import { HemsSchedule } from '../constructs/schedule.ts';
import { HemsStack } from '../constructs/hems-stack.ts';
import type { House } from '../constructs/house.ts';
import { HemsStateMachine } from '../constructs/state-machine.ts';
import { ownMetric } from '../constructs/own-metric.ts';
import type { DataStack } from './data.ts';
import type { DevicesStack } from './devices.ts';
import { mayUseAccounts, type IdentityStack } from './identity.ts';

export type PrivacyProps = {
  readonly house: House;
  readonly data: DataStack;
  readonly identity: IdentityStack;
  readonly devices: DevicesStack;
  readonly bus: CfnEventBus;
  readonly environment: FunctionEnvironment;
};

const STUCK: Consequence = {
  hurt: 'Residents who asked to be forgotten are not: promised within 72 hours, owed by law without delay.',
  chapter: 'erasures-are-stuck',
};

/** What an erasure cannot take out and for how many days it remains, for the receipt. Each value stands where the resource is built. */
const remainsOf = ({ logRetentionDays, eventArchiveDays }: StageConfig): string =>
  Object.entries({
    // point-in-time recovery, and two days until DynamoDB has taken out what expired
    backups: 37,
    logs: logRetentionDays,
    'event-archive': eventArchiveDays,
    'dead-letters': 14,
    'object-logs': RETENTION_DAYS.evidence,
    // CloudTrail's event history names the owner of each data key that was opened
    'key-logs': 90,
  })
    .map(([store, days]) => `${store}=${days}`)
    .join(' ');

const FOLDERS = ['imports/*', 'exports/*'];

/** The bucket's ARN as this stack reads it from the stack that has it, word for word: a finding is acknowledged by its text. */
const arnAsRead = ({ stackName, region }: DataStack): string =>
  JSON.stringify({
    'Fn::GetStackOutput': {
      StackName: stackName,
      Region: region,
      OutputName: 'PublishOutputFnGetAttObjectsA92BA4F1Arn29ADCC75',
    },
  });

/** Being forgotten: the state machine, the one function of all stacks that may delete, and who looks that it comes to an end. */
export class PrivacyStack extends HemsStack {
  readonly erasure: HemsStateMachine;
  readonly #props: PrivacyProps;

  constructor(scope: Construct, props: PrivacyProps) {
    super(scope, 'privacy', { choice: props.house, holds: 'erasure' });
    this.#props = props;
    this.erasure = new HemsStateMachine(this, 'Erasure', {
      house: props.house,
      name: 'erasure',
      file: 'functions/workflows/erasure.asl.json',
      tasks: { EraseStep: this.#eraseStep() },
    });
    this.#watchRuns();
    this.#checkErasures();
  }

  #eraseStep(): HemsFunction {
    const { house, data, identity, devices, bus, environment } = this.#props;
    const step = new HemsFunction(this, 'EraseStep', {
      house,
      watchedBy: 'itself',
      entry: 'functions/jobs/erase.ts',
      does: 'Carries out one step of an erasure',
      environment: {
        ...environment,
        USER_POOL: identity.pool.userPoolId,
        OBJECTS: data.objects.bucketName,
        EVENT_BUS: bus.name,
        GATEWAY_POLICY: devices.policyName,
        REMAINS: remainsOf(house.config),
      },
      logLevel: 'info',
      // a household of three years is half a million items; each step goes on where it was cut off
      timeout: Duration.seconds(880),
      memoryMb: 1024,
      ...STUCK,
    });
    for (const [name, table] of Object.entries(data.tables)) {
      // of days and of the raw history nothing is rewritten: it goes, or in Timestream it ends with its retention
      table.open(step, name === 'energy' || name === 'history' ? 'read' : 'readWrite');
      if (name !== 'history' || !data.history) table.erase(step);
    }
    maySay(step, bus);
    this.#letEraseFiles(step);
    this.#letEndAccounts(step);
    mayEndGateways({ grantee: step, role: step.role ?? step });
    return step;
  }

  /** Every version, and what broke off on its way up, so that nothing waits for the bucket's own rule. */
  #letEraseFiles(step: HemsFunction): void {
    const { data } = this.#props;
    const { bucketArn } = data.objects;
    const files = FOLDERS.map((folder) => `${bucketArn}/${folder}`);
    allow(step, { actions: ['s3:ListBucketVersions', 's3:ListBucketMultipartUploads'], on: [bucketArn] });
    allow(step, {
      actions: ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:AbortMultipartUpload'],
      on: files,
    });
    for (const folder of FOLDERS) this.#explain(step, `${arnAsRead(data)}/${folder}`);
  }

  #letEndAccounts(step: HemsFunction): void {
    const { pool } = this.#props.identity;
    mayUseAccounts(step, pool, 'endSessions');
    allow(step, { actions: ['cognito-idp:AdminDeleteUser'], on: [pool.userPoolArn] });
  }

  #explain(step: HemsFunction, resource: string): void {
    Validations.of(step.role ?? step).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${resource}]`,
      reason: 'Which household is erased is known at the request only; its gateways and files have no name before.',
    });
  }

  #watchRuns(): void {
    const failed = { failed: 'ExecutionsFailed', late: 'ExecutionsTimedOut', stopped: 'ExecutionsAborted' };
    new HemsAlarm(this, 'ErasureFails', {
      house: this.#props.house,
      ...STUCK,
      metric: new MathExpression({
        expression: 'SUM(METRICS())',
        usingMetrics: Object.fromEntries(
          Object.entries(failed).map(([name, metric]) => [name, this.erasure.metric(metric)]),
        ),
        label: 'Erasures that did not succeed',
        period: Duration.minutes(5),
      }),
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    });
  }

  #checkErasures(): void {
    const { house, data, environment } = this.#props;
    const deadLetters = new DeadLetters(this, 'MissedCalls', { house, hurt: STUCK.hurt });
    const check = new HemsFunction(this, 'CheckErasures', {
      house,
      watchedBy: 'itself',
      entry: 'functions/jobs/check-erasures.ts',
      does: 'Begins erasures again that were cut off or wait, and counts those that are late',
      environment: { ...environment, ERASURE: this.erasure.arn },
      logLevel: 'info',
      timeout: Duration.seconds(60),
      memoryMb: 256,
      deadLetters,
      ...STUCK,
    });
    data.tables.operations.open(check, 'readWrite');
    this.erasure.open(check);
    new HemsSchedule(this, 'CheckErasuresOften', {
      does: 'Erasures that wait or were cut off, every quarter of an hour',
      expression: 'rate(15 minutes)',
      calls: check,
      deadLetters,
    });
    new HemsAlarm(this, 'ErasureIsLate', {
      house,
      hurt: 'Residents who asked to be forgotten more than 24 hours ago are not, or nobody looks; 72 hours are promised.',
      chapter: STUCK.chapter,
      // as often as it is told: between two of them nothing says that it is over
      metric: ownMetric('ErasuresLate', Stats.MAXIMUM).with({ period: Duration.minutes(15) }),
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      silenceIsBad: true,
    });
  }
}
