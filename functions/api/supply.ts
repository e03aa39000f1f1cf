import { readSupply, setSupply } from '@hems/shared/api/supply';
import { endpoint, http } from '../runtime/http.ts';
import { clock, table } from '../runtime/ports.ts';
import { readSupply as read } from '../use-cases/read-supply.ts';
import { Refused } from '../use-cases/refusal.ts';
import { setSupply as set } from '../use-cases/set-supply.ts';

export const handler = http([
  endpoint(readSupply, async ({ params: { householdId } }) =>
    read({ table: await table(), clock: await clock() }, householdId),
  ),
  endpoint(setSupply, async ({ member, body }) => {
    if (!member) throw new Refused('forbidden', 'you are not a member of this household');
    return set({ table: await table(), clock: await clock() }, member, body);
  }),
]);
