import type { EventBus } from '../ports/event-bus.ts';
import type { Queue } from '../ports/queue.ts';
import { invocation } from './correlation.ts';

/** What happens while an invocation runs is told under its id, unless whoever tells it names another. */
export const correlatedBus = (bus: EventBus): EventBus => ({
  publish: async (events) => {
    const correlationId = invocation()?.correlationId;
    if (correlationId === undefined) return bus.publish(events);
    return bus.publish(events.map((event) => ({ ...event, detail: { correlationId, ...event.detail } })));
  },
});

type Sender = Pick<Queue, 'send'>;

/** The id goes on in the body, which is a JSON object of ours. */
export const correlatedQueue = (queue: Sender): Sender => ({
  send: async (body, options) => {
    const correlationId = invocation()?.correlationId;
    if (correlationId === undefined) return queue.send(body, options);
    const own: unknown = JSON.parse(body);
    return queue.send(JSON.stringify(typeof own === 'object' ? { correlationId, ...own } : own), options);
  },
});
