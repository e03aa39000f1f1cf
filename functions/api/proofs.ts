import { decideProof, issueCodes, listProofs } from '@hems/shared/api/proofs';
import { endpoint, http } from '../runtime/http.ts';
import { measure } from '../runtime/metrics.ts';
import { clock, ids, keys, table } from '../runtime/ports.ts';
import { accessDeps, asStaff } from '../runtime/staff-access.ts';
import { decideProof as decide } from '../use-cases/onboarding/decide-proof.ts';
import { issueCodes as issue } from '../use-cases/onboarding/issue-codes.ts';
import { listProofs as list } from '../use-cases/onboarding/list-proofs.ts';

export const handler = http([
  endpoint(listProofs, async ({ caller, query }) => list(await accessDeps(), asStaff(caller), query)),
  endpoint(decideProof, async ({ params, body, caller }) => {
    const deps = { ...(await accessDeps()), keys: await keys() };
    const decided = await decide(deps, { ...params, ...body, who: asStaff(caller) });
    if (body.decision === 'approve') measure('HouseholdsJoined', 1);
    return decided;
  }),
  endpoint(issueCodes, async ({ body, caller }) => {
    const deps = { table: await table(), clock: await clock(), ids: await ids(), keys: await keys() };
    return issue(deps, body, caller.sub);
  }),
]);
