import { readSession } from '@hems/shared/api/session';
import { endpoint, http } from '../runtime/http.ts';
import { measure } from '../runtime/metrics.ts';
import { clock, keys, table } from '../runtime/ports.ts';
import { readHouseholds } from '../use-cases/read-session.ts';
import { noteSeen } from '../use-cases/stores/seen.ts';

export const handler = http([
  endpoint(readSession, async ({ caller }) => {
    const households = await readHouseholds({ table: await table(), keys: await keys() }, caller.sub);
    if (households.length > 0 && (await noteSeen(await table(), caller.sub, (await clock()).now())))
      measure('ResidentsActive', 1);
    return { sub: caller.sub, households };
  }),
]);
