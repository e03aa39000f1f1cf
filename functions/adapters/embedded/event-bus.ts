import * as z from 'zod';
import type { BusEvent, EventBus } from '../../ports/event-bus.ts';
import type { Queue } from '../../ports/queue.ts';

export type Handler = (event: BusEvent) => Promise<unknown>;
export type QueuedBus = EventBus & {
  /** `handler` gets every event of the type from now on; once, or again after it failed */
  subscribe(type: string, handler: Handler): void;
  /** resolves when nothing waits that may be delivered now */
  deliver(): Promise<void>;
  stop(): Promise<void>;
};

const message = z.object({ type: z.string(), detail: z.record(z.string(), z.unknown()) });
const AT_ONCE = 10;
/** How soon an event is looked for whose handler failed, or that another run of the host left. */
const LOOK_MS = 5000;

/**
 * Events within one process, over a queue that outlives it: `publish` resolves once they are on disk, as in the cloud, and waits for no
 * handler. An event whose handler fails comes back by the rules of the queue, in the end to its dead letters; `onFailure` hears of each time.
 */
export const queuedBus = (queue: Queue, onFailure: (event: BusEvent, error: unknown) => void): QueuedBus => {
  const handlers = new Map<string, Handler[]>();
  let working = Promise.resolve();

  const deliverOne = async ({ body, receipt }: { body: string; receipt: string }): Promise<void> => {
    const event = message.parse(JSON.parse(body));
    try {
      // Each its own copy, as the cloud delivers it: no handler changes what the next one sees.
      await Promise.all((handlers.get(event.type) ?? []).map((handler) => handler(structuredClone(event))));
      await queue.acknowledge(receipt);
    } catch (error) {
      onFailure(event, error);
    }
  };
  const drain = async (): Promise<void> => {
    for (let waiting = await queue.receive(AT_ONCE); waiting.length > 0; waiting = await queue.receive(AT_ONCE))
      await Promise.all(waiting.map(deliverOne));
  };
  const deliver = (): Promise<void> => {
    working = working.catch(() => undefined).then(drain);
    return working;
  };
  /** when the queue itself cannot be read, the events are where they were */
  const soon = (): void =>
    void deliver().catch((error: unknown) => onFailure({ type: 'the queue', detail: {} }, error));
  const look = setInterval(soon, LOOK_MS);
  look.unref();
  return {
    subscribe: (type, handler) => {
      handlers.set(type, [...(handlers.get(type) ?? []), handler]);
    },
    publish: async (events) => {
      const heard = events.filter(({ type }) => handlers.has(type));
      await Promise.all(heard.map((event) => queue.send(JSON.stringify(event))));
      if (heard.length > 0) soon();
    },
    deliver,
    stop: async () => {
      clearInterval(look);
      await working.catch(() => undefined);
    },
  };
};
