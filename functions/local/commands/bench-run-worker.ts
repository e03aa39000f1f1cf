import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { blocksTelemetryStore } from '../../adapters/blocks/telemetry-store.ts';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { simulatedWeather } from '../../adapters/embedded/weather.ts';
import { handler as ingest } from '../../events/ingest.ts';
import * as ports from '../../runtime/ports.ts';
import { directory } from '../../use-cases/directory.ts';
import { readRun } from '../../use-cases/runs/read-run.ts';
import { executionName, startRun } from '../../use-cases/runs/start-run.ts';
import { lambdaContext } from '../lambda-context.ts';
import { openDailyRun } from '../workflows/daily-run.ts';
import { BENCH_DATE, BENCH_NOW_MS, benchReading, makeHomes } from './bench-run-homes.ts';

/** A process of its own for each part, so that what making the homes took is no part of the run's memory. */
const order = z.object({
  part: z.enum(['make', 'ingest', 'run']),
  file: z.string(),
  households: z.int(),
});

const POLL_MS = 20;
/** As many messages as the local broker hands to ingest at once. */
const AT_A_TIME = 1000;

type Cost = { readonly seconds: number; readonly cpuSeconds: number };

const timed = async (work: () => Promise<void>): Promise<Cost> => {
  const [since, cpuSince] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(cpuSince);
  return { seconds: (performance.now() - since) / 1000, cpuSeconds: (user + system) / 1e6 };
};

/** One reading of every home, in the store that holds them all: what a reading costs when the homes have become many. */
const takeReadings = async (file: string, households: number): Promise<Cost> => {
  const database = openDatabase(file);
  const clock = { now: () => BENCH_NOW_MS };
  const table = sqliteTable({ database, clock });
  ports.clock.use(clock);
  ports.bus.use({ publish: async () => undefined });
  ports.table.use(table);
  ports.telemetry.use(blocksTelemetryStore(table, ports.pause));
  ports.directory.use(directory(table, clock));
  const cost = await timed(async () => {
    for (let from = 0; from < households; from += AT_A_TIME) {
      const some = Array.from({ length: Math.min(AT_A_TIME, households - from) }, (_, n) => benchReading(from + n));
      await ingest(some, lambdaContext('ingest', 600_000));
    }
  });
  await database.close();
  return cost;
};

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
  const cost = await timed(async () => {
    await startRun(deps, { date: BENCH_DATE, again: true });
    while ((await runs.status(executionName(BENCH_DATE, 1))) === 'running') await sleep(POLL_MS);
  });
  // of the whole process so far, which did nothing else
  const peakMb = process.resourceUsage().maxRSS / 1024;
  const run = await readRun(deps, BENCH_DATE);
  await dailyRun.stop();
  await database.close();
  return { ...cost, peakMb, storedBytes: (await stat(file)).size, run };
};

process.once('message', (message) => {
  const { part, file, households } = order.parse(message);
  const work = async (): Promise<unknown> => {
    if (part === 'make') return await makeHomes(file, households);
    return part === 'ingest' ? await takeReadings(file, households) : await carryOut(file);
  };
  void work().then(
    (answer) => process.send?.({ answer: answer ?? {} }, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
