import * as z from 'zod';
import type { LoadPlan } from './load-run.ts';

/** A device's ordinary pause between readings, and that of a watched home or a meter read often. */
const SLOW_MS = 60_000;
const FAST_MS = 10_000;

const steady = (name: string, everyMs: number, seconds: number) => ({
  name,
  order: { report: { everyMs, seconds } },
  profiled: true,
});

/** Ten thousand devices: they connect, report each minute, then each 10 s, lose the broker all at once and come back, then send ten times as much. */
export const FULL: LoadPlan = {
  kind: 'full',
  devices: 10_000,
  residents: 200,
  watchers: 10,
  warmUpMinutes: 2,
  steps: [
    { name: 'ramp', order: { ramp: { atATime: 64, everyMs: SLOW_MS, withinMs: 600_000 } }, profiled: true },
    steady('steady, each 60 s', SLOW_MS, 120),
    steady('steady, each 10 s', FAST_MS, 60),
    {
      name: 'burst: all come back at once',
      order: { away: { awayMs: 30_000, withinMs: 300_000 } },
      profiled: true,
    },
    steady('burst: a minute of ten times the readings', SLOW_MS / 10, 60),
    { name: 'settling', order: { settle: { everyMs: SLOW_MS, withinMs: 60_000 } } },
  ],
};

/** The same in small, under a minute in all. */
export const QUICK: LoadPlan = {
  kind: 'quick',
  devices: 500,
  residents: 10,
  watchers: 3,
  warmUpMinutes: 0,
  steps: [
    { name: 'ramp', order: { ramp: { atATime: 32, everyMs: FAST_MS, withinMs: 60_000 } }, profiled: true },
    steady('steady, each 10 s', FAST_MS, 10),
    { name: 'burst: all come back at once', order: { away: { awayMs: 3000, withinMs: 20_000 } }, profiled: true },
    steady('burst: ten times the readings', 1000, 5),
    { name: 'settling', order: { settle: { everyMs: SLOW_MS, withinMs: 5000 } } },
  ],
};

/** Two thousand devices for a long time, one reading each 10 s. */
export const soakPlan = (minutes: number): LoadPlan => ({
  kind: 'soak',
  devices: 2000,
  residents: 50,
  watchers: 5,
  warmUpMinutes: Math.min(5, minutes / 4),
  steps: [
    { name: 'ramp', order: { ramp: { atATime: 16, everyMs: FAST_MS, withinMs: 300_000 } } },
    { name: `steady, each 10 s`, order: { report: { everyMs: FAST_MS, seconds: minutes * 60 } } },
    { name: 'settling', order: { settle: { everyMs: SLOW_MS, withinMs: 30_000 } } },
  ],
});

/** Files that a process holds besides its connections. */
const OTHER_FILES = 300;

const report = z.object({ userLimits: z.object({ open_files: z.object({ soft: z.union([z.int(), z.string()]) }) }) });

/** As many connections as this process may open; each end of them is in a process of its own. Windows tells no limit. */
export const connectionsAllowed = (): number => {
  const told = report.safeParse(process.report.getReport());
  const limit = told.data?.userLimits.open_files.soft;
  return typeof limit === 'number' ? limit - OTHER_FILES : Number.POSITIVE_INFINITY;
};
