import type { ResidenceProof } from '../../ports/residence-proof.ts';
import type { Write } from '../../ports/table.ts';
import { accessEntryOf, type AccessDeps } from '../privacy/record-access.ts';
import { Refused } from '../refusal.ts';
import type { KeyDeps } from '../stores/data-keys.ts';
import { readMember, type Member } from '../stores/households.ts';
import { placeCheck, readKeptPlace } from '../stores/places.ts';
import { NO_PROOF, proofPut, readProof, type KeptProof, type Proof } from '../stores/proofs.ts';
import { codePut, readCode, type KeptCode } from '../stores/residence-codes.ts';
import { untilWon } from '../until-won.ts';
import { claimedIndex } from './address-index.ts';
import { codeUserOf } from './residence-code.ts';

export type ProveDeps = KeyDeps & AccessDeps & { readonly residence: ResidenceProof };

export const claimedAddress = async (deps: KeyDeps, householdId: string) => {
  const kept = await readKeptPlace(deps, householdId);
  const addressIndex = await claimedIndex(deps.keys, kept.place);
  if (addressIndex === undefined) throw new Refused('conflict', 'say first where the home is', 'no-place');
  return { kept, addressIndex };
};
type Claimed = Awaited<ReturnType<typeof claimedAddress>>;

type Proving = {
  readonly proof: KeptProof;
  readonly kept: Claimed['kept'];
  readonly by: Proof['by'];
  readonly more?: readonly Write[];
};

/** Proven of the address that is claimed at this moment, or nothing is written. */
const writeProven = async (
  { table, clock }: ProveDeps,
  householdId: string,
  { proof, kept, by, more = [] }: Proving,
): Promise<Proof> => {
  const proven: Proof = { ...NO_PROOF, state: 'proven', by, atMs: clock.now() };
  await table.transact([
    { put: proofPut(householdId, proven, proof.version) },
    { check: placeCheck(householdId, kept) },
    ...more,
  ]);
  return proven;
};

/** `own`: made by a member of the household. */
export type Fault = 'wrong' | 'expired' | 'used' | 'own' | 'unknown';

/** What is wrong with a code; undefined: nothing. A code of another flat, and one that somebody else has used, are as wrong as one that never was. */
const judge = (
  code: KeptCode | undefined,
  { addressIndex, user, nowMs }: { addressIndex: string; user: string; nowMs: number },
): Fault | undefined => {
  if (code?.addressIndex !== addressIndex) return 'wrong';
  if (code.usedBy !== null) return code.usedBy === user ? 'used' : 'wrong';
  return nowMs < code.expiresMs ? undefined : 'expired';
};

/** Which operator's code it was stands in the access log with the proof: who can make codes can make one for any flat. */
const proveByCode = async (
  deps: ProveDeps,
  householdId: string,
  { code, user, ...proving }: Omit<Proving, 'by' | 'more'> & { readonly code: KeptCode; readonly user: string },
): Promise<Proof> => {
  const entry = await accessEntryOf(deps, {
    householdId,
    who: { kind: 'staff', id: code.issuedBy },
    what: 'residence-proven-by-code',
    why: 'made the code of the building that was entered',
  });
  if (!entry) throw new Refused('not-found', 'this household does not exist any more', 'erased');
  const more = [{ put: codePut({ ...code, usedBy: user }) }, ...entry.writes];
  const proven = await writeProven(deps, householdId, { ...proving, by: 'invitation', more });
  await entry.tell();
  return proven;
};

/** What is looked at is read anew at each try, so of two households that send one code at once one is too late. */
export const lookAtCode = (deps: ProveDeps, householdId: string, codeIndex: string): Promise<Proof | Fault> =>
  untilWon(deps.pause, async () => {
    const { table, keys, clock } = deps;
    const proof = await readProof(table, householdId);
    if (proof.proof.state === 'proven') return proof.proof;
    const { kept, addressIndex } = await claimedAddress(deps, householdId);
    const [code, user] = await Promise.all([readCode(table, codeIndex), codeUserOf(keys, householdId)]);
    const fault = judge(code, { addressIndex, user, nowMs: clock.now() });
    if (!code || fault) return fault ?? 'wrong';
    if (await readMember(table, householdId, code.issuedBy)) return 'own';
    return proveByCode(deps, householdId, { proof, kept, code, user });
  });

/** What the provider says is of the person who asks, not of a secret to guess; a no is counted all the same. */
export const askProvider = (deps: ProveDeps, { householdId, sub }: Member): Promise<Proof | Fault> =>
  untilWon(deps.pause, async () => {
    const proof = await readProof(deps.table, householdId);
    if (proof.proof.state === 'proven') return proof.proof;
    const { kept, addressIndex } = await claimedAddress(deps, householdId);
    const said = await deps.residence.check({ sub, householdId, addressIndex });
    if (said === 'lives-there') return writeProven(deps, householdId, { proof, kept, by: 'provider' });
    return said === 'unknown' ? 'unknown' : 'wrong';
  });
