import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, expect, it } from 'vitest';
import { ingestPipeline } from './pipeline.ts';

const NOW = 1_795_316_400_000;
const config = { region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
const queues = mockClient(SQSClient);
const metrics = mockClient(CloudWatchClient);
const objects = mockClient(S3Client);
afterEach(() => {
  queues.reset();
  metrics.reset();
  objects.reset();
});

const depths = (visible: number, inFlight: number) =>
  queues.on(GetQueueAttributesCommand).resolves({
    Attributes: {
      ApproximateNumberOfMessages: String(visible),
      ApproximateNumberOfMessagesNotVisible: String(inFlight),
    },
  });
const ages = (...values: number[]) =>
  metrics.on(GetMetricDataCommand).resolves({ MetricDataResults: [{ Id: 'age', Values: values }] });
const pipeline = () =>
  ingestPipeline({ functionName: 'ingest', deadLetterUrls: ['q/1', 'q/2'], clock: { now: () => NOW } }, config);

it('a message that came up two hours old was waiting since then', async () => {
  depths(0, 0);
  ages(40, 7_200_000, 15);
  expect(await pipeline().watermark()).toEqual({ oldestWaitingMs: NOW - 7_200_000, deadLetters: 0 });
  const [asked] = metrics.commandCalls(GetMetricDataCommand);
  expect(asked?.args[0].input.MetricDataQueries?.[0]?.MetricStat).toMatchObject({
    Metric: { MetricName: 'AsyncEventAge', Dimensions: [{ Name: 'FunctionName', Value: 'ingest' }] },
    Stat: 'Maximum',
  });
});

it('nothing waits when no message came up, and letters that somebody is looking at are counted', async () => {
  depths(2, 1);
  ages();
  expect(await pipeline().watermark()).toEqual({ deadLetters: 6 });
});

it('a stream that is read an hour late holds messages since then, and batches that were given up count, set aside or not', async () => {
  depths(0, 0);
  metrics.on(GetMetricDataCommand).resolves({
    MetricDataResults: [
      { Id: 'age', Values: [200] },
      { Id: 'behind', Values: [900, 3_600_000] },
    ],
  });
  objects.on(ListObjectsV2Command, { Bucket: 'set-aside' }).resolves({ KeyCount: 3 });
  metrics
    .on(GetMetricDataCommand, {
      MetricDataQueries: [
        {
          Id: 'dropped',
          MetricStat: {
            Metric: {
              Namespace: 'AWS/Lambda',
              MetricName: 'DroppedEventCount',
              Dimensions: [{ Name: 'EventSourceMappingUUID', Value: 'mapping' }],
            },
            Period: 3600,
            Stat: 'Sum',
          },
        },
        {
          Id: 'undelivered',
          MetricStat: {
            Metric: {
              Namespace: 'AWS/Lambda',
              MetricName: 'DestinationDeliveryFailures',
              Dimensions: [{ Name: 'FunctionName', Value: 'ingest-stream' }],
            },
            Period: 3600,
            Stat: 'Sum',
          },
        },
      ],
    })
    .resolves({
      MetricDataResults: [
        { Id: 'dropped', Values: [400, 100] },
        { Id: 'undelivered', Values: [1] },
      ],
    });
  const stream = { functionName: 'ingest-stream', mappingId: 'mapping', setAside: 'set-aside' };
  const place = { functionName: 'ingest', deadLetterUrls: ['q/1'], stream, clock: { now: () => NOW } };
  expect(await ingestPipeline(place, config).watermark()).toEqual({
    oldestWaitingMs: NOW - 3_600_000,
    deadLetters: 3,
    dropped: 501,
  });
  const [asked] = metrics.commandCalls(GetMetricDataCommand);
  expect(asked?.args[0].input.MetricDataQueries?.[1]?.MetricStat?.Metric).toMatchObject({
    MetricName: 'IteratorAge',
    Dimensions: [{ Name: 'FunctionName', Value: 'ingest-stream' }],
  });
});

it('a service that cannot be asked is an error, not an empty pipeline', async () => {
  depths(0, 0);
  metrics.on(GetMetricDataCommand).rejects(new Error('throttled'));
  await expect(pipeline().watermark()).rejects.toThrow('throttled');
});
