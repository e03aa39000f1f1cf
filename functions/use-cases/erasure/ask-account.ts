import { Refused } from '../refusal.ts';
import { householdsLeftBy } from '../stores/former-members.ts';
import { askOnce, householdScope, pointedAt, type AskDeps, type Asked, type Begun } from './ask.ts';
import { checkBalance } from './balance.ts';
import { fatesOf, named, type Fate } from './fates.ts';
import { sessionsEnd } from './sessions-end.ts';

const STAFF = ['operator', 'auditor'];
/** What an erasure begins with is one transaction: four writes, and three for each household. */
const MOST_HOMES = 30;

const requireResident = (groups: readonly string[]): void => {
  if (groups.some((group) => STAFF.includes(group)))
    throw new Refused(
      'conflict',
      'what staff did stays on record under their account; ask an administrator to end it',
      'staff-account',
    );
};

const requirePossible = (fates: readonly Fate[]): void => {
  const orphaned = named(fates, 'needs-owner');
  if (orphaned.length > 0)
    throw new Refused(
      'conflict',
      `you are the last owner of ${orphaned.join(', ')}, where others live too; make one of them an owner, or erase the household first`,
      'last-owner',
    );
  if (fates.length > MOST_HOMES)
    throw new Refused(
      'conflict',
      `you are a member of ${fates.length} households; leave some first, ${MOST_HOMES} go at once`,
      'too-many-homes',
    );
};

/** A person has the account erased, and with it every household that has nobody else. Whoever they shared others with stays there. */
export const askAccount = (
  deps: AskDeps,
  { sub, groups }: { readonly sub: string; readonly groups: readonly string[] },
  asked: Asked,
): Promise<Begun> => {
  const { table, clock } = deps;
  const { erasureId, forfeit } = asked;
  const of = { person: sub };
  return askOnce(deps, {
    sub,
    asked,
    pointedBy: () => pointedAt(table, of, sub),
    // an account that is gone asks for nothing any more
    isSame: async (_subject, scope) => scope?.person === sub,
    decide: async () => {
      requireResident(groups);
      const nowMs = clock.now();
      const fates = await fatesOf(table, { sub, erasureId, nowMs });
      requirePossible(fates);
      const going = named(fates, 'goes');
      const checks = await Promise.all(going.map((householdId) => checkBalance(table, householdId, asked)));
      const households = await Promise.all(going.map((householdId) => householdScope(deps, householdId)));
      const leaves = [...new Set([...named(fates, 'stays'), ...(await householdsLeftBy(table, sub))])];
      return {
        of,
        scope: { households, person: sub, leaves, forfeit, askedBy: sub },
        writes: [
          ...fates.flatMap(({ writes }) => writes),
          ...checks.flat().map((check) => ({ check })),
          { put: sessionsEnd(sub, nowMs) },
        ],
      };
    },
  });
};
