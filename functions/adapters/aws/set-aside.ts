import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteObjectCommand, GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';

/** A batch that the reader of the stream gave up, as Lambda puts it into the bucket: why, and the whole event that it called the function with. */
const givenUp = z.object({
  requestContext: z.object({ condition: z.string() }),
  timestamp: z.string(),
  KinesisBatchInfo: z.object({ shardId: z.string(), batchSize: z.int() }),
  payload: z.string(),
});
const answer = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });

export type SetAsidePlace = { readonly region: string; readonly bucket: string; readonly functionName: string };
/** `given`: when it was given up, as Lambda writes it. */
export type SetAsideBatch = {
  readonly key: string;
  readonly given: string;
  readonly why: string;
  readonly shard: string;
  readonly messages: number;
  readonly payload: string;
};

/** What the reader gave up, with the operator's own credentials. */
export const setAsideBatches = ({ region, bucket, functionName }: SetAsidePlace) => {
  const objects = new S3Client({ region });
  // the function may search a batch for two minutes
  const functions = new LambdaClient({ region, requestHandler: { requestTimeout: 150_000 }, maxAttempts: 1 });
  const read = async (key: string): Promise<SetAsideBatch> => {
    const { Body: body } = await objects.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const parsed = givenUp.safeParse(JSON.parse((await body?.transformToString()) ?? 'null'));
    if (!parsed.success) throw new Error(`${key} is no batch of a stream: ${z.prettifyError(parsed.error)}`);
    const { requestContext, timestamp, KinesisBatchInfo: info, payload } = parsed.data;
    return {
      key,
      given: timestamp,
      why: requestContext.condition,
      shard: info.shardId,
      messages: info.batchSize,
      payload,
    };
  };
  return {
    /** oldest first within a shard: Lambda's keys go by mapping, shard and time */
    all: async function* (): AsyncGenerator<SetAsideBatch> {
      const pages = paginateListObjectsV2({ client: objects }, { Bucket: bucket });
      for await (const { Contents: contents = [] } of pages)
        for (const { Key: key } of contents) if (key !== undefined) yield await read(key);
    },
    /** Calls the reader with the event again. Undefined: all of it is taken, and the object is gone; else why it is still there. A repeat changes nothing. */
    handIn: async ({ key, payload }: SetAsideBatch): Promise<string | undefined> => {
      const { FunctionError: failed, Payload: answered } = await functions.send(
        new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(payload) }),
      );
      if (failed !== undefined) return `the function failed: ${Buffer.from(answered ?? []).toString()}`;
      const [first] = answer.parse(JSON.parse(Buffer.from(answered ?? []).toString())).batchItemFailures;
      if (first)
        return `message ${first.itemIdentifier} and what follows it is not taken yet; the log of the function says why`;
      await objects.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
      return undefined;
    },
  };
};
