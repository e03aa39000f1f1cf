import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { correlation } from '@hems/shared/events/correlation';
import { correlated } from './correlation.ts';
import { log } from './log.ts';
import { watched } from './watched.ts';

const sentUnder = z.object({ correlationId: correlation });

const bodyOf = ({ body }: SQSRecord): unknown => {
  const value: unknown = JSON.parse(body);
  return value;
};

/** The Lambda of a queue. Messages that fail come back by themselves; their neighbours do not. Each is worked on under the id it was sent under. */
export const queue = <Body extends z.ZodType>(schema: Body, work: (body: z.infer<Body>) => Promise<unknown>) => {
  const workOn = async (record: SQSRecord): Promise<SQSBatchResponse['batchItemFailures']> => {
    try {
      const body = bodyOf(record);
      await correlated(sentUnder.safeParse(body).data?.correlationId, async () => work(schema.parse(body)));
      return [];
    } catch (error) {
      log.error('a message of the queue failed', error instanceof Error ? error : new Error(String(error)));
      return [{ itemIdentifier: record.messageId }];
    }
  };
  return watched<SQSEvent, SQSBatchResponse>(
    { correlationOf: () => undefined, failed: ({ batchItemFailures }) => batchItemFailures.length > 0 },
    middy<SQSEvent, SQSBatchResponse>().handler(async ({ Records: records }: SQSEvent) => ({
      batchItemFailures: (await Promise.all(records.map(workOn))).flat(),
    })),
  );
};
