import { expect, it } from 'vitest';
import type { BusEvent } from '../../ports/event-bus.ts';
import { EVENT_TYPES, eventBusContract } from '../contract/event-bus.contract.ts';
import { openDatabase } from './database.ts';
import { queuedBus } from './event-bus.ts';
import { sqliteQueue } from './queue.ts';

const aBus = (onFailure: (event: BusEvent, error: unknown) => void = () => undefined) => {
  const database = openDatabase(':memory:');
  let now = 0;
  const clock = { now: () => now };
  const queue = sqliteQueue({ database, clock }, { name: 'bus', visibilitySeconds: 60, attempts: 3 });
  const bus = queuedBus(queue, onFailure);
  const close = async (): Promise<void> => {
    await bus.stop();
    await database.close();
  };
  return { bus, queue, close, pass: (seconds: number) => (now += seconds * 1000) };
};

eventBusContract('queued', async () => {
  const { bus, close } = aBus();
  const events: BusEvent[] = [];
  for (const type of EVENT_TYPES) bus.subscribe(type, async (event) => void events.push(event));
  return {
    bus,
    received: async () => {
      await bus.deliver();
      return events.splice(0);
    },
    close,
  };
});

it('a publisher waits for no handler, and what a handler has not ended with is on disk', async () => {
  const { bus, queue, close } = aBus();
  let end = (): void => undefined;
  const ended = new Promise<void>((done) => {
    end = done;
  });
  bus.subscribe('reward.granted', () => ended);
  await bus.publish([{ type: 'reward.granted', detail: {} }]);
  expect(await queue.depth()).toEqual({ waiting: 1, dead: 0 });
  end();
  await bus.deliver();
  expect(await queue.depth()).toEqual({ waiting: 0, dead: 0 });
  await close();
});

it('an event whose handler fails comes back twice, is told each time, and then waits with the dead letters', async () => {
  const failures: unknown[] = [];
  const { bus, queue, pass, close } = aBus((event, error) => failures.push([event.type, String(error)]));
  bus.subscribe('device.silent', () => Promise.reject(new Error('mail server is away')));
  await bus.publish([{ type: 'device.silent', detail: { n: 1 } }]);
  for (let minute = 0; minute < 5; minute += 1) {
    await bus.deliver();
    pass(61);
  }
  expect(failures).toEqual(Array.from({ length: 3 }, () => ['device.silent', 'Error: mail server is away']));
  await bus.deliver();
  expect(await queue.depth()).toEqual({ waiting: 0, dead: 1 });
  await close();
});

it('a handler cannot change what the next one sees', async () => {
  const { bus, close } = aBus();
  const seen: unknown[] = [];
  bus.subscribe('reward.granted', async ({ detail }) => void (detail['won'] = 9_999_999));
  bus.subscribe('reward.granted', async ({ detail }) => void seen.push(detail['won']));
  await bus.publish([{ type: 'reward.granted', detail: { won: 1200 } }]);
  await bus.deliver();
  expect(seen).toEqual([1200]);
  await close();
});
