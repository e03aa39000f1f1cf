import type * as z from 'zod';
import type { ProofState } from '@hems/shared/api/onboarding';
import type { decideProof as route } from '@hems/shared/api/proofs';
import type { Write } from '../../ports/table.ts';
import { unlockWrites } from '../attempts.ts';
import { accessEntryOf, recordAccess, type Access, type AccessDeps } from '../privacy/record-access.ts';
import { Refused } from '../refusal.ts';
import { residenceCodesBy, residenceCodesOf } from '../stores/attempts.ts';
import type { KeyDeps } from '../stores/data-keys.ts';
import { membersOf, readMember, readProfile } from '../stores/households.ts';
import { placeCheck } from '../stores/places.ts';
import { NO_PROOF, proofPut, readProof, type KeptProof } from '../stores/proofs.ts';
import { untilWon } from '../until-won.ts';
import { addressIndexOf } from './address-index.ts';
import { alertHomes, type ResidenceAlert } from './alert-homes.ts';
import { claimedAddress } from './look-at-proof.ts';
import { proofState } from './proof-state.ts';

type DecideDeps = AccessDeps & KeyDeps;
export type Decision = z.infer<typeof route.body> & { readonly householdId: string; readonly who: Access['who'] };
type Approval = Extract<Decision, { decision: 'approve' }>;

const SAYS: Record<Decision['decision'], ResidenceAlert> = {
  approve: 'residence-approved',
  refuse: 'residence-refused',
  unlock: 'residence-unlocked',
};

/** Nobody decides where there is nothing to decide, or on their own home. */
const requireDecidable = async ({ table }: DecideDeps, { householdId, who }: Decision): Promise<void> => {
  const profile = await readProfile(table, householdId);
  if (!profile) throw new Refused('not-found', `there is no household ${householdId}`);
  if (profile.origin)
    throw new Refused('conflict', 'nobody lives in a demo home; there is nothing to decide', 'demo-home');
  if (await readMember(table, householdId, who.id))
    throw new Refused(
      'forbidden',
      'nobody decides on a household they belong to; ask another operator',
      'own-household',
    );
};

/** What an operator learns of a home without deciding on it stands in its access log as well. */
const refuseSeen = async (
  deps: DecideDeps,
  { householdId, who, reason: why }: Decision,
  { what, because }: { readonly what: string; readonly because: Refused },
): Promise<never> => {
  await recordAccess(deps, { householdId, who, what, why });
  throw because;
};

/** Of a household that waits, and at the address of the document that was shown, which is still the household's when it is written. */
const approvalWrites = async (deps: DecideDeps, decision: Approval, before: KeptProof): Promise<Write[]> => {
  const { householdId, residence } = decision;
  if (before.proof.state !== 'waiting') {
    const detail = `the household does not wait for an operator, it is ${before.proof.state}; its people have to ask first`;
    return refuseSeen(deps, decision, { what: 'look-up', because: new Refused('conflict', detail, 'not-waiting') });
  }
  const { kept, addressIndex } = await claimedAddress(deps, householdId);
  if ((await addressIndexOf(deps.keys, residence)) !== addressIndex) {
    const detail = 'the household says it is at another address than the document; nothing was approved';
    return refuseSeen(deps, decision, {
      what: 'residence-compared',
      because: new Refused('conflict', detail, 'other-address'),
    });
  }
  const proven = { ...NO_PROOF, state: 'proven', by: 'operator', atMs: deps.clock.now() } as const;
  return [{ put: proofPut(householdId, proven, before.version) }, { check: placeCheck(householdId, kept) }];
};

const proofWrites = async (deps: DecideDeps, decision: Decision): Promise<Write[]> => {
  if (decision.decision === 'unlock') return [];
  const { householdId, reason } = decision;
  const before = await readProof(deps.table, householdId);
  if (decision.decision === 'approve') return approvalWrites(deps, decision, before);
  const refused = { state: 'refused', by: 'operator', reason, atMs: deps.clock.now() } as const;
  return [{ put: proofPut(householdId, refused, before.version) }];
};

/** Of the household, and of its people wherever they tried. */
const attemptWrites = async (deps: DecideDeps, { decision, householdId }: Decision): Promise<Write[]> => {
  if (decision === 'refuse') return [];
  const people = (await membersOf(deps.table, householdId)).map(({ sub }) => residenceCodesBy(sub));
  return unlockWrites(deps, [residenceCodesOf(householdId), ...people]);
};

/**
 * An operator approves or refuses a residence, or unlocks it. The verdict is found first; then it and its entry in the access log are one
 * write, so the log says what happened.
 */
export const decideProof = async (deps: DecideDeps, decision: Decision): Promise<ProofState> => {
  await requireDecidable(deps, decision);
  const { householdId, who, reason } = decision;
  const what = SAYS[decision.decision];
  const entry = await untilWon(deps.pause, async () => {
    const writes = [...(await proofWrites(deps, decision)), ...(await attemptWrites(deps, decision))];
    const next = await accessEntryOf(deps, { householdId, who, what, why: reason });
    if (!next) throw new Refused('not-found', `there is no household ${householdId}`);
    await deps.table.transact([...writes, ...next.writes]);
    return next;
  });
  await entry.tell();
  await alertHomes(deps, [householdId], { what });
  return proofState(deps, householdId);
};
