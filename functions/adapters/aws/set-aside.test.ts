import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { setAsideBatches } from './set-aside.ts';

const objects = mockClient(S3Client);
const functions = mockClient(LambdaClient);
afterEach(() => {
  objects.reset();
  functions.reset();
});

const KEY = 'aws/lambda/6c1f/shardId-000000000002/2026/11/23/2026-11-23T02.10.07-9d8a';
const EVENT = JSON.stringify({ Records: [{ kinesis: { sequenceNumber: '4959', data: 'e30=' } }] });
/** As the Lambda developer guide shows it for a bucket, "Retain discarded batch records for a Kinesis Data Streams event source". */
const DOCUMENT = {
  requestContext: {
    requestId: 'c9b8fa9f-5a7f-xmpl-af9c-0c604cde93a5',
    functionArn: 'arn:aws:lambda:ap-northeast-2:123456789012:function:stream-ingest',
    condition: 'RetryAttemptsExhausted',
    approximateInvokeCount: 201,
  },
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  version: '1.0',
  timestamp: '2026-11-23T02:10:07.123Z',
  KinesisBatchInfo: {
    shardId: 'shardId-000000000002',
    startSequenceNumber: '4959',
    endSequenceNumber: '4959',
    approximateArrivalOfFirstRecord: '2026-11-23T02:00:04.835Z',
    approximateArrivalOfLastRecord: '2026-11-23T02:00:04.835Z',
    batchSize: 1,
    streamArn: 'arn:aws:kinesis:ap-northeast-2:123456789012:stream/readings',
  },
  payload: EVENT,
};

const batches = setAsideBatches({ region: 'ap-northeast-2', bucket: 'set-aside', functionName: 'stream-ingest' });
const holding = (text: string) => {
  objects.on(ListObjectsV2Command).resolves({ Contents: [{ Key: KEY }] });
  const body = { transformToString: async () => text } as never;
  objects.on(GetObjectCommand, { Bucket: 'set-aside', Key: KEY }).resolves({ Body: body });
};
const handInAll = async (): Promise<(string | undefined)[]> => {
  const said: (string | undefined)[] = [];
  for await (const batch of batches.all()) said.push(await batches.handIn(batch));
  return said;
};
const answering = (answer: unknown, failed?: string) =>
  functions.on(InvokeCommand).resolves({
    Payload: Buffer.from(JSON.stringify(answer)) as never,
    ...(failed !== undefined && { FunctionError: failed }),
  });

describe('batches that the reader of the stream gave up', () => {
  it('are handed to it as they were, and are gone when it has taken them', async () => {
    holding(JSON.stringify(DOCUMENT));
    answering({ batchItemFailures: [] });
    expect(await handInAll()).toEqual([undefined]);
    const [call] = functions.commandCalls(InvokeCommand);
    expect(call?.args[0].input.FunctionName).toBe('stream-ingest');
    expect(Buffer.from((call?.args[0].input.Payload ?? []) as Uint8Array).toString()).toBe(EVENT);
    expect(objects.commandCalls(DeleteObjectCommand).map(({ args }) => args[0].input.Key)).toEqual([KEY]);
  });

  it.each([
    ['takes a part only', { batchItemFailures: [{ itemIdentifier: '4959' }] }, undefined, 'message 4959'],
    ['fails', { errorMessage: 'no table' }, 'Unhandled', 'no table'],
  ])('stay when it %s', async (_what, answer, failed, why) => {
    holding(JSON.stringify(DOCUMENT));
    answering(answer, failed);
    expect(await handInAll()).toEqual([expect.stringContaining(why)]);
    expect(objects.commandCalls(DeleteObjectCommand)).toEqual([]);
  });

  it('are told from what somebody else has put there', async () => {
    holding('{"requestContext":{}}');
    await expect(handInAll()).rejects.toThrow(`${KEY} is no batch of a stream`);
    expect(functions.commandCalls(InvokeCommand)).toEqual([]);
  });
});
