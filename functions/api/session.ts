import { readSession } from '@hems/shared/api/session';
import { endpoint, http } from '../runtime/http.ts';
import { keys, table } from '../runtime/ports.ts';
import { readHouseholds } from '../use-cases/read-session.ts';

export const handler = http([
  endpoint(readSession, async ({ caller }) => ({
    sub: caller.sub,
    households: await readHouseholds({ table: await table(), keys: await keys() }, caller.sub),
  })),
]);
