import type { IngestDeps } from '../use-cases/ingest/ingest.ts';
import { env } from './env.ts';
import { lenientBus } from './lenient-bus.ts';
import { bus, clock, directory, pause, table, telemetry } from './ports.ts';

/** What ingest works with, here: under `timestream` and without a stream the rule's own action writes each `reading` to the history. */
export const ingestDeps = async (): Promise<IngestDeps> => ({
  table: await table(),
  telemetry: await telemetry(),
  directory: await directory(),
  clock: await clock(),
  readingHistory: env().TELEMETRY_STORE === 'timestream' && env().INGEST_MODE === 'direct' ? 'rule-action' : 'ours',
  pause,
  bus: lenientBus(await bus()),
});
