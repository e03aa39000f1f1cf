import type { AccessEntry } from '@hems/shared/api/access';
import type { Clock } from '../../ports/clock.ts';
import type { EventBus } from '../../ports/event-bus.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Table, Write } from '../../ports/table.ts';
import { accessWrites, nextAccess, readAccessHead } from '../stores/access-log.ts';
import { readKeptProfile } from '../stores/households.ts';
import { untilWon } from '../until-won.ts';

export type AccessDeps = {
  readonly table: Table;
  readonly clock: Clock;
  readonly pause: Pause;
  readonly bus: EventBus;
};

/** Who did what, and why: opaque ids and reasons, no name, no address. `what` is a code, for the app to say in its own words. */
export type Access = Pick<AccessEntry, 'who' | 'what' | 'why'>;

export type EntryDeps = Omit<AccessDeps, 'pause'>;
type Entry = { readonly writes: readonly Write[]; readonly tell: () => Promise<void> };

/**
 * The entry that comes next in the household's access log: `writes` belong in the transact of what it tells of, so that neither is there
 * without the other, and `tell` after it. Undefined where there is no household.
 */
export const accessEntryOf = async (
  { table, clock, bus }: EntryDeps,
  { householdId, ...access }: Access & { readonly householdId: string },
): Promise<Entry | undefined> => {
  const [kept, head] = await Promise.all([readKeptProfile(table, householdId), readAccessHead(table, householdId)]);
  if (!kept) return undefined;
  const entry = nextAccess(householdId, head, { ...access, nowMs: clock.now() });
  const { seq, hash, atMs } = entry;
  const detail = { householdId, atMs, key: `access:${householdId}:${seq}`, facts: { seq, hash } };
  return {
    writes: [{ check: kept.check }, ...accessWrites(householdId, head, entry)],
    tell: () => bus.publish([{ type: 'access.recorded', detail }]),
  };
};

/**
 * Leaves in the household's access log that somebody who is not of it read or changed something. Called before the answer is given or
 * the change is made: what cannot be recorded is not done. Where there is no household, or none any more, there is nobody to tell, and
 * nothing is written that an erasure would have to look for. The bus is told which entry is the last one now: whoever shortens the log
 * afterwards cannot shorten what the bus has archived.
 */
export const recordAccess = async (
  deps: AccessDeps,
  access: Access & { readonly householdId: string },
): Promise<void> => {
  const entry = await untilWon(deps.pause, async () => {
    const next = await accessEntryOf(deps, access);
    if (next) await deps.table.transact(next.writes);
    return next;
  });
  await entry?.tell();
};

/** So many households at a time: a list of hundreds does not take all connections. */
const AT_ONCE = 10;

/** The same of every household of a list, once each. */
export const recordAccesses = async (
  deps: AccessDeps,
  householdIds: readonly string[],
  access: Access,
): Promise<void> => {
  const distinct = [...new Set(householdIds)];
  for (let from = 0; from < distinct.length; from += AT_ONCE)
    await Promise.all(
      distinct.slice(from, from + AT_ONCE).map((householdId) => recordAccess(deps, { ...access, householdId })),
    );
};
