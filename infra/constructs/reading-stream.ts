import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { ComparisonOperator, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import { EventSourceMapping, MetricType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { HemsAlarm } from './alarm.ts';
import type { HemsBucket } from './bucket.ts';
import type { HemsFunction } from './function.ts';
import { allow, mayUseKey } from './grants.ts';
import type { House } from './house.ts';

/**
 * A batch that fails, or kills the function, is tried again for as long as a failing message without a stream. The attempts are as many as
 * Lambda allows, so that the age decides; -1, for ever, is not to be said here.
 */
const GIVEN_UP_AFTER = { age: Duration.hours(6), attempts: 10_000 };
const MINUTE = Duration.minutes(1);
const FIVE_MINUTES = Duration.minutes(5);
const BEHIND = FIVE_MINUTES;

/**
 * Messages on their way to ingest. On demand: it takes 4,000 a second from its first day and twice its last peak after that. It keeps a
 * day; for an outage of the tables of more than six hours raise the age above, and `retentionPeriod` (up to 365 days, dearer per hour and GB
 * from the 25th hour on) with it where that is more than a day.
 */
export class ReadingStream extends Stream {
  readonly #house: House;

  constructor(scope: Construct, id: string, house: House) {
    super(scope, id, {
      streamMode: StreamMode.ON_DEMAND,
      retentionPeriod: Duration.hours(24),
      encryption: StreamEncryption.KMS,
      encryptionKey: house.dataKey,
      // `npm run deploy` takes it away only when it is read to its end
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.#house = house;
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-KDS3',
      reason:
        'The data key of the stage is there already, and opens through Kinesis to the rules and the reader alone.',
    });
  }

  mayReceiveFrom(sender: IGrantable): void {
    allow(sender, { actions: ['kinesis:PutRecord'], on: [this.streamArn] });
    mayUseKey(sender, { key: this.#house.dataKey, through: 'kinesis', access: 'write' });
  }

  /**
   * Hands the messages to the reader, and what it gave up to the bucket, whole. Six batches of a shard at a time, no home in two of them: one
   * takes some 160 messages a second, and a shard may be filled with a thousand (`docs/adr/0039-ingest-modes-and-budget.md`).
   */
  feed(reader: HemsFunction, setAside: HemsBucket): EventSourceMapping {
    const read = ['DescribeStream', 'DescribeStreamSummary', 'GetRecords', 'GetShardIterator', 'ListShards'];
    allow(reader, { actions: read.map((action) => `kinesis:${action}`), on: [this.streamArn] });
    mayUseKey(reader, { key: this.#house.dataKey, through: 'kinesis', access: 'read' });
    this.#giveUpInto(reader, setAside);
    const mapping = new EventSourceMapping(this, 'Feed', {
      target: reader,
      eventSourceArn: this.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 500,
      maxBatchingWindow: Duration.seconds(5),
      parallelizationFactor: 6,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: GIVEN_UP_AFTER.attempts,
      maxRecordAge: GIVEN_UP_AFTER.age,
      supportS3OnFailureDestination: true,
      onFailure: { bind: () => ({ destination: setAside.bucketArn }) },
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    });
    this.#watch(reader, mapping);
    return mapping;
  }

  /** By hand: the library's own destination also reads and deletes. Lambda asks for both. */
  #giveUpInto(reader: HemsFunction, setAside: HemsBucket): void {
    allow(reader, { actions: ['s3:PutObject'], on: [setAside.arnForObjects('aws/lambda/*')] });
    allow(reader, { actions: ['s3:ListBucket'], on: [setAside.bucketArn] });
    mayUseKey(reader, { key: this.#house.dataKey, through: 's3', access: 'write' });
    Validations.of(reader.role ?? reader).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${setAside.arnAsRead()}/aws/lambda/*]`,
      reason: 'Lambda names each object after the mapping, the shard and the time; nothing else is in this bucket.',
    });
  }

  #watch(reader: HemsFunction, mapping: EventSourceMapping): void {
    new HemsAlarm(this, 'Behind', {
      house: this.#house,
      hurt: `Residents see numbers that are more than ${BEHIND.toMinutes()} minutes old: readings wait in the stream.`,
      chapter: 'stream-is-behind',
      metric: behind(reader),
      threshold: BEHIND.toMilliseconds(),
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
      periods: 5,
    });
    new HemsAlarm(this, 'GivenUp', {
      house: this.#house,
      hurt: 'Homes whose messages were set aside have no reading for that time, and no day is settled, until they are handed in again.',
      chapter: 'stream-is-behind',
      metric: countOf(mapping, 'OnFailureDestinationDeliveredEventCount'),
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    });
    const lost = {
      house: this.#house,
      hurt: 'Homes whose messages were given up have no reading for that time, and no day is settled: they could not be set aside, and the stream has them for a day.',
      chapter: 'stream-is-behind',
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    } as const;
    new HemsAlarm(this, 'Dropped', { ...lost, metric: countOf(mapping, 'DroppedEventCount') });
    new HemsAlarm(this, 'NotSetAside', {
      ...lost,
      metric: reader.metric('DestinationDeliveryFailures', { statistic: Stats.SUM, period: FIVE_MINUTES }),
    });
  }
}

const countOf = (mapping: EventSourceMapping, metricName: string): Metric =>
  new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    dimensionsMap: { EventSourceMappingUUID: mapping.eventSourceMappingId },
    statistic: Stats.SUM,
    period: FIVE_MINUTES,
  });

/** Milliseconds by which the oldest message that came up was late; also told while it is tried again. */
export const behind = (reader: HemsFunction): Metric =>
  reader.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: MINUTE });
