import { readConsents, setConsent } from '@hems/shared/api/consents';
import { endpoint, http } from '../runtime/http.ts';
import { bus, channel, clock, ids, pause, table } from '../runtime/ports.ts';
import { requireMember } from '../use-cases/members/require-may.ts';
import { readConsents as read } from '../use-cases/privacy/read-consents.ts';
import { setConsent as set } from '../use-cases/privacy/set-consent.ts';

export const handler = http([
  endpoint(readConsents, async ({ caller, params: { householdId } }) =>
    read(await table(), { householdId, sub: caller.sub }),
  ),
  endpoint(setConsent, async ({ caller, params: { householdId, purpose }, body, member }) => {
    const deps = {
      table: await table(),
      clock: await clock(),
      ids: await ids(),
      bus: await bus(),
      channel: await channel(),
      pause,
    };
    await set(deps, requireMember(member), { purpose, ...body });
    return read(deps.table, { householdId, sub: caller.sub });
  }),
]);
