import type { Household } from '@hems/shared/api/session';
import type { Table } from '../ports/table.ts';
import { membershipsOf, readMember, readProfile } from './stores/households.ts';

/** The households a resident belongs to. The index may lag, so each membership is read again at its source. */
export const readHouseholds = async (table: Table, sub: string): Promise<Household[]> => {
  const memberships = await membershipsOf(table, sub);
  const households = await Promise.all(
    memberships.map(async ({ householdId }): Promise<Household[]> => {
      const [member, profile] = await Promise.all([
        readMember(table, householdId, sub),
        readProfile(table, householdId),
      ]);
      if (!member || !profile) return [];
      const { name, buildingType, origin } = profile;
      return [{ householdId, name, buildingType, role: member.role, ...(origin && { origin }) }];
    }),
  );
  return households.flat();
};
