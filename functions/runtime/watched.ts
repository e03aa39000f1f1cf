import type { Context } from 'aws-lambda';
import { CORRELATION } from '@hems/shared/events/correlation';
import { asInvocation, type Invocation } from './correlation.ts';
import { handOver } from './metrics.ts';
import { traced } from './tracing.ts';

export type Watching<Event, Answer> = {
  /** the id under which the event came, if it came under one */
  readonly correlationOf: (event: Event) => string | undefined;
  /** of a stack that answers failures instead of throwing them: its part of the trace is a fault */
  readonly failed?: (answer: Answer) => boolean;
  /** puts the id into what is answered */
  readonly stamp?: (answer: Answer, correlationId: string) => Answer;
};
type Handler<Event, Answer> = (event: Event, context: Context) => Promise<Answer>;

const neverFailed = (): boolean => false;
const asItIs = <Answer>(answer: Answer): Answer => answer;

/** Around every stack: what the handler logs, traces, measures and sends on carries the id of its invocation; its figures are handed over at its end. */
export const watched = <Event, Answer>(
  { correlationOf, failed = neverFailed, stamp = asItIs }: Watching<Event, Answer>,
  handler: Handler<Event, Answer>,
): Handler<Event, Answer> => {
  const invoke = async (own: Invocation, event: Event, context: Context): Promise<Answer> => {
    let threw = true;
    try {
      const answer = await traced(own, async () => handler(event, context), failed);
      threw = false;
      return stamp(answer, own.correlationId);
    } finally {
      handOver(own.measured, { handler: own.handler, correlationId: own.correlationId, threw });
    }
  };
  return async (event, context) => {
    const given = correlationOf(event);
    const own: Invocation = {
      correlationId: given !== undefined && CORRELATION.test(given) ? given : context.awsRequestId,
      handler: context.functionName,
      requestId: context.awsRequestId,
      measured: [],
    };
    return asInvocation(own, async () => invoke(own, event, context));
  };
};
