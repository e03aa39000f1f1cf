import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { localDate } from '@hems/shared/api/nouns';
import { readRun, startRun, type Run } from '@hems/shared/api/runs';
import { callRoute, localOrigin, operatorToken } from './local-host.ts';
import { reportOf } from './run-report.ts';
import { CommandRefused, shownSignIns } from './sign-in.ts';

const USAGE = `hems run-day YYYY-MM-DD [--json]
Starts the daily run of a day that is over at the running local host, as the operator, follows it and prints what moved and why. A run
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
  const origin = localOrigin();
  // says what is in the way when no host is there
  await shownSignIns(origin);
  const place = { origin, params: { date: date.data } };
  const { attempt, shards } = await callRoute({ ...place, token: await operatorToken(origin), route: startRun });
  if (!values.json) console.log(`daily run of ${date.data}, attempt ${attempt}, over ${shards} shards …`);
  const run = await follow(place);
  console.log(values.json ? JSON.stringify(run, undefined, 2) : reportOf(run).join('\n'));
  return run.state === 'succeeded' ? 0 : 1;
};

type Place = { readonly origin: string; readonly params: { readonly date: string } };

/** Asks until the run has ended. */
const follow = async (place: Place): Promise<Run> => {
  let token = '';
  let renewAt = 0;
  for (;;) {
    if (performance.now() >= renewAt) {
      token = await operatorToken(place.origin);
      renewAt = performance.now() + TOKEN_MS;
    }
    const run = await callRoute({ ...place, token, route: readRun });
    if (run.state !== 'running') return run;
    await sleep(POLL_MS);
  }
};
