import { issueClaims, unlockClaims } from '@hems/shared/api/claims';
import { endpoint, http } from '../runtime/http.ts';
import { clock, ids, keys, pause, table } from '../runtime/ports.ts';
import { recordStaff } from '../runtime/staff-access.ts';
import { unlockAttempts } from '../use-cases/attempts.ts';
import { issueClaims as issue } from '../use-cases/devices/issue-claims.ts';
import { claimsOf } from '../use-cases/stores/attempts.ts';

const kept = async () => ({ table: await table(), clock: await clock(), pause });

export const handler = http([
  endpoint(issueClaims, async ({ body }) => issue({ ...(await kept()), keys: await keys(), ids: await ids() }, body)),
  endpoint(unlockClaims, async ({ body: { householdId, reason }, caller }) => {
    await recordStaff(caller, { of: [{ householdId }], what: 'claims-unlocked', why: reason });
    await unlockAttempts(await kept(), [claimsOf(householdId)]);
    return {};
  }),
]);
