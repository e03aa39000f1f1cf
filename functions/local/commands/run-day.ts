import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { localDate } from '@hems/shared/api/nouns';
import { readRun, startRun, type Run } from '@hems/shared/api/runs';
import { asOperator, callRoute } from './local-host.ts';
import { reportOf } from './run-report.ts';
import { CommandRefused } from './sign-in.ts';

const USAGE = `hems run-day YYYY-MM-DD [--json]
Starts the daily run of a day that is over, as the operator, follows it and prints what moved and why. A run
that left shards open goes on over those; one that is finished is gone through again and writes what has changed since.
Ends with 1 when a shard is open or the ranking is not complete.`;

const OPTIONS = { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } as const;
const POLL_MS = 500;
/** A token opens the API for five minutes; a run may take longer. */
const TOKEN_MS = 4 * 60_000;

/** The command `hems run-day`. */
export const runDay = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [text = '', ...more] = positionals;
  if (values.help || text === '' || more.length > 0) {
    console.log(USAGE);
    return values.help ? 0 : 1;
  }
  const date = localDate.safeParse(text);
  if (!date.success) throw new CommandRefused(`"${text}" is not a date of the calendar; write it as 2026-11-20.`);
  const params = { date: date.data };
  const { attempt, shards } = await callRoute({ ...(await asOperator()), params, route: startRun });
  if (!values.json) console.log(`daily run of ${date.data}, attempt ${attempt}, over ${shards} shards …`);
  const run = await follow(params);
  console.log(values.json ? JSON.stringify(run, undefined, 2) : reportOf(run).join('\n'));
  return run.state === 'succeeded' ? 0 : 1;
};

/** Asks until the run has ended. */
const follow = async (params: { readonly date: string }): Promise<Run> => {
  let operator = await asOperator();
  let renewAt = performance.now() + TOKEN_MS;
  for (;;) {
    if (performance.now() >= renewAt) {
      operator = await asOperator();
      renewAt = performance.now() + TOKEN_MS;
    }
    const run = await callRoute({ ...operator, params, route: readRun });
    if (run.state !== 'running') return run;
    await sleep(POLL_MS);
  }
};
