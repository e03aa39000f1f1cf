import { CloudWatchClient, GetMetricDataCommand, type Metric, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';

/** What is known of a stream of readings and its reader, of the last quarter of an hour. */
export type StreamLeft = {
  /** messages that were put in */
  readonly arrived: number;
  /** by how much the messages were late that the reader was handed; undefined: it was handed none */
  readonly behindMs: number | undefined;
  /** every look into the stream came to its end */
  readonly isRead: boolean;
  /** batches that the reader gave up and nobody has handed in, at most a thousand */
  readonly setAside: number;
};
export type StreamPlace = { readonly stream: string; readonly functionName: string; readonly setAside: string };

const QUARTER_MS = 15 * 60_000;

const query = (id: string, stat: 'Sum' | 'Maximum', metric: Metric): MetricDataQuery => ({
  Id: id,
  MetricStat: { Metric: metric, Period: 60, Stat: stat },
});

/** Asks CloudWatch and the bucket; a stream that nobody looked into is not said to be read. */
export const streamLeft = async (
  region: string,
  { stream, functionName, setAside }: StreamPlace,
  nowMs: number,
): Promise<StreamLeft> => {
  const ofStream = { Namespace: 'AWS/Kinesis', Dimensions: [{ Name: 'StreamName', Value: stream }] };
  const ofReader = { Namespace: 'AWS/Lambda', Dimensions: [{ Name: 'FunctionName', Value: functionName }] };
  const queries = [
    query('arrived', 'Sum', { ...ofStream, MetricName: 'IncomingRecords' }),
    query('unread', 'Maximum', { ...ofStream, MetricName: 'GetRecords.IteratorAgeMilliseconds' }),
    query('behind', 'Maximum', { ...ofReader, MetricName: 'IteratorAge' }),
  ];
  const { MetricDataResults: results = [] } = await new CloudWatchClient({ region }).send(
    new GetMetricDataCommand({
      StartTime: new Date(nowMs - QUARTER_MS),
      EndTime: new Date(nowMs),
      MetricDataQueries: queries,
    }),
  );
  const valuesOf = (id: string): number[] => results.find(({ Id }) => Id === id)?.Values ?? [];
  const [unread, behind] = [valuesOf('unread'), valuesOf('behind')];
  const { KeyCount: objects = 0 } = await new S3Client({ region }).send(new ListObjectsV2Command({ Bucket: setAside }));
  return {
    arrived: valuesOf('arrived').reduce((sum, value) => sum + value, 0),
    behindMs: behind.length === 0 ? undefined : Math.max(...behind),
    isRead: unread.length > 0 && Math.max(...unread) === 0,
    setAside: objects,
  };
};
