import { changeAccount, readAccount, signOutEverywhere } from '@hems/shared/api/account';
import { endpoint, http } from '../runtime/http.ts';
import { clock, identity, keys, pause, table } from '../runtime/ports.ts';
import { changeAccount as change, endSessions, readAccount as read } from '../use-cases/account/account.ts';

const people = async () => ({ table: await table(), keys: await keys(), identity: await identity(), pause });

export const handler = http([
  endpoint(readAccount, async ({ caller }) => read(await people(), caller)),
  endpoint(changeAccount, async ({ caller, body }) => change(await people(), caller, body)),
  endpoint(signOutEverywhere, async ({ caller }) =>
    endSessions({ table: await table(), clock: await clock(), pause, identity: await identity() }, caller),
  ),
]);
