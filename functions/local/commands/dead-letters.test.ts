import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openDatabase, type Database } from '../../adapters/embedded/database.ts';
import { sqliteQueue } from '../../adapters/embedded/queue.ts';
import type { Queue } from '../../ports/queue.ts';
import { runDeadLetters } from './dead-letters.ts';

let folder: string;
let database: Database;
let queue: Queue;
let nowMs = 1_000_000;
const printed: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-dead-'));
  database = openDatabase(join(folder, 'hems.sqlite'));
  queue = sqliteQueue(
    { database, clock: { now: () => nowMs } },
    { name: 'webhooks', visibilitySeconds: 1, attempts: 1 },
  );
  printed.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await database.close();
  await rm(folder, { recursive: true });
});

const giveUp = async (body: string): Promise<void> => {
  await queue.send(body);
  await queue.receive(1);
  nowMs += 2000;
  await queue.receive(1);
};
const run = async (...args: string[]): Promise<number> => await runDeadLetters([...args, '--data', folder]);

test('what a queue gave up is listed, and its text cannot steer the terminal', async () => {
  await giveUp('{"endpoint":"e-1\u001b[2J"}');
  expect(await run('list')).toBe(0);
  expect(printed[0]).toMatch(/^webhooks +1 given up, 0 waiting$/);
  expect(printed[1]).toMatch(/after 1 tries\t.*e-1\\u\{1b\}/);
});

test('a redrive gives a message back to its queue, and says whether the host takes it now or at its next start', async () => {
  await giveUp('{"endpoint":"e-1"}');
  expect(await run('redrive', 'webhooks')).toBe(0);
  expect(printed.at(-1)).toBe('1 of webhooks are tried again; the next start of the host takes them');
  nowMs = Date.now() + 1000;
  expect((await queue.receive(1)).map(({ body }) => body)).toEqual(['{"endpoint":"e-1"}']);
  expect(await run('redrive', 'webhooks')).toBe(0);
  expect(printed.at(-1)).toBe('nothing was given up in webhooks');
});

test('a queue that there is not is named with those there are', async () => {
  await giveUp('{}');
  await expect(run('redrive', 'webhook')).rejects.toThrow('There is nothing in a queue webhook. Known: webhooks');
});

test('empty queues are said to be empty, and a folder without a host is no empty one', async () => {
  expect(await run('list')).toBe(0);
  expect(printed).toEqual(['every queue is empty']);
  await expect(runDeadLetters(['list', '--data', join(folder, 'other')])).rejects.toThrow(/name the host's folder/);
});

test('a stage in AWS needs its Region, and is no data directory', async () => {
  vi.stubEnv('AWS_REGION', undefined);
  await expect(runDeadLetters(['list', '--stage', 'prod'])).rejects.toThrow(/--region/);
  await expect(runDeadLetters(['list', '--stage', 'prod', '--data', folder])).rejects.toThrow(/Either --data/);
  vi.unstubAllEnvs();
});

test.each([
  [['--help'], 0],
  [[], 1],
  [['redrive'], 1],
  [['list', 'webhooks'], 1],
  [['empty'], 1],
] as const)('%j shows how it is used and ends with %i', async (args, code) => {
  expect(await runDeadLetters([...args])).toBe(code);
  expect(printed.join('\n')).toContain('hems dead-letters redrive QUEUE');
});
