import { readRun, startRun } from '@hems/shared/api/runs';
import { correlationOfRun } from '../runtime/correlation.ts';
import { endpoint, http } from '../runtime/http.ts';
import { log } from '../runtime/log.ts';
import { clock, runs, table } from '../runtime/ports.ts';
import { readRun as read } from '../use-cases/runs/read-run.ts';
import { startRun as start } from '../use-cases/runs/start-run.ts';

export const handler = http([
  endpoint(readRun, async ({ params }) => read({ table: await table(), runs: await runs() }, params.date)),
  endpoint(startRun, async ({ params }) => {
    const deps = { table: await table(), clock: await clock(), runs: await runs() };
    const { run, shards } = await start(deps, { date: params.date, again: true });
    log.info('run started', { ...run, shards: shards.length, run_correlation_id: correlationOfRun(run) });
    return { date: run.date, attempt: run.attempt, shards: shards.length };
  }),
]);
