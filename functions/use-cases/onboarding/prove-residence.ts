import type { ProofState } from '@hems/shared/api/onboarding';
import { bookAttempt, sayIfLocked, takeBackAttempt, unlockAttempts } from '../attempts.ts';
import { requireMay } from '../members/require-may.ts';
import { Refused } from '../refusal.ts';
import { residenceCodesBy, residenceCodesOf, WRONG_MAX } from '../stores/attempts.ts';
import type { Member } from '../stores/households.ts';
import { NO_PROOF, proofPut, readProof, type Proof } from '../stores/proofs.ts';
import { untilWon } from '../until-won.ts';
import { alertHomes, alertProvenAt } from './alert-homes.ts';
import { askProvider, claimedAddress, lookAtCode, type Fault, type ProveDeps } from './look-at-proof.ts';
import { proofState } from './proof-state.ts';
import { codeIndexOf } from './residence-code.ts';

export type ProofAsked =
  | { readonly by: 'invitation'; readonly code: string }
  | { readonly by: 'operator' }
  | { readonly by: 'provider' };

const LOCKED = `${WRONG_MAX} codes were wrong, so no more are looked at; an operator unlocks it, ask the support`;
const locked = (): Refused => new Refused('too-many', LOCKED, 'locked');

const tellLocked = async (deps: ProveDeps, householdId: string, since: number): Promise<void> => {
  const { addressIndex } = await claimedAddress(deps, householdId);
  const once = String(since);
  await alertHomes(deps, [householdId], { what: 'residence-locked', once });
  await alertProvenAt(deps, { addressIndex, besides: householdId, what: 'residence-guessed', once });
};

/** Faults that were no guess. */
const uncounted = (fault: 'own' | 'unknown'): Refused =>
  fault === 'own'
    ? new Refused(
        'forbidden',
        'this code was made by a member of the household, who cannot vouch for it; have another operator make one',
        'own-household',
      )
    : new Refused(
        'conflict',
        'no provider can say who lives there; use a code of the building or ask the operator',
        'provider-unknown',
      );
const COUNTED: Record<Exclude<Fault, 'own' | 'unknown'>, readonly [detail: string, code: string]> = {
  wrong: ['this is not a code of your home', 'wrong-code'],
  expired: ['this code has expired; ask the building for a new one', 'code-expired'],
  used: ['you have used this code before, and each opens once; ask the building for a new one', 'code-used'],
};

const refusalOf = (fault: keyof typeof COUNTED, failures: number): Refused => {
  if (failures >= WRONG_MAX) return locked();
  const [detail, code] = COUNTED[fault];
  return new Refused('invalid', `${detail}; ${WRONG_MAX - failures} more may be tried`, code);
};

/**
 * Counts the attempt before anything is looked at, by household and by person: a person with many households has ten as well. The right one
 * unlocks the household; of the person it is only not counted, so that a code of one's own flat buys no guesses at others.
 */
const counted = async (deps: ProveDeps, member: Member, look: () => Promise<Proof | Fault>): Promise<void> => {
  const household = residenceCodesOf(member.householdId);
  const person = residenceCodesBy(member.sub);
  const failures = await bookAttempt(deps, [household, person], locked());
  const looked = await look();
  if (typeof looked === 'object') {
    await unlockAttempts(deps, [household]);
    return takeBackAttempt(deps, [person]);
  }
  if (looked === 'unknown' || looked === 'own') {
    await takeBackAttempt(deps, [household, person]);
    throw uncounted(looked);
  }
  throw refusalOf(looked, failures);
};

/** False: it was proven before. */
const tryOne = async (deps: ProveDeps, member: Member, look: () => Promise<Proof | Fault>): Promise<boolean> => {
  const { householdId, sub } = member;
  await claimedAddress(deps, householdId);
  const { proof } = await readProof(deps.table, householdId);
  if (proof.state === 'proven') return false;
  try {
    await counted(deps, member, look);
    return true;
  } catch (error) {
    const counters = [residenceCodesOf(householdId), residenceCodesBy(sub)];
    if (error instanceof Refused) await sayIfLocked(deps, counters, (since) => tellLocked(deps, householdId, since));
    throw error;
  }
};

/** Waits for an operator; who waits already keeps their place. */
const askOperator = async (deps: ProveDeps, householdId: string): Promise<false> => {
  await claimedAddress(deps, householdId);
  const { table, clock, pause } = deps;
  await untilWon(pause, async () => {
    const { proof, version } = await readProof(table, householdId);
    if (proof.state === 'proven' || proof.state === 'waiting') return;
    await table.put(
      proofPut(householdId, { ...NO_PROOF, state: 'waiting', by: 'operator', atMs: clock.now() }, version),
    );
  });
  return false;
};

const tryProof = async (deps: ProveDeps, member: Member, asked: ProofAsked): Promise<boolean> => {
  const { householdId } = member;
  if (asked.by === 'operator') return askOperator(deps, householdId);
  if (asked.by === 'provider') return tryOne(deps, member, () => askProvider(deps, member));
  const codeIndex = await codeIndexOf(deps.keys, asked.code);
  return tryOne(deps, member, () => lookAtCode(deps, householdId, codeIndex));
};

/** Proves that the household's people live where they say, or asks somebody who can. `isNew`: by this call. */
export const proveResidence = async (
  deps: ProveDeps,
  member: Member,
  asked: ProofAsked,
): Promise<{ readonly proof: ProofState; readonly isNew: boolean }> => {
  requireMay(member, 'set-home');
  const isNew = await tryProof(deps, member, asked);
  return { proof: await proofState(deps, member.householdId), isNew };
};
