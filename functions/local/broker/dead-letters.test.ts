import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RuleEvent } from '@hems/shared/events/rules';
import { openDatabase, type Database } from '../../adapters/embedded/database.ts';
import { sqliteQueue } from '../../adapters/embedded/queue.ts';
import type { Queue } from '../../ports/queue.ts';
import { aRuleEvent } from '../../testing/world.ts';
import { openDeadLetters, type DeadLetters } from './dead-letters.ts';

let database: Database;
let queue: Queue;
let now: number;
let said: string[];
let toIngest: RuleEvent[];
let toOrders: RuleEvent[];
let store: (event: RuleEvent) => void;
const opened: DeadLetters[] = [];

beforeEach(() => {
  now = 1_795_316_400_000;
  database = openDatabase(':memory:');
  const settings = { name: 'ingest-dead-letters', visibilitySeconds: 30, attempts: 3 };
  queue = sqliteQueue({ database, clock: { now: () => now } }, settings);
  [said, toIngest, toOrders] = [[], [], []];
  store = () => undefined;
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.stop();
  await database.close();
});

const start = async (): Promise<void> => {
  const letters = await openDeadLetters({
    queue,
    everyMs: 20,
    ingest: async (events) => {
      events.forEach(store);
      toIngest.push(...events);
    },
    commandResult: async (events) => void toOrders.push(...events),
    health: async () => undefined,
    say: (line) => said.push(line),
  });
  opened.push(letters);
};
const reading = aRuleEvent('reading', { seq: 1 });
const other = aRuleEvent('batch', { seq: 2 });
const result = aRuleEvent('cmd/result', { cmd_id: 'id-1' });
const giveUp = async (...events: RuleEvent[]): Promise<void> => {
  for (const event of events) await queue.send(JSON.stringify(event));
};

describe('a reading that the host had given up', () => {
  test('is taken in at the next start, and an answer to an order as well, each by its own handler', async () => {
    await giveUp(reading, other, result);
    await start();
    expect(toIngest).toEqual([reading, other]);
    expect(toOrders).toEqual([result]);
    expect(await queue.depth()).toEqual({ waiting: 0, dead: 0 });
  });

  test('and fails again stays for a later start, keeps no other back, and is told', async () => {
    await giveUp(reading, other);
    store = ({ channel }) => {
      if (channel === 'reading') throw new Error('disk full');
    };
    await start();
    expect(toIngest).toEqual([other]);
    expect(said).toEqual([
      'a dead letter failed again: disk full',
      'dead letters: 1 of 2 were taken in now; the others are tried again, in the end they wait for hems dead-letters redrive',
    ]);
    for (let tries = 0; tries < 3; tries += 1) {
      now += 30_000;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await queue.depth()).toEqual({ waiting: 0, dead: 1 });
    store = () => undefined;
    await start();
    expect(toIngest).toEqual([other, reading]);
    expect(await queue.depth()).toEqual({ waiting: 0, dead: 0 });
  });
});

test('a reading that a person redrives while the host runs is taken in without a restart', async () => {
  await start();
  await giveUp(reading);
  store = () => {
    throw new Error('disk full');
  };
  await expect.poll(() => said.length).toBe(2);
  for (let tries = 0; tries < 3; tries += 1) {
    now += 30_000;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(await queue.depth()).toEqual({ waiting: 0, dead: 1 });
  store = () => undefined;
  expect(await queue.redrive()).toBe(1);
  await expect.poll(() => toIngest).toEqual([reading]);
});

test('a start without dead letters says nothing of them', async () => {
  await start();
  expect(said).toEqual([]);
});
