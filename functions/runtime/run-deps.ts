import type { ShardDeps } from '../use-cases/runs/run-shard.ts';
import { clock, pause, table } from './ports.ts';

/** What the tasks of the daily run work with. */
export const runDeps = async (): Promise<ShardDeps> => ({ table: await table(), clock: await clock(), pause });
