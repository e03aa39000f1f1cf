import { useSession } from '@hems/shared/queries/session';

/** The home, unless it is known to be none of the resident's: one that was left, or somebody else's. */
export const useOwn = (householdId: string | undefined): string | undefined => {
  const households = useSession().data?.households;
  const isKnown = households === undefined || households.some((one) => one.householdId === householdId);
  return isKnown ? householdId : undefined;
};
