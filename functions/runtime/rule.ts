import middy from '@middy/core';
import * as z from 'zod';
import { ruleEvent, type RuleEvent } from '@hems/shared/events/rules';
import { log } from './log.ts';
import { watched } from './watched.ts';

const events = z.union([z.array(ruleEvent), ruleEvent]);

/** The one message's; many together have an invocation of their own, and each is told under its own id. */
const idOfMessage = (event: RuleEvent | RuleEvent[]): string | undefined => {
  const [first, second] = Array.isArray(event) ? event : [event];
  return second ? undefined : first?.correlation;
};

/**
 * The Lambda of an IoT rule. The cloud hands in one event, the local broker an array. A failure is thrown: the cloud
 * tries twice more and then moves the message to the dead-letter queue.
 */
export const rule = <Report>(take: (events: readonly RuleEvent[]) => Promise<Report>) =>
  watched(
    { correlationOf: idOfMessage },
    middy<RuleEvent | RuleEvent[], Report>()
      .use({
        onError: ({ error }) =>
          log.error('messages were not taken', error instanceof Error ? error : new Error(String(error))),
      })
      .handler(async (event: RuleEvent | RuleEvent[]) => {
        const parsed = events.parse(event);
        return take(Array.isArray(parsed) ? parsed : [parsed]);
      }),
  );
