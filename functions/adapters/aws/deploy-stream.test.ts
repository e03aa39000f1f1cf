import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { streamLeft } from './deploy-stream.ts';

const metrics = mockClient(CloudWatchClient);
const objects = mockClient(S3Client);
afterEach(() => {
  metrics.reset();
  objects.reset();
});

const NOW = 1_795_316_400_000;
const PLACE = { stream: 'readings', functionName: 'stream-ingest', setAside: 'set-aside' };
const told = (values: Record<string, number[]>, given = 0) => {
  metrics.on(GetMetricDataCommand).resolves({
    MetricDataResults: Object.entries(values).map(([Id, Values]) => ({ Id, Values })),
  });
  objects.on(ListObjectsV2Command, { Bucket: 'set-aside' }).resolves({ KeyCount: given });
};

describe('what is left in a stream', () => {
  it('is nothing when its reader looks into it and comes to the end each time', async () => {
    told({ arrived: [], unread: [0, 0, 0], behind: [] });
    expect(await streamLeft('ap-northeast-2', PLACE, NOW)).toEqual({
      arrived: 0,
      behindMs: undefined,
      isRead: true,
      setAside: 0,
    });
    const [asked] = metrics.commandCalls(GetMetricDataCommand);
    const names = asked?.args[0].input.MetricDataQueries?.map(({ MetricStat: stat }) => [
      stat?.Metric?.Namespace,
      stat?.Metric?.MetricName,
      stat?.Metric?.Dimensions?.[0]?.Value,
    ]);
    expect(names).toEqual([
      ['AWS/Kinesis', 'IncomingRecords', 'readings'],
      ['AWS/Kinesis', 'GetRecords.IteratorAgeMilliseconds', 'readings'],
      ['AWS/Lambda', 'IteratorAge', 'stream-ingest'],
    ]);
  });

  it('is what came, what the reader is behind by, and what it gave up', async () => {
    told({ arrived: [4, 5], unread: [0, 1200], behind: [300, 90_000] }, 2);
    expect(await streamLeft('ap-northeast-2', PLACE, NOW)).toEqual({
      arrived: 9,
      behindMs: 90_000,
      isRead: false,
      setAside: 2,
    });
  });

  it('is not nothing when nobody has looked', async () => {
    told({ arrived: [], unread: [], behind: [] });
    expect(await streamLeft('ap-northeast-2', PLACE, NOW)).toMatchObject({ isRead: false });
  });
});
