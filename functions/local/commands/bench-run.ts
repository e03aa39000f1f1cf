import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { run } from '@hems/shared/api/runs';

const figures = z.object({
  seconds: z.number(),
  cpuSeconds: z.number(),
  peakMb: z.number(),
  storedBytes: z.int(),
  run,
});
const ingested = z.object({ seconds: z.number(), cpuSeconds: z.number() });
export type RunFigures = {
  readonly households: number;
  readonly seconds: number;
  /** of all its threads; on a machine that does something else as well this is the figure to compare */
  readonly cpuSeconds: number;
  readonly peakMb: number;
  /** one reading of every household taken */
  readonly ingest: z.infer<typeof ingested>;
  /** the database file with all of it */
  readonly storedBytes: number;
};

const inProcess = async (
  part: 'make' | 'ingest' | 'run',
  place: { file: string; households: number },
): Promise<unknown> => {
  const worker = fork(join(import.meta.dirname, 'bench-run-worker.ts'));
  const exited = once(worker, 'exit').then(([code]: unknown[]) => {
    throw new Error(`the bench of the daily run ended with ${String(code)}; the lines above say why`);
  });
  worker.send({ part, ...place });
  const messages = z.tuple([z.object({ answer: z.unknown() })], z.unknown());
  const [{ answer }] = messages.parse(await Promise.race([once(worker, 'message'), exited]));
  exited.catch(() => undefined);
  return answer;
};

/**
 * A full daily run on the embedded store, the last night of a month: state machine, every stage, ranking and report. The homes are made
 * before the clock starts and in another process, so the peak memory is that of the run.
 */
export const benchRun = async (folder: string, households: number): Promise<RunFigures> => {
  const file = join(folder, `run-${households}.sqlite`);
  await inProcess('make', { file, households });
  const ingest = ingested.parse(await inProcess('ingest', { file, households }));
  const { run: report, ...measured } = figures.parse(await inProcess('run', { file, households }));
  if (report.state !== 'succeeded' || report.households !== households)
    throw new Error(`the run of the bench went wrong: ${JSON.stringify(report)}`);
  for (const ending of ['', '-wal', '-shm']) await rm(file + ending, { force: true });
  return { households, ...measured, ingest };
};

const whole = (n: number): string => Math.round(n).toLocaleString('en');

/** A line for a size, with what became of time when the homes became more. */
export const runLine = (now: RunFigures, before: RunFigures | undefined): string => {
  const { households, seconds, cpuSeconds, peakMb } = now;
  const line = `daily run, ${whole(households)} households: ${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} s of CPU, ${((1000 * cpuSeconds) / households).toFixed(1)} ms each), peak ${whole(peakMb)} MB`;
  if (!before) return line;
  const times = (name: 'households' | 'seconds' | 'cpuSeconds'): string => (now[name] / before[name]).toFixed(1);
  return `${line}; ${times('households')} times the homes: ${times('seconds')} times the time, ${times('cpuSeconds')} times the CPU`;
};
