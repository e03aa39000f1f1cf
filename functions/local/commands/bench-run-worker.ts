import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { simulatedWeather } from '../../adapters/embedded/weather.ts';
import * as ports from '../../runtime/ports.ts';
import { readRun } from '../../use-cases/runs/read-run.ts';
import { executionName, startRun } from '../../use-cases/runs/start-run.ts';
import { openDailyRun } from '../workflows/daily-run.ts';
import { BENCH_DATE, BENCH_NOW_MS, makeHomes } from './bench-run-homes.ts';

/** A process of its own for each part, so that what making the homes took is no part of the run's memory. */
const order = z.object({
  part: z.enum(['make', 'run']),
  file: z.string(),
  households: z.int(),
});

const POLL_MS = 20;

const carryOut = async (file: string) => {
  const database = openDatabase(file);
  const clock = { now: () => BENCH_NOW_MS };
  const table = sqliteTable({ database, clock });
  const dailyRun = openDailyRun({ database, before: async () => undefined, say: () => undefined });
  const { runs } = dailyRun;
  ports.clock.use(clock);
  // nobody listens: what is measured ends where it is said
  ports.bus.use({ publish: async () => undefined });
  ports.table.use(table);
  ports.weather.use(simulatedWeather(clock));
  ports.runs.use(runs);
  ports.pipeline.use({ watermark: async () => ({ deadLetters: 0 }) });
  const deps = { table, clock, runs };
  const since = performance.now();
  const cpuSince = process.cpuUsage();
  await startRun(deps, { date: BENCH_DATE, again: true });
  while ((await runs.status(executionName(BENCH_DATE, 1))) === 'running') await sleep(POLL_MS);
  const seconds = (performance.now() - since) / 1000;
  const { user, system } = process.cpuUsage(cpuSince);
  const run = await readRun(deps, BENCH_DATE);
  await dailyRun.stop();
  await database.close();
  return { seconds, cpuSeconds: (user + system) / 1e6, run };
};

process.once('message', (message) => {
  const { part, file, households } = order.parse(message);
  const work = async (): Promise<unknown> => {
    if (part === 'make') return await makeHomes(file, households);
    // of the whole process so far, which did nothing else
    return { ...(await carryOut(file)), peakMb: process.resourceUsage().maxRSS / 1024 };
  };
  void work().then(
    (answer) => process.send?.({ answer: answer ?? {} }, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
