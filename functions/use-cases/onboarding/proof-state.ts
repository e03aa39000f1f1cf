import type { ProofState } from '@hems/shared/api/onboarding';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { isLocked, readAttempts, residenceCodesOf, WRONG_MAX } from '../stores/attempts.ts';
import { readProof } from '../stores/proofs.ts';

/** How a household stands with its proof, and how many codes it may still try. */
export const proofState = async (
  { table, clock }: { readonly table: Table; readonly clock: Clock },
  householdId: string,
): Promise<ProofState> => {
  const [{ proof }, attempts] = await Promise.all([
    readProof(table, householdId),
    readAttempts(table, residenceCodesOf(householdId), clock.now()),
  ]);
  const { state, by, reason } = proof;
  return { state, by, attemptsLeft: Math.max(0, WRONG_MAX - attempts.failures), locked: isLocked(attempts), reason };
};
