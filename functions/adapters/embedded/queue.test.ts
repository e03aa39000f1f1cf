import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { QUEUE, queueContract } from '../contract/queue.contract.ts';
import { openDatabase } from './database.ts';
import { sqliteQueue } from './queue.ts';

const NOON = 1_767_582_000_000;

queueContract('SQLite', async () => {
  let now = NOON;
  const database = openDatabase(':memory:');
  const queue = sqliteQueue({ database, clock: { now: () => now } }, { name: 'webhooks', ...QUEUE });
  return { queue, elapse: async (seconds) => void (now += seconds * 1000), close: () => database.close() };
});

it('two queues of one file keep their messages apart, and a restart keeps both', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hems-queue-'));
  const open = () => {
    const database = openDatabase(join(folder, 'hems.sqlite'));
    const named = (name: string) => sqliteQueue({ database, clock: { now: () => NOON } }, { name, ...QUEUE });
    return { database, mail: named('mail'), webhooks: named('webhooks') };
  };
  const before = open();
  await Promise.all([before.mail.send('hello'), before.webhooks.send('settled')]);
  await before.database.close();
  const after = open();
  expect(await after.mail.receive(10)).toMatchObject([{ body: 'hello' }]);
  expect(await after.webhooks.receive(10)).toMatchObject([{ body: 'settled' }]);
  await after.database.close();
  await rm(folder, { recursive: true });
});

it('the receipt of an attempt that ran out of time acknowledges nothing', async () => {
  let now = NOON;
  const database = openDatabase(':memory:');
  const queue = sqliteQueue({ database, clock: { now: () => now } }, { name: 'webhooks', ...QUEUE });
  await queue.send('settled');
  const [late] = await queue.receive(1);
  now += 2000;
  const [again] = await queue.receive(1);
  await queue.acknowledge(late?.receipt ?? '');
  expect(await queue.depth()).toEqual({ waiting: 1, dead: 0 });
  await queue.acknowledge(again?.receipt ?? '');
  expect(await queue.depth()).toEqual({ waiting: 0, dead: 0 });
  await database.close();
});
