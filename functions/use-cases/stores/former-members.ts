import type { Put, Table } from '../../ports/table.ts';

/**
 * Who has left which household: `U#<sub>` / `FORMER#<household>` of table `people`, in index `i1` under `FORMER#<household>`. The household
 * may still say what the person did in it, and the person's inbox what the household did, until one of the two is erased.
 */
const FORMER = 'FORMER#';

/** Written with the end of the membership. Whoever comes back and leaves again is still the one. */
export const formerPut = (householdId: string, sub: string): Put => ({
  table: 'people',
  pk: `U#${sub}`,
  sk: `${FORMER}${householdId}`,
  i1: `${FORMER}${householdId}`,
  data: {},
});

export const householdsLeftBy = async (table: Table, sub: string): Promise<string[]> => {
  const { items } = await table.query({ table: 'people', value: `U#${sub}`, prefix: FORMER });
  return items.map(({ sk }) => sk.slice(FORMER.length));
};

/** From an index, so who left in the last second may still be absent. */
export const formerMembersOf = async (table: Table, householdId: string): Promise<string[]> => {
  const { items } = await table.query({ table: 'people', by: 'i1', value: `${FORMER}${householdId}` });
  return items.map(({ pk }) => pk.slice('U#'.length));
};
