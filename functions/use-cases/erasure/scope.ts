import type { Table } from '../../ports/table.ts';
import type { Pause } from '../../ports/pause.ts';
import { readMemberships } from '../stores/community.ts';
import { readScope, scopePut, type HouseholdScope, type Scope } from '../stores/erasures.ts';
import { formerMembersOf } from '../stores/former-members.ts';
import { listGateways } from '../stores/gateways.ts';
import { listDevices, membersOf, readProfile } from '../stores/households.ts';
import { untilWon } from '../until-won.ts';

const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])].toSorted();

/** What leads to the household in places of its own, added to what was found before: an item that is gone takes nothing out of it. */
const withWhatIsThere = async (table: Table, before: HouseholdScope): Promise<HouseholdScope> => {
  const { householdId } = before;
  const [devices, gateways, { memberships }, members, former] = await Promise.all([
    listDevices(table, householdId),
    listGateways(table, householdId),
    readMemberships(table, householdId),
    membersOf(table, householdId),
    formerMembersOf(table, householdId),
  ]);
  const known = new Map([...before.memberships, ...memberships].map((one) => [one.memberId, one]));
  return {
    ...before,
    devices: union(
      before.devices,
      devices.map(({ deviceId }) => deviceId),
    ),
    // gateways have items of their own beside being named by their devices
    gateways: union(
      before.gateways,
      [...gateways, ...devices].map(({ gateway }) => gateway),
    ),
    memberships: [...known.values()].map(({ memberId, segment, joinedOn }) => ({ memberId, segment, joinedOn })),
    people: union(before.people, [...former, ...members.map(({ sub }) => sub)]),
  };
};

/** A household as it is at the time it is asked for; undefined: there is none of this id. */
export const scopeOf = async (
  table: Table,
  { householdId, pseudonym }: { readonly householdId: string; readonly pseudonym: string },
): Promise<HouseholdScope | undefined> => {
  const profile = await readProfile(table, householdId);
  if (!profile) return undefined;
  const { telemetryId } = profile;
  const nothing = { gateways: [], devices: [], memberships: [], people: [] };
  return withWhatIsThere(table, { householdId, telemetryId, pseudonym, ...nothing });
};

/** Rewrites the scope as `change` says; what it decides on it reads anew after a lost race. */
export const changeScope = (
  { table, pause }: { readonly table: Table; readonly pause: Pause },
  erasureId: string,
  change: (before: Scope) => Scope | Promise<Scope>,
): Promise<Scope> =>
  untilWon(pause, async () => {
    const kept = await readScope(table, erasureId);
    if (!kept) throw new Error(`there is nothing to erase any more for ${erasureId}`);
    const scope = await change(kept.scope);
    await table.put(scopePut(erasureId, { ...kept, scope }));
    return scope;
  });

/** Writes down what is there now before any of it goes. */
export const completeScope = (
  deps: { readonly table: Table; readonly pause: Pause },
  erasureId: string,
): Promise<Scope> =>
  changeScope(deps, erasureId, async (before) => ({
    ...before,
    households: await Promise.all(before.households.map((one) => withWhatIsThere(deps.table, one))),
  }));

/** The ids by which anybody could find the subject again. */
export const idsOf = ({ households, person }: Scope): string[] => [
  ...households.flatMap(({ householdId, telemetryId, gateways, devices, memberships }) => [
    householdId,
    telemetryId,
    ...gateways,
    ...devices,
    ...memberships.map(({ memberId }) => memberId),
  ]),
  ...(person === null ? [] : [person]),
];
