import { referenceWindow, type Window } from '@hems/models/community/reference';
import type { Barred } from '@hems/models/community/standing';
import type { Table } from '../../ports/table.ts';
import { segmentOf } from '../stores/community.ts';
import { readDays } from '../stores/days.ts';
import { membersOf, membershipsOf, readProfile } from '../stores/households.ts';

/** Other households of the same people in the same kind of home in the same place. Who only looks is nobody's household. */
const besides = async (table: Table, householdId: string): Promise<string[]> => {
  const [own, members] = await Promise.all([readProfile(table, householdId), membersOf(table, householdId)]);
  const memberships = (await Promise.all(members.map(({ sub }) => membershipsOf(table, sub)))).flat();
  const living = memberships.filter(({ role }) => role !== 'viewer');
  const people = new Set(living.flatMap((one) => (one.householdId === householdId ? [one.sub] : [])));
  const others = new Set(living.filter(({ sub }) => people.has(sub)).map((one) => one.householdId));
  others.delete(householdId);
  const profiles = await Promise.all([...others].map((other) => readProfile(table, other)));
  return profiles.flatMap((other) => (own && other && segmentOf(other) === segmentOf(own) ? [other.householdId] : []));
};

/**
 * Whether a part of the home was put under a second household: the same people have another one beside it, with days in the
 * window and none in the weeks it is held against. What moved over there looks like a saving here. A split in somebody else's name
 * cannot be told from a saving by any reading.
 */
export const splitOff = async (table: Table, householdId: string, window: Window): Promise<Barred | undefined> => {
  const reference = referenceWindow(window);
  for (const other of await besides(table, householdId)) {
    const [before, now] = await Promise.all([
      readDays(table, other, [reference.from, reference.to]),
      readDays(table, other, [window.from, window.to]),
    ]);
    if (before.length === 0 && now.length > 0)
      return {
        status: 'refused',
        code: 'household-split',
        detail:
          'the same people have another household, in the same place and kind of home, since less than a year; what moved there cannot be told from a saving',
      };
  }
  return undefined;
};
