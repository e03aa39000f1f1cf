import type { Table } from '../../ports/table.ts';
import { hasConsent } from '../privacy/has-consent.ts';
import { householdsIn } from '../stores/places.ts';
import { readProof } from '../stores/proofs.ts';
import type { Site } from '../stores/sites.ts';

/** The largest complexes have some thousand flats. */
const HOMES_MAX = 5000;
const AT_ONCE = 20;

/** What `read` gives of each household, so many at a time. */
export const ofEach = async <T>(
  householdIds: readonly string[],
  read: (householdId: string) => Promise<T>,
): Promise<T[]> => {
  const all: T[] = [];
  for (let from = 0; from < householdIds.length; from += AT_ONCE)
    all.push(...(await Promise.all(householdIds.slice(from, from + AT_ONCE).map(read))));
  return all;
};

/** The households in a building that have proved that they live there and agree, as of now, that its system hears of them. */
export const siteHomes = async (table: Table, { buildingIndex }: Site): Promise<string[]> => {
  const there = (await householdsIn(table, buildingIndex)).slice(0, HOMES_MAX);
  const admitted = await ofEach(there, async (householdId) => {
    if ((await readProof(table, householdId)).proof.state !== 'proven') return [];
    return (await hasConsent(table, householdId, 'bems')) ? [householdId] : [];
  });
  return admitted.flat();
};
