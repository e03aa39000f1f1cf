import middy from '@middy/core';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type * as z from 'zod';
import { log } from './log.ts';

/** The Lambda of a queue. Messages that fail come back by themselves; their neighbours do not. */
export const queue = <Body extends z.ZodType>(schema: Body, work: (body: z.infer<Body>) => Promise<unknown>) =>
  middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(log))
    .handler(async ({ Records: records }: SQSEvent) => {
      const failed = await Promise.all(
        records.map(async ({ body, messageId }) => {
          try {
            await work(schema.parse(JSON.parse(body)));
            return [];
          } catch (error) {
            log.error('a message of the queue failed', error instanceof Error ? error : new Error(String(error)));
            return [{ itemIdentifier: messageId }];
          }
        }),
      );
      return { batchItemFailures: failed.flat() };
    });
