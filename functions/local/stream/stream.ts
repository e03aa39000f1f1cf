import { createHash } from 'node:crypto';
import type { KinesisStreamBatchResponse, KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import type { RuleEvent } from '@hems/shared/events/rules';

export type StreamParts = {
  readonly handler: (event: KinesisStreamEvent) => Promise<KinesisStreamBatchResponse>;
  /** gets what was given up, as the bucket of the on-failure destination does */
  readonly setAside: (event: KinesisStreamEvent) => Promise<void>;
  readonly shards: number;
  readonly batchSize: number;
  /** from the first message of a batch until it goes, full or not */
  readonly windowMs: number;
  /** repeats of a batch before it is given up */
  readonly attempts: number;
};

export type LocalStream = {
  /** what stands as the ingest handler of the broker: resolves when the messages are taken or set aside, so that they are acknowledged only then */
  put(events: readonly RuleEvent[]): Promise<void>;
  /** what no rule would put there */
  putRaw(partitionKey: string, bytes: Uint8Array): Promise<void>;
};

type Waiting = { readonly record: KinesisStreamRecord; readonly past: () => void };

const recordOf = (partitionKey: string, bytes: Uint8Array, sequence: number): KinesisStreamRecord => ({
  awsRegion: 'local',
  eventID: `shard:${sequence}`,
  eventName: 'aws:kinesis:record',
  eventSource: 'aws:kinesis',
  eventSourceARN: 'arn:aws:kinesis:local:000000000000:stream/readings',
  eventVersion: '1.0',
  invokeIdentityArn: 'local',
  kinesis: {
    kinesisSchemaVersion: '1.0',
    partitionKey,
    sequenceNumber: String(sequence).padStart(56, '0'),
    data: Buffer.from(bytes).toString('base64'),
    approximateArrivalTimestamp: Date.now() / 1000,
  },
});

const recordsOf = (batch: readonly Waiting[]): KinesisStreamEvent => ({ Records: batch.map(({ record }) => record) });

/** The lowest sequence number that was answered decides; of one that is not in the batch nothing can be learnt, so all of it failed. */
const firstFailed = (batch: readonly Waiting[], { batchItemFailures }: KinesisStreamBatchResponse): number => {
  if (batchItemFailures.length === 0) return batch.length;
  const answered = batchItemFailures.map(({ itemIdentifier }) =>
    batch.findIndex(({ record }) => record.kinesis.sequenceNumber === itemIdentifier),
  );
  return Math.max(0, Math.min(...answered));
};

/**
 * A stream and Lambda's reading of it, in memory: shards by partition key, each in its order and one batch at a time; a batch goes when it is full or
 * its window is over; from an answered failure on it comes again; a thrown one is halved, which costs no attempt. For tests of the mode
 * `stream`: a person at the local host gets nothing of it but a delay.
 */
export const localStream = ({ handler, setAside, shards, batchSize, windowMs, attempts }: StreamParts): LocalStream => {
  const waiting: Waiting[][] = Array.from({ length: shards }, () => []);
  const reading = new Set<number>();
  let sequence = 0;

  const answerOf = async (batch: readonly Waiting[]): Promise<number | undefined> => {
    try {
      return firstFailed(batch, await handler(recordsOf(batch)));
    } catch {
      return undefined;
    }
  };
  const giveUp = async (batch: readonly Waiting[]): Promise<void> => {
    await setAside(recordsOf(batch));
    for (const { past } of batch) past();
  };
  const work = async (batch: readonly Waiting[], tried: number): Promise<void> => {
    const failedAt = await answerOf(batch);
    if (failedAt === undefined && batch.length > 1) {
      const half = Math.ceil(batch.length / 2);
      await work(batch.slice(0, half), tried);
      await work(batch.slice(half), tried);
      return;
    }
    for (const { past } of batch.slice(0, failedAt ?? 0)) past();
    const left = batch.slice(failedAt ?? 0);
    if (left.length === 0) return;
    if (tried === attempts) await giveUp(left);
    else await work(left, tried + 1);
  };
  const readShard = async (index: number, shard: Waiting[]): Promise<void> => {
    if (reading.has(index)) return;
    reading.add(index);
    while (shard.length > 0) {
      const until = performance.now() + windowMs;
      while (shard.length < batchSize && performance.now() < until)
        await new Promise<void>((resolve) => setImmediate(resolve));
      await work(shard.splice(0, batchSize), 0);
    }
    reading.delete(index);
  };
  const putRaw = async (partitionKey: string, bytes: Uint8Array): Promise<void> => {
    const index = createHash('md5').update(partitionKey).digest().readUInt32BE() % shards;
    const shard = waiting[index] ?? [];
    sequence += 1;
    const record = recordOf(partitionKey, bytes, sequence);
    const past = new Promise<void>((resolve) => shard.push({ record, past: resolve }));
    void readShard(index, shard);
    await past;
  };
  return {
    putRaw,
    put: async (events) => {
      await Promise.all(events.map(async (event) => await putRaw(event.household, Buffer.from(JSON.stringify(event)))));
    },
  };
};
