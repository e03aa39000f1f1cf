import { CloudWatchClient, GetMetricDataCommand, type CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch';
import { GetQueueAttributesCommand, SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';
import type { Clock } from '../../ports/clock.ts';
import type { Pipeline } from '../../ports/pipeline.ts';
import { SHORT_TIMEOUTS } from './timeouts.ts';

export type IngestPlace = {
  /** of the function `ingest` */
  readonly functionName: string;
  /** where messages wait that ingest never got or could not take */
  readonly deadLetterUrls: readonly string[];
  readonly clock: Clock;
};

const MINUTE_MS = 60_000;
/** The metric arrives within a few minutes; a message that is tried again comes up at least every six. */
const LOOK_BACK_MS = 15 * MINUTE_MS;

const WAITING = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;

/**
 * The ingest pipeline on AWS, as far as it can be asked. Between the broker and `ingest` lies Lambda's own queue, which cannot be looked
 * into. What it tells is `AsyncEventAge`: how long the events had waited that came up in the last minutes, first tries and
 * repeats alike. So a message counts as waiting when one of that age came up, and one that nobody has tried again yet is not
 * seen: it is in the next run, as late data. The depths of queues are approximate for about a minute after a change.
 */
export const ingestPipeline = (
  { functionName, deadLetterUrls, clock }: IngestPlace,
  config: SQSClientConfig & CloudWatchClientConfig = {},
): Pipeline => {
  const queues = new SQSClient({ ...SHORT_TIMEOUTS, ...config });
  const metrics = new CloudWatchClient({ ...SHORT_TIMEOUTS, ...config });

  const depthOf = async (url: string): Promise<number> => {
    const { Attributes: counts = {} } = await queues.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...WAITING] }),
    );
    return WAITING.reduce((sum, name) => sum + Number(counts[name] ?? 0), 0);
  };
  const oldestAgeMs = async (nowMs: number): Promise<number | undefined> => {
    const { MetricDataResults: results = [] } = await metrics.send(
      new GetMetricDataCommand({
        StartTime: new Date(nowMs - LOOK_BACK_MS),
        EndTime: new Date(nowMs),
        MetricDataQueries: [
          {
            Id: 'age',
            MetricStat: {
              Metric: {
                Namespace: 'AWS/Lambda',
                MetricName: 'AsyncEventAge',
                Dimensions: [{ Name: 'FunctionName', Value: functionName }],
              },
              Period: MINUTE_MS / 1000,
              Stat: 'Maximum',
            },
          },
        ],
      }),
    );
    const ages = results.flatMap(({ Values: values = [] }) => values);
    return ages.length === 0 ? undefined : Math.max(...ages);
  };

  return {
    watermark: async () => {
      const nowMs = clock.now();
      const [ageMs, ...depths] = await Promise.all([oldestAgeMs(nowMs), ...deadLetterUrls.map(depthOf)]);
      return {
        ...(ageMs !== undefined && { oldestWaitingMs: nowMs - ageMs }),
        deadLetters: depths.reduce((sum, depth) => sum + depth, 0),
      };
    },
  };
};
