import type { Table, Write } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import { notErasing, readPointer, type Erased } from '../stores/erasures.ts';

/** Refuses what would leave something behind of a household or a person that is being erased. Answers the check that goes with the write. */
export const refuseErasing = async (table: Table, of: Erased): Promise<Write> => {
  if (await readPointer(table, of)) {
    const what = 'household' in of ? 'the household' : 'your account';
    throw new Refused('conflict', `${what} is being erased`, 'being-erased');
  }
  return { check: notErasing(of) };
};
