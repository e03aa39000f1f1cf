import type { EventBus } from '../ports/event-bus.ts';
import { log } from './log.ts';

/**
 * For work that must not fail because people could not be told of it: what was stored or settled stays so. What was not said is counted in
 * the log by its type; whoever can say it again does so at the next run, under the same key.
 */
export const lenientBus = (bus: EventBus): EventBus => ({
  publish: async (events) => {
    try {
      await bus.publish(events);
    } catch (error) {
      const types = [...new Set(events.map(({ type }) => type))];
      log.error('happenings were not said', { count: events.length, types, error });
    }
  },
});
