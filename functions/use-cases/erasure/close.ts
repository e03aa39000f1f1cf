import type { Table } from '../../ports/table.ts';
import { leaveCommunity } from '../community/membership.ts';
import { readReceipt, type HouseholdScope } from '../stores/erasures.ts';
import { memberKey, membersOf } from '../stores/households.ts';
import type { EraseDeps, Erasing, StepAnswer } from './deps.ts';
import { countItems, deleteAll, eraseItems, type Part } from './erase-items.ts';
import { takeLateHomes } from './late-homes.ts';
import { changeReceipt, takeAway } from './receipt-lines.ts';
import { completeScope } from './scope.ts';
import { sessionsEnd } from './sessions-end.ts';

/**
 * No function runs longer than 15 minutes, and ingest remembers a household for half a minute. Whatever knew the household before it was
 * closed has ended after this, so what is deleted then stays deleted.
 */
const DRAIN_MS = 16 * 60_000;

/** Of a household's partition: who gets in, and who may. */
const WAYS_IN = ['MEMBER#', 'INVITATION#'];
const waysIn = ({ householdId, telemetryId }: HouseholdScope): Part[] => [
  { table: 'homes', value: `T#${telemetryId}` },
  ...WAYS_IN.map((prefix): Part => ({ table: 'homes', value: `H#${householdId}`, prefix })),
];

/** The daily run goes by the index `i2`, operators by others: an item that stays until the end leaves them. */
const leaveIndexes = async (table: Table, householdId: string): Promise<void> => {
  const profile = await table.get({ table: 'homes', pk: `H#${householdId}`, sk: 'PROFILE' });
  if (profile?.i2 === undefined) return;
  const { table: name, pk, sk, data, version } = profile;
  await table.put({ table: name, pk, sk, data, if: { version } });
};

/** Everybody else hears that their home goes, while they are members still. It names no household, so it outlives the home in their inbox. */
const tellOthers = async ({ table, bus }: EraseDeps, { erasureId, scope }: Erasing): Promise<void> => {
  const kept = await readReceipt(table, erasureId);
  if (!kept || kept.receipt.closedMs !== null) return;
  const { askedMs: atMs } = kept.receipt;
  const members = await Promise.all(scope.households.map(({ householdId }) => membersOf(table, householdId)));
  const others = members.flat().filter(({ sub }) => sub !== scope.askedBy);
  const detail = { atMs, key: `home-erased:${atMs}`, facts: { what: 'home-erased' } };
  if (others.length > 0)
    await bus.publish(others.map(({ sub }) => ({ type: 'security.alert', detail: { ...detail, personId: sub } })));
};

/**
 * Nothing comes in, nobody gets in, nothing is derived any more. The way in from the telemetry id goes first. Gateways end here and once more
 * when all is still: one may be claimed or provisioned at this very moment.
 */
const closeHouseholds = async (deps: EraseDeps, { erasureId, scope: { households } }: Erasing): Promise<void> => {
  const { table } = deps;
  const parts = households.flatMap(waysIn);
  await takeAway(deps, erasureId, {
    name: 'ways in',
    going: { store: 'homes' },
    count: () => countItems(table, parts),
    work: async () => {
      await eraseItems(table, parts);
      // of who has left the item is over, and no read finds it, but it is there still
      await deleteAll(
        table,
        households.flatMap(({ householdId, people }) => people.map((sub) => memberKey(householdId, sub))),
      );
      return true;
    },
  });
  for (const { householdId } of households) {
    await deps.endGateways(householdId);
    await leaveIndexes(table, householdId);
    await leaveCommunity(deps, { householdId, sub: '', role: 'owner' });
  }
};

const closePerson = async (
  { table, clock, identity }: EraseDeps,
  sub: string,
  leaves: readonly string[],
): Promise<void> => {
  await table.put(sessionsEnd(sub, clock.now()));
  await identity.signOut(sub);
  for (const householdId of leaves) await table.delete(memberKey(householdId, sub));
};

/** The first step: writes down what leads to the subject, then shuts every door. */
export const close = async (deps: EraseDeps, { erasureId }: Erasing): Promise<StepAnswer> => {
  await takeLateHomes(deps, erasureId);
  const complete = await completeScope(deps, erasureId);
  await tellOthers(deps, { erasureId, scope: complete });
  const { person, leaves } = complete;
  if (complete.households.length > 0) await closeHouseholds(deps, { erasureId, scope: complete });
  if (person !== null) await closePerson(deps, person, leaves);
  const nowMs = deps.clock.now();
  const { closedMs } = await changeReceipt(deps, erasureId, (before) => ({
    ...before,
    closedMs: before.closedMs ?? nowMs,
  }));
  const leftMs = (closedMs ?? nowMs) + DRAIN_MS - nowMs;
  return { next: 'go-on', drainSeconds: Math.max(0, Math.ceil(leftMs / 1000)) };
};
