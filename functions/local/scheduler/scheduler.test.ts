import { expect, it, vi } from 'vitest';
import { dayStart, isoSeoul } from '@hems/models/calendar/seoul';
import { lastCall, startScheduler } from './scheduler.ts';

const MIDNIGHT = dayStart('2026-11-22');
const AT_RUN = MIDNIGHT + 20 * 60_000;

it('the schedule of the daily run calls at 00:20 in Korea, and until then the call of the day before stands', () => {
  expect([AT_RUN - 1, AT_RUN, AT_RUN + 86_399_999].map((ms) => isoSeoul(lastCall(ms)))).toEqual([
    '2026-11-21T00:20:00+09:00',
    '2026-11-22T00:20:00+09:00',
    '2026-11-22T00:20:00+09:00',
  ]);
});

const aScheduler = (nowMs: number) => {
  const now = { ms: nowMs };
  const caughtUp = Promise.withResolvers<void>();
  const started: string[] = [];
  const planned: string[] = [];
  const counted: string[] = [];
  const looked: string[] = [];
  const said: string[] = [];
  const parts = {
    clock: { now: () => now.ms },
    startRun: vi.fn<(input: { scheduled: string }) => Promise<void>>(
      async ({ scheduled }) => void started.push(scheduled),
    ),
    sweepPayouts: vi.fn<() => Promise<void>>(async () => undefined),
    sendNotices: async () => undefined,
    workOutEvents: async () => undefined,
    sweepWebhooks: async () => undefined,
    reportOpenadr: async () => undefined,
    checkErasures: async () => undefined,
    publishAggregates: async () => undefined,
    startPlans: async ({ scheduled: at }: { scheduled: string }) => void planned.push(at),
    countFleet: async ({ scheduled: at }: { scheduled: string }) => void counted.push(at),
    lookInTheMorning: async ({ scheduled: at }: { scheduled: string }) => void looked.push(at),
    caughtUp: caughtUp.promise,
    say: (line: string) => void said.push(line),
    everyMs: 2,
  };
  const scheduler = startScheduler(parts);
  return { scheduler, parts, now, caughtUp, started, planned, counted, looked, said };
};

it('a host that starts in the day runs yesterday once its devices have caught up, and the next day after 00:20', async () => {
  const { now, caughtUp, started, parts, scheduler } = aScheduler(MIDNIGHT + 9 * 3_600_000);
  await expect.poll(() => parts.sweepPayouts.mock.calls.length, { interval: 1 }).toBeGreaterThan(2);
  expect(started).toEqual([]);
  caughtUp.resolve();
  await expect.poll(() => started, { interval: 1 }).toEqual(['2026-11-22T00:20:00+09:00']);
  now.ms = AT_RUN + 86_400_000;
  await expect.poll(() => started.at(-1), { interval: 1 }).toBe('2026-11-23T00:20:00+09:00');
  await scheduler.stop();
  expect(started).toHaveLength(2);
});

it('devices that stopped before they had caught up keep no day from its run', async () => {
  const { caughtUp, started, scheduler } = aScheduler(AT_RUN);
  caughtUp.reject(new Error('the demo devices stopped'));
  await expect.poll(() => started, { interval: 1 }).toHaveLength(1);
  await scheduler.stop();
});

it('a start or a sweep that fails is told and tried again', async () => {
  const { caughtUp, started, said, parts, scheduler } = aScheduler(AT_RUN);
  parts.startRun.mockRejectedValueOnce(new Error('the disk is full'));
  parts.sweepPayouts.mockRejectedValueOnce(new Error('the rail is away'));
  caughtUp.resolve();
  await expect.poll(() => started, { interval: 1 }).toHaveLength(1);
  expect(said.join('\n')).toMatch(
    /sweep failed: the rail is away[\s\S]+starting the daily run failed: the disk is full/,
  );
  await scheduler.stop();
});

it('plans are asked for once each half hour, from when the devices have caught up', async () => {
  const { now, caughtUp, planned, scheduler } = aScheduler(MIDNIGHT + 9 * 3_600_000 + 60_000);
  caughtUp.resolve();
  await expect.poll(() => planned, { interval: 1 }).toEqual(['2026-11-22T09:00:00+09:00']);
  now.ms += 29 * 60_000;
  await expect.poll(() => planned, { interval: 1 }).toHaveLength(2);
  await scheduler.stop();
  expect(planned).toEqual(['2026-11-22T09:00:00+09:00', '2026-11-22T09:30:00+09:00']);
});

it('the fleet is counted each hour, and at six it is looked whether all is as it should be: not at a start later in the day', async () => {
  const { now, caughtUp, counted, looked, scheduler } = aScheduler(MIDNIGHT + 9 * 3_600_000 + 60_000);
  caughtUp.resolve();
  await expect.poll(() => counted, { interval: 1 }).toEqual(['2026-11-22T09:00:00+09:00']);
  now.ms = MIDNIGHT + 29.5 * 3_600_000;
  await expect.poll(() => counted.at(-1), { interval: 1 }).toBe('2026-11-23T05:00:00+09:00');
  expect(looked).toEqual([]);
  now.ms = MIDNIGHT + 30 * 3_600_000;
  await expect.poll(() => looked, { interval: 1 }).toEqual(['2026-11-23T06:00:00+09:00']);
  await scheduler.stop();
  expect([counted.length, looked.length]).toEqual([3, 1]);
});
