import { localDate } from '@hems/models/calendar/seoul';
import type { Clock } from '../../ports/clock.ts';
import { withGivenNames } from '../devices/given-names.ts';
import { groupsOf, readMemberships, readStanding } from '../stores/community.ts';
import type { KeyDeps } from '../stores/data-keys.ts';
import { listDevices, membersOf, readProfile } from '../stores/households.ts';
import { findPerson } from '../stores/people.ts';
import { quarantineOf } from '../stores/quarantine.ts';
import type { Subject } from './items.ts';
import { jsonList } from './section.ts';
import type { Section } from '../../ports/files.ts';

type Deps = KeyDeps & { readonly clock: Clock };

/** Who belongs to the household, by name: the addresses of the others are theirs. */
async function* members(deps: KeyDeps, { householdId, personId }: Subject): AsyncGenerator {
  for (const { sub, role } of await membersOf(deps.table, householdId)) {
    const person = await findPerson(deps, sub);
    yield { personId: sub, name: person?.name ?? '', role, isSelf: sub === personId };
  }
}

/** How the household's own memberships stood in each month; what the others saved is theirs. */
async function* standings({ table, clock }: Deps, { householdId }: Subject): AsyncGenerator {
  const today = localDate(clock.now());
  const { memberships } = await readMemberships(table, householdId);
  for (const membership of memberships)
    for (const group of groupsOf(membership, today)) {
      const standing = await readStanding(table, group, membership.memberId);
      if (standing) yield { memberId: membership.memberId, ...group, ...standing };
    }
}

/** The devices under the names that residents gave them. */
async function* devices(deps: KeyDeps, { householdId }: Subject): AsyncGenerator {
  const named = await withGivenNames(deps, householdId, await listDevices(deps.table, householdId));
  // opened, the label is the name
  for (const { deviceId, label: _opened, ...device } of named) yield { id: deviceId, ...device };
}

/** Messages of the household's devices that were kept out, as they came. */
async function* keptOut({ table }: Deps, { householdId }: Subject): AsyncGenerator {
  const profile = await readProfile(table, householdId);
  if (!profile) return;
  let cursor: string | undefined;
  do {
    const page = await quarantineOf(table, profile.telemetryId, cursor);
    yield* page.entries;
    cursor = page.cursor;
  } while (cursor !== undefined);
}

/** What is told of the household elsewhere than in its own partitions. */
export const scatteredSections = (deps: Deps, subject: Subject): Section[] => [
  { path: 'household/members.json', texts: () => jsonList(members(deps, subject)) },
  { path: 'household/devices.json', texts: () => jsonList(devices(deps, subject)) },
  { path: 'community/standings.json', texts: () => jsonList(standings(deps, subject)) },
  { path: 'readings/kept-out.json', texts: () => jsonList(keptOut(deps, subject)) },
];
