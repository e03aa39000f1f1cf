import type { Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import { pointerWrite, readPointer } from '../stores/erasures.ts';
import { membersOf, readProfile, type Member } from '../stores/households.ts';
import { readRoster, rosterPut } from '../stores/rosters.ts';
import { askOnce, householdScope, pointedAt, type AskDeps, type Asked, type Begun } from './ask.ts';
import { checkBalance } from './balance.ts';

type Asking = Asked & { readonly householdId: string };

const requireOwner = (members: readonly Member[], sub: string): void => {
  const member = members.find((one) => one.sub === sub);
  if (!member) throw new Refused('forbidden', 'you are not a member of this household', 'no-member');
  if (member.role !== 'owner')
    throw new Refused(
      'forbidden',
      `a ${member.role} may not erase the household; ask an owner of it, or leave it`,
      'role',
    );
};

/** No owner takes the home away from another one. */
const requireAlone = (members: readonly Member[], sub: string): void => {
  const others = members.filter((one) => one.role === 'owner' && one.sub !== sub);
  if (others.length > 0)
    throw new Refused(
      'conflict',
      `the household has ${others.length} other owner(s); a home is erased by its only owner: they leave or become members first, or you leave it to them`,
      'other-owners',
    );
};

const requireOpen = async (table: Table, householdId: string): Promise<void> => {
  if (await readPointer(table, { household: householdId }))
    throw new Refused('conflict', 'the household is being erased already', 'being-erased');
};

/** Its only owner has the household erased; asking again while it is under way is answered too, although nobody is a member any more. */
export const askHousehold = (deps: AskDeps, sub: string, asked: Asking): Promise<Begun> => {
  const { table } = deps;
  const { householdId, erasureId, forfeit } = asked;
  const of = { household: householdId };
  return askOnce(deps, {
    sub,
    asked,
    pointedBy: () => pointedAt(table, of, sub),
    isSame: async (subject, scope) => {
      if (scope)
        return (
          scope.person === null &&
          scope.askedBy === sub &&
          scope.households.some((one) => one.householdId === householdId)
        );
      return subject === 'household' && (await readProfile(table, householdId)) === undefined;
    },
    decide: async () => {
      // the roster before the members: who becomes an owner in between moves it
      const roster = await readRoster(table, householdId);
      const members = await membersOf(table, householdId);
      requireOwner(members, sub);
      await requireOpen(table, householdId);
      requireAlone(members, sub);
      const checks = await checkBalance(table, householdId, asked);
      const household = await householdScope(deps, householdId);
      return {
        of,
        scope: { households: [household], person: null, leaves: [], forfeit, askedBy: sub },
        writes: [
          { put: rosterPut(householdId, roster) },
          pointerWrite(of, { erasureId, askedBy: sub }),
          ...checks.map((check) => ({ check })),
        ],
      };
    },
  });
};
