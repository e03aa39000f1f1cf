import { eraseAccount, eraseHousehold, readErasure, settleErasure } from '@hems/shared/api/erasures';
import { endpoint, http } from '../runtime/http.ts';
import { measure } from '../runtime/metrics.ts';
import { clock, erasures, ids, pause, table } from '../runtime/ports.ts';
import type { Begun } from '../use-cases/erasure/ask.ts';
import { askAccount } from '../use-cases/erasure/ask-account.ts';
import { askHousehold } from '../use-cases/erasure/ask-household.ts';
import { readErasure as read } from '../use-cases/erasure/read-erasure.ts';
import { settleErasure as settle } from '../use-cases/erasure/settle-erasure.ts';

const deps = async () => ({
  table: await table(),
  clock: await clock(),
  pause,
  ids: await ids(),
  erasures: await erasures(),
});

const told = ({ report, begun }: Begun) => {
  if (begun > 0) measure('HouseholdsErased', begun);
  return report;
};

export const handler = http([
  endpoint(eraseHousehold, async ({ caller, body: { householdId, erasureId, forfeit = false } }) =>
    told(await askHousehold(await deps(), caller.sub, { householdId, erasureId, forfeit })),
  ),
  endpoint(eraseAccount, async ({ caller, body: { erasureId, forfeit = false } }) =>
    told(await askAccount(await deps(), caller, { erasureId, forfeit })),
  ),
  endpoint(readErasure, async ({ params }) =>
    read({ table: await table(), erasures: await erasures() }, params.erasureId),
  ),
  endpoint(settleErasure, async ({ params, body }) => settle(await deps(), params.erasureId, body.balance)),
]);
