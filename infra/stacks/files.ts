import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { HemsAlarm } from '../constructs/alarm.ts';
import { DeadLetters } from '../constructs/dead-letters.ts';
import type { FunctionEnvironment } from '../constructs/environment.ts';
import { HemsFunction } from '../constructs/function.ts';
import { allow, mayUseKey } from '../constructs/grants.ts';
import { HemsStack } from '../constructs/hems-stack.ts';
import type { House } from '../constructs/house.ts';
import type { DataStack } from './data.ts';

export type FilesProps = {
  readonly house: House;
  readonly data: DataStack;
  readonly environment: FunctionEnvironment;
};

/** As promised to residents: an archive within a quarter of an hour. */
const PROMISED = Duration.minutes(15);
/** So many archives are written at a time. Each reads what a household has kept for years: the tables are not to feel it. */
const AT_ONCE = 10;

/** History files of residents in, archives of their households out. */
export class FilesStack extends HemsStack {
  readonly #props: FilesProps;
  readonly #asked: Queue;

  constructor(scope: Construct, props: FilesProps) {
    super(scope, 'files', { choice: props.house, holds: 'history files in, archives out' });
    this.#props = props;
    this.#asked = this.#queue();
    this.#readImports();
    this.#writeExports();
  }

  get queueUrl(): string {
    return this.#asked.queueUrl;
  }

  /** May have an archive written. */
  mayAsk(grantee: IGrantable): void {
    allow(grantee, { actions: ['sqs:SendMessage'], on: [this.#asked.queueArn] });
    mayUseKey(grantee, { key: this.#props.house.dataKey, through: 'sqs', access: 'write' });
  }

  #queue(): Queue {
    const { house } = this.#props;
    const deadLetters = new DeadLetters(this, 'NotWritten', {
      house,
      hurt: 'Residents who asked for their data do not get them: three tries to write the archive failed.',
    });
    return new Queue(this, 'Asked', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: house.dataKey,
      enforceSSL: true,
      visibilityTimeout: PROMISED.plus(Duration.minutes(1)),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 3 },
    });
  }

  #readImports(): void {
    const { house, data, environment } = this.#props;
    const deadLetters = new DeadLetters(this, 'NotRead', {
      house,
      hurt: 'Residents who sent their history are told that reading it broke off.',
    });
    const read = new HemsFunction(this, 'ImportFile', {
      house,
      watchedBy: 'itself',
      entry: 'functions/jobs/import-file.ts',
      does: 'Reads a history file that has arrived into days',
      environment: { ...environment, OBJECTS: data.objects.bucketName },
      logLevel: 'info',
      timeout: Duration.minutes(5),
      memoryMb: 1024,
      deadLetters,
      hurt: 'Residents who sent their history wait, and are told after a quarter of an hour to send it again.',
      chapter: 'history-files-are-not-read',
    });
    data.tables.homes.open(read, 'readWrite');
    data.tables.energy.open(read, 'readWrite');
    // which months rewards were settled from: those stay as they are
    data.tables.ledger.open(read, 'read');
    data.objects.open(read, 'imports', 'read');
    new Rule(this, 'FileArrived', {
      description: 'A history file has arrived',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [data.objects.bucketName] }, object: { key: [{ prefix: 'imports/' }] } },
      },
      targets: [
        new LambdaFunction(read, {
          event: RuleTargetInput.fromObject({
            key: EventField.fromPath('$.detail.object.key'),
            bytes: EventField.fromPath('$.detail.object.size'),
          }),
          deadLetterQueue: deadLetters,
          maxEventAge: Duration.hours(6),
        }),
      ],
    });
  }

  #writeExports(): void {
    const { house, data, environment } = this.#props;
    const write = new HemsFunction(this, 'ExportHousehold', {
      house,
      watchedBy: 'itself',
      entry: 'functions/jobs/export-household.ts',
      does: 'Writes the archive of a household',
      environment: { ...environment, ...data.personal.environment, OBJECTS: data.objects.bucketName },
      logLevel: 'info',
      timeout: PROMISED,
      memoryMb: 1769,
      hurt: 'Residents who asked for their data wait longer than promised.',
      chapter: 'archives-are-late',
    });
    data.tables.homes.open(write, 'readWrite');
    for (const table of ['energy', 'ledger', 'community', 'people', 'operations'] as const)
      data.tables[table].open(write, 'read');
    data.openHistory(write, 'read');
    data.personal.open(write, ['open']);
    data.objects.open(write, 'exports', 'write');
    allow(write, {
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
      on: [this.#asked.queueArn],
    });
    mayUseKey(write, { key: house.dataKey, through: 'sqs', access: 'read' });
    new EventSourceMapping(this, 'WriteAsked', {
      target: write,
      eventSourceArn: this.#asked.queueArn,
      batchSize: 1,
      maxConcurrency: AT_ONCE,
      reportBatchItemFailures: true,
    });
    this.#watchArchives();
  }

  #watchArchives(): void {
    new HemsAlarm(this, 'ArchivesAreLate', {
      house: this.#props.house,
      hurt: 'Residents who asked for their data have waited longer than the quarter of an hour that is promised.',
      chapter: 'archives-are-late',
      metric: this.#asked.metricApproximateAgeOfOldestMessage({
        statistic: Stats.MAXIMUM,
        period: Duration.minutes(5),
      }),
      threshold: PROMISED.toSeconds(),
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    });
  }
}
