import { expect, it } from 'vitest';
import type { BusEvent } from '../../ports/event-bus.ts';
import { EVENT_TYPES, eventBusContract } from '../contract/event-bus.contract.ts';
import { inProcessBus } from './event-bus.ts';

const unexpected = (event: BusEvent, error: unknown) => {
  throw new Error(`${event.type} failed`, { cause: error });
};

eventBusContract('in process', async () => {
  const bus = inProcessBus(unexpected);
  const events: BusEvent[] = [];
  for (const type of EVENT_TYPES) bus.subscribe(type, async (event) => void events.push(event));
  return { bus, received: async () => events.splice(0), close: async () => {} };
});

it('a handler that fails is reported, and neither its neighbour nor the publisher suffers', async () => {
  const failures: unknown[] = [];
  const bus = inProcessBus((event, error) => failures.push([event.type, String(error)]));
  const told: string[] = [];
  bus.subscribe('device.silent', () => Promise.reject(new Error('mail server is away')));
  bus.subscribe('device.silent', async () => void told.push('resident'));
  await bus.publish([{ type: 'device.silent', detail: {} }]);
  expect(told).toEqual(['resident']);
  expect(failures).toEqual([['device.silent', 'Error: mail server is away']]);
});

it('publish resolves only when the handlers have ended, so that an outbox repeats what a crash cut off', async () => {
  const bus = inProcessBus(unexpected);
  const order: string[] = [];
  bus.subscribe('reward.granted', async () => {
    await new Promise((resolve) => setImmediate(resolve));
    order.push('handled');
  });
  await bus.publish([{ type: 'reward.granted', detail: {} }]);
  order.push('published');
  expect(order).toEqual(['handled', 'published']);
});

it('a handler cannot change what the next one sees', async () => {
  const bus = inProcessBus(unexpected);
  const seen: unknown[] = [];
  bus.subscribe('reward.granted', async ({ detail }) => void (detail['won'] = 9_999_999));
  bus.subscribe('reward.granted', async ({ detail }) => void seen.push(detail['won']));
  await bus.publish([{ type: 'reward.granted', detail: { won: 1200 } }]);
  expect(seen).toEqual([1200]);
});
