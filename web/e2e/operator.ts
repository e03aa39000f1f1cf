import { setTimeout as pause } from 'node:timers/promises';
import { readRun, startRun } from '@hems/shared/api/runs';
import { createClient, type Call } from '@hems/shared/client/client';
import { signIn } from '../../functions/local/commands/sign-in.ts';
import { OPERATOR } from '../../functions/local/identity/users.ts';
import type { Host } from './host.ts';

/** The operator's way in, as the `hems` commands go. A token opens it for five minutes. */
export const operatorOf = async ({ origin }: Host): Promise<Call> => {
  const { access_token: token } = await signIn({ origin, email: OPERATOR.email, password: OPERATOR.password });
  return createClient({ apiBase: origin, accessToken: async () => token });
};

const POLL_MS = 200;

/** Resolves when a run of the day that began after this call has ended well. The host's own schedule may be at it. */
export const runDay = async (operator: Call, date: string): Promise<void> => {
  const place = { params: { date } };
  const ended = async () => {
    for (;;) {
      const run = await operator(readRun, place);
      if (run.state !== 'running') return run;
      await pause(POLL_MS);
    }
  };
  const start = async () => await operator(startRun, place);
  await start().catch(async () => {
    await ended();
    return await start();
  });
  const { state, openShards } = await ended();
  if (state !== 'succeeded') throw new Error(`the run of ${date} has failed: ${JSON.stringify(openShards)}`);
};
