import { expect, test } from 'vitest';
import { dayStart } from '@hems/models/calendar/seoul';
import type { RunStatus } from '../../ports/runs.ts';
import { aWorld } from '../../testing/world.ts';
import { lateDateOf } from '../ingest/late-date.ts';
import { startRun } from './start-run.ts';

const DATE = '2026-11-21';
const MIDNIGHT = dayStart('2026-11-22');
const MINUTE = 60_000;

const aStart = async () => {
  const world = await aWorld();
  const started = new Map<string, RunStatus>();
  const runs = {
    start: async (name: string) => {
      started.set(name, 'running');
      return true;
    },
    status: async (name: string) => started.get(name),
  };
  return {
    started,
    at: async (nowMs: number) => {
      world.clock.set(nowMs);
      return await startRun({ ...world, runs }, { date: DATE, again: true });
    },
  };
};

test('the run of a day cannot start while its last readings may still be under way, and it says from when on it can', async () => {
  const start = await aStart();
  const from = 'its run can start from 2026-11-22T00:17:00+09:00 on';
  await expect(start.at(MIDNIGHT - 1)).rejects.toThrow(`2026-11-21 is not over yet; ${from}`);
  for (const nowMs of [MIDNIGHT, MIDNIGHT + 17 * MINUTE - 1])
    await expect(start.at(nowMs)).rejects.toThrow(`the last readings of 2026-11-21 may still be under way; ${from}`);
  expect(start.started.size).toBe(0);
  expect((await start.at(MIDNIGHT + 17 * MINUTE)).run).toEqual({ date: DATE, attempt: 1, since: 1 });
});

test('a reading of the day, or one of the hour after it that others overtook, that comes once the run can start is marked for the next', () => {
  const unmarked: string[] = [];
  for (let fromMinute = -120; fromMinute <= 60; fromMinute += 1)
    for (let tookMinutes = 3; tookMinutes <= 90; tookMinutes += 1) {
      const [ts, nowMs] = [MIDNIGHT + fromMinute * MINUTE, MIDNIGHT + (fromMinute + tookMinutes) * MINUTE];
      if (nowMs >= MIDNIGHT + 15 * MINUTE && lateDateOf(ts, nowMs) !== DATE)
        unmarked.push(`of minute ${fromMinute}, under way for ${tookMinutes}`);
    }
  expect(unmarked).toEqual([]);
});
