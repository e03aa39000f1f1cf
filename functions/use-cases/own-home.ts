import type { Table } from '../ports/table.ts';
import { Refused } from './refusal.ts';
import { readProof } from './stores/proofs.ts';

/**
 * Keeps everything from outside away from a home that somebody opened to look around: nobody has proved that they live there, so no meter,
 * person, programme, file or money may come to it. The homes that a local host begins with are its operator's, proven as such.
 */
export const requireOwnHome = async (table: Table, householdId: string): Promise<void> => {
  const { proof } = await readProof(table, householdId);
  if (proof.by === 'demo')
    throw new Refused(
      'conflict',
      'this is a demo home, to look at; open a household of your own for this',
      'demo-home',
    );
};
