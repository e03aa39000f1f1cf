import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runsContract } from '../contract/runs.contract.ts';
import { openDatabase } from './database.ts';
import { embeddedRuns } from './runs.ts';

runsContract('SQLite', async () => {
  const database = openDatabase(':memory:');
  const started: PromiseWithResolvers<void>[] = [];
  const names: string[] = [];
  const execute = async () => {
    const execution = Promise.withResolvers<void>();
    started.push(execution);
    await execution.promise;
  };
  const embedded = embeddedRuns({ database, execute, say: () => undefined });
  const runs = {
    ...embedded,
    start: async (name: string, input: unknown) => {
      const isNew = await embedded.start(name, input);
      if (isNew) names.push(name);
      return isNew;
    },
  };
  const settle = async (name: string, status: string) => {
    const execution = started[names.indexOf(name)];
    if (status === 'succeeded') execution?.resolve();
    else execution?.reject(new Error('ShardsOpen'));
    await expect.poll(async () => runs.status(name), { interval: 1 }).toBe(status);
  };
  return {
    runs,
    end: settle,
    close: async () => {
      for (const execution of started) execution.resolve();
      await embedded.idle();
      await database.close();
    },
  };
});

it('an execution that was under way when the process ended has failed, and its name stays taken', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hems-runs-'));
  const open = () => {
    const database = openDatabase(join(folder, 'hems.sqlite'));
    const execute = async () => await new Promise<void>(() => undefined);
    return { database, runs: embeddedRuns({ database, execute, say: () => undefined }) };
  };
  const before = open();
  await before.runs.start('daily-2026-11-20-a1', {});
  await before.database.close();
  const after = open();
  expect(await after.runs.status('daily-2026-11-20-a1')).toBe('failed');
  expect(await after.runs.start('daily-2026-11-20-a1', {})).toBe(false);
  await after.database.close();
  await rm(folder, { recursive: true });
});
