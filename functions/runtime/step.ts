import middy from '@middy/core';
import * as z from 'zod';
import { correlation } from '@hems/shared/events/correlation';
import { log } from './log.ts';
import { watched } from './watched.ts';

const ofBus = z.object({ detail: z.object({ correlationId: correlation }) });
const run = z.object({ date: z.string(), attempt: z.int() });
const ofRun = z.union([run, z.object({ run })]);

/** A bus event's own; of a step of the daily run, the run's: all its steps are found together. */
const idOfStep = (event: unknown): string | undefined => {
  const told = ofBus.safeParse(event).data;
  if (told) return told.detail.correlationId;
  const found = ofRun.safeParse(event).data;
  if (!found) return undefined;
  const { date, attempt } = 'run' in found ? found.run : found;
  return `run-${date}-${attempt}`;
};

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
