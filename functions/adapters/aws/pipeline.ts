import {
  CloudWatchClient,
  GetMetricDataCommand,
  type CloudWatchClientConfig,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { ListObjectsV2Command, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';
import type { Clock } from '../../ports/clock.ts';
import type { Pipeline } from '../../ports/pipeline.ts';
import { SHORT_TIMEOUTS } from './timeouts.ts';

export type IngestPlace = {
  /** of the function `ingest` */
  readonly functionName: string;
  /** where messages wait that ingest never got or could not take */
  readonly deadLetterUrls: readonly string[];
  /** where there is a stream: the function that reads it, what calls that function, and the bucket with the batches that were given up */
  readonly stream?:
    | { readonly functionName: string; readonly mappingId: string; readonly setAside: string }
    | undefined;
  readonly clock: Clock;
};

const MINUTE_MS = 60_000;
/** The metrics arrive within a few minutes; a message that is tried again comes up at least every six, a batch of the stream sooner. */
const LOOK_BACK_MS = 15 * MINUTE_MS;

/** What was dropped of a day is told before the day is frozen, half an hour after its end, and until a day after. */
const DROPPED_LOOK_BACK_MS = 48 * 60 * MINUTE_MS;

const total = (id: string, metric: string, [name, value]: readonly [string, string]): MetricDataQuery => ({
  Id: id,
  MetricStat: {
    Metric: { Namespace: 'AWS/Lambda', MetricName: metric, Dimensions: [{ Name: name, Value: value }] },
    Period: 3600,
    Stat: 'Sum',
  },
});

const greatest = (id: string, metric: string, functionName: string): MetricDataQuery => ({
  Id: id,
  MetricStat: {
    Metric: {
      Namespace: 'AWS/Lambda',
      MetricName: metric,
      Dimensions: [{ Name: 'FunctionName', Value: functionName }],
    },
    Period: MINUTE_MS / 1000,
    Stat: 'Maximum',
  },
});

/** Messages of the stream that were given up and lie nowhere, and batches that the bucket did not take. */
const droppedUntil = async (
  metrics: CloudWatchClient,
  { stream }: Pick<IngestPlace, 'stream'>,
  nowMs: number,
): Promise<number> => {
  if (!stream) return 0;
  const { MetricDataResults: results = [] } = await metrics.send(
    new GetMetricDataCommand({
      StartTime: new Date(nowMs - DROPPED_LOOK_BACK_MS),
      EndTime: new Date(nowMs),
      MetricDataQueries: [
        total('dropped', 'DroppedEventCount', ['EventSourceMappingUUID', stream.mappingId]),
        total('undelivered', 'DestinationDeliveryFailures', ['FunctionName', stream.functionName]),
      ],
    }),
  );
  return results.flatMap(({ Values: values = [] }) => values).reduce((sum, value) => sum + value, 0);
};

const WAITING = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;

/**
 * The ingest pipeline on AWS, as far as it can be asked. Between the broker and `ingest` lies Lambda's own queue, which cannot be looked
 * into. What it tells is `AsyncEventAge`: how long the events had waited that came up in the last minutes, first tries and
 * repeats alike. So a message counts as waiting when one of that age came up, and one that nobody has tried again yet is not
 * seen: it is in the next run, as late data. The depths of queues are approximate for about a minute after a change. Of a stream
 * Lambda tells `IteratorAge`, how old the batches were that came up; a batch that was given up is an object in a bucket. Where
 * the bucket did not take it, it is a figure only, of Lambda's `DroppedEventCount` or `DestinationDeliveryFailures`.
 */
export const ingestPipeline = (
  { functionName, deadLetterUrls, stream, clock }: IngestPlace,
  config: SQSClientConfig & CloudWatchClientConfig & S3ClientConfig = {},
): Pipeline => {
  const queues = new SQSClient({ ...SHORT_TIMEOUTS, ...config });
  const metrics = new CloudWatchClient({ ...SHORT_TIMEOUTS, ...config });

  const depthOf = async (url: string): Promise<number> => {
    const { Attributes: counts = {} } = await queues.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...WAITING] }),
    );
    return WAITING.reduce((sum, name) => sum + Number(counts[name] ?? 0), 0);
  };
  const givenUp = async (): Promise<number> => {
    if (!stream) return 0;
    const objects = new S3Client({ ...SHORT_TIMEOUTS, ...config });
    // a thousand say as much as more
    const { KeyCount: count = 0 } = await objects.send(new ListObjectsV2Command({ Bucket: stream.setAside }));
    return count;
  };
  const oldestAgeMs = async (nowMs: number): Promise<number | undefined> => {
    const { MetricDataResults: results = [] } = await metrics.send(
      new GetMetricDataCommand({
        StartTime: new Date(nowMs - LOOK_BACK_MS),
        EndTime: new Date(nowMs),
        MetricDataQueries: [
          greatest('age', 'AsyncEventAge', functionName),
          ...(stream ? [greatest('behind', 'IteratorAge', stream.functionName)] : []),
        ],
      }),
    );
    const ages = results.flatMap(({ Values: values = [] }) => values);
    return ages.length === 0 ? undefined : Math.max(...ages);
  };

  return {
    watermark: async () => {
      const nowMs = clock.now();
      const [ageMs, dropped, ...depths] = await Promise.all([
        oldestAgeMs(nowMs),
        droppedUntil(metrics, { stream }, nowMs),
        givenUp(),
        ...deadLetterUrls.map(depthOf),
      ]);
      return {
        ...(ageMs !== undefined && { oldestWaitingMs: nowMs - ageMs }),
        deadLetters: depths.reduce((sum, depth) => sum + depth, 0),
        ...(dropped > 0 && { dropped }),
      };
    },
  };
};
