import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BusEvent, EventBus } from '../../ports/event-bus.ts';

export type EventBusUnderTest = {
  readonly bus: EventBus;
  /** what listeners of `EVENT_TYPES` have received since the last call */
  received(): Promise<BusEvent[]>;
  close(): Promise<void>;
};

export const EVENT_TYPES = ['device.silent', 'reward.granted'] as const;
const [SILENT, GRANTED] = EVENT_TYPES;

const MAX_TRIES = 20;

/** What every `EventBus` promises; see `ports/event-bus.ts`. */
export const eventBusContract = (name: string, make: () => Promise<EventBusUnderTest>): void => {
  describe(`EventBus: ${name}`, () => {
    let adapter: EventBusUnderTest;
    beforeAll(async () => {
      adapter = await make();
    });
    afterAll(() => adapter.close());

    /** Delivery may take a while; each event at least once, in any order. */
    const delivered = async (count: number): Promise<BusEvent[]> => {
      const events: BusEvent[] = [];
      for (let tries = 0; tries < MAX_TRIES && events.length < count; tries += 1)
        events.push(...(await adapter.received()));
      return events.toSorted((a, b) => Number(a.detail['n'] ?? 0) - Number(b.detail['n'] ?? 0));
    };

    it('brings an event with its detail, Korean names, nesting and numbers included', async () => {
      const event = {
        type: SILENT,
        detail: { n: 1, device: '거실 에어컨 ❄️', nested: { won: [1200, 0.5, null, true] } },
      };
      await adapter.bus.publish([event]);
      expect(await delivered(1)).toEqual([event]);
    });

    it('brings 25 events of one call, of two types', async () => {
      const events = Array.from({ length: 25 }, (_, n) => ({ type: n % 2 ? SILENT : GRANTED, detail: { n } }));
      await adapter.bus.publish(events);
      expect(await delivered(25)).toEqual(events);
    });

    it('takes no events, and events that nobody listens to', async () => {
      await adapter.bus.publish([]);
      await adapter.bus.publish([{ type: 'nobody.cares', detail: {} }]);
      expect(await adapter.received()).toEqual([]);
    });
  });
};
