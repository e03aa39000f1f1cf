import type { BusEvent, EventBus } from '../../ports/event-bus.ts';

export type Handler = (event: BusEvent) => Promise<void>;
export type InProcessBus = EventBus & {
  /** `handler` gets every event of the type from now on */
  subscribe(type: string, handler: Handler): void;
};

/**
 * Events within one process. `publish` resolves when every handler has ended: who publishes from an outbox and dies before
 * that publishes again. A handler that fails does not fail the publisher or its neighbours; `onFailure` is its dead-letter queue.
 */
export const inProcessBus = (onFailure: (event: BusEvent, error: unknown) => void): InProcessBus => {
  const handlers = new Map<string, Handler[]>();
  const deliver = async (event: BusEvent, handler: Handler): Promise<void> => {
    try {
      // A copy, as the cloud delivers it: no handler changes what the next one sees.
      await handler(structuredClone(event));
    } catch (error) {
      onFailure(event, error);
    }
  };
  return {
    subscribe: (type, handler) => {
      handlers.set(type, [...(handlers.get(type) ?? []), handler]);
    },
    publish: async (events) => {
      const deliveries = events.flatMap((event) =>
        (handlers.get(event.type) ?? []).map((handler) => deliver(event, handler)),
      );
      await Promise.all(deliveries);
    },
  };
};
