import { createHash } from 'node:crypto';
import middy from '@middy/core';
import * as z from 'zod';
import { correlation } from '@hems/shared/events/correlation';
import { correlationOfRun } from './correlation.ts';
import { log } from './log.ts';
import { watched } from './watched.ts';

/** Whoever holds the id of an erasure may read its receipt and give its balance up, so what is logged does not lead to it. */
const correlationOfErasure = (erasureId: string): string =>
  `erasure-${createHash('sha256').update(erasureId).digest('hex').slice(0, 16)}`;

const run = z.object({ date: z.string(), attempt: z.int() });
const ofStep = z.union([
  z.object({ detail: z.object({ correlationId: correlation }) }).transform(({ detail }) => detail.correlationId),
  run.transform(correlationOfRun),
  z.object({ run }).transform((task) => correlationOfRun(task.run)),
  z.object({ erasureId: z.string() }).transform(({ erasureId }) => correlationOfErasure(erasureId)),
  z.object({ execution: correlation }).transform(({ execution }) => execution),
]);

/** A bus event's own; of a step of a run, an erasure or a training, one that all its steps share. */
const idOfStep = (event: unknown): string | undefined => ofStep.safeParse(event).data;

/**
 * The Lambda of a step of a state machine, or of a schedule. Its input passes a schema; a failure is logged and thrown on under
 * its own name, by which the state machine decides whether to try again.
 */
export const step = <Input extends z.ZodType, Answer>(
  schema: Input,
  work: (input: z.infer<Input>) => Promise<Answer>,
) =>
  watched(
    { correlationOf: idOfStep },
    middy<unknown, Answer>()
      .use({
        onError: ({ error }) => log.error('a step failed', error instanceof Error ? error : new Error(String(error))),
      })
      .handler(async (event: unknown) => work(schema.parse(event))),
  );
