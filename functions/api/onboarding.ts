import {
  confirmSupply,
  guessSupply,
  openHousehold,
  proveResidence,
  readOnboarding,
  setPlace,
} from '@hems/shared/api/onboarding';
import { endpoint, http } from '../runtime/http.ts';
import { measure } from '../runtime/metrics.ts';
import { bus, clock, ids, keys, pause, residence, table } from '../runtime/ports.ts';
import { requireMember } from '../use-cases/members/require-may.ts';
import { confirmSupply as confirm, guessSupply as guess } from '../use-cases/onboarding/confirm-supply.ts';
import { openHousehold as open } from '../use-cases/onboarding/open-household.ts';
import { proveResidence as prove } from '../use-cases/onboarding/prove-residence.ts';
import { readOnboarding as read } from '../use-cases/onboarding/read-onboarding.ts';
import { setPlace as place } from '../use-cases/onboarding/set-place.ts';

const stores = async () => ({ table: await table(), keys: await keys(), clock: await clock(), pause });

export const handler = http([
  endpoint(openHousehold, async ({ caller, body }) =>
    open({ ...(await stores()), ids: await ids() }, caller.sub, body),
  ),
  endpoint(readOnboarding, async ({ params }) => read(await stores(), params.householdId)),
  endpoint(setPlace, async (request) => {
    const deps = { ...(await stores()), bus: await bus() };
    await place(deps, requireMember(request.member), request.body);
    return read(deps, request.params.householdId);
  }),
  endpoint(guessSupply, async ({ params, body }) => guess(await stores(), params.householdId, body)),
  endpoint(confirmSupply, async (request) => {
    const deps = await stores();
    await confirm(deps, requireMember(request.member), request.body);
    return read(deps, request.params.householdId);
  }),
  endpoint(proveResidence, async (request) => {
    const deps = { ...(await stores()), bus: await bus(), residence: await residence() };
    const { proof, isNew } = await prove(deps, requireMember(request.member), request.body);
    if (isNew) measure('HouseholdsJoined', 1);
    return proof;
  }),
]);
