import type { Household } from '@hems/shared/api/session';
import type { KeyDeps } from './stores/data-keys.ts';
import { membershipsOf, readMember, readProfile } from './stores/households.ts';
import { readPlace } from './stores/places.ts';
import { parseProof, proofKey } from './stores/proofs.ts';

/** The households a resident belongs to. The index may lag, so each membership is read again at its source. */
export const readHouseholds = async (deps: KeyDeps, sub: string): Promise<Household[]> => {
  const { table } = deps;
  const memberships = await membershipsOf(table, sub);
  const households = await Promise.all(
    memberships.map(async ({ householdId }): Promise<Household[]> => {
      const [member, profile, place, proof] = await Promise.all([
        readMember(table, householdId, sub),
        readProfile(table, householdId),
        readPlace(deps, householdId),
        table.get(proofKey(householdId)),
      ]);
      if (!member || !profile) return [];
      const { buildingType, origin } = profile;
      const isProven = parseProof(proof).state === 'proven';
      const { role } = member;
      return [{ householdId, name: place.name ?? '', buildingType, role, isProven, ...(origin && { origin }) }];
    }),
  );
  return households.flat();
};
