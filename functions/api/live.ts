import { readLive } from '@hems/shared/api/live';
import { endpoint, http } from '../runtime/http.ts';
import { log } from '../runtime/log.ts';
import { channel, clock, ids, keys, table } from '../runtime/ports.ts';
import { readLive as read } from '../use-cases/read-live.ts';
import { watchHousehold } from '../use-cases/watch-household.ts';

/** A gateway that cannot be asked to hurry does not keep the resident from what is known. */
const watch = async (householdId: string): Promise<void> => {
  try {
    const deps = { table: await table(), channel: await channel(), clock: await clock(), ids: await ids() };
    await watchHousehold(deps, householdId);
  } catch (error) {
    log.warn(
      'the gateways could not be asked to report every 5 s',
      error instanceof Error ? error : new Error(String(error)),
    );
  }
};

export const handler = http([
  endpoint(readLive, async ({ params: { householdId } }) => {
    const [live] = await Promise.all([
      read({ table: await table(), clock: await clock(), keys: await keys() }, householdId),
      watch(householdId),
    ]);
    return live;
  }),
]);
