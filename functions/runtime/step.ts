import middy from '@middy/core';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type * as z from 'zod';
import { log } from './log.ts';

/**
 * The Lambda of a step of a state machine, or of a schedule. Its input passes a schema; a failure is logged and thrown on under
 * its own name, by which the state machine decides whether to try again.
 */
export const step = <Input extends z.ZodType, Answer>(
  schema: Input,
  work: (input: z.infer<Input>) => Promise<Answer>,
) =>
  middy<unknown, Answer>()
    .use(injectLambdaContext(log))
    .use({
      onError: ({ error }) => log.error('a step failed', error instanceof Error ? error : new Error(String(error))),
    })
    .handler(async (event: unknown) => work(schema.parse(event)));
