import { listHouseholds } from '@hems/shared/api/session';
import { endpoint, http } from '../runtime/http.ts';
import { table } from '../runtime/ports.ts';
import { readHouseholds } from '../use-cases/read-session.ts';

export const handler = http([
  endpoint(listHouseholds, async ({ caller }) => ({ households: await readHouseholds(await table(), caller.sub) })),
]);
