import type * as z from 'zod';
import { addDays, dayStart, localDate } from '@hems/models/calendar/seoul';
import type { listProofs as route } from '@hems/shared/api/proofs';
import { recordAccesses, type Access, type AccessDeps } from '../privacy/record-access.ts';
import { readProfile } from '../stores/households.ts';
import { listedPut, notListed, waitingProofs, waitsLonger, type WaitingProof } from '../stores/proofs.ts';

type Page = z.infer<typeof route.answer>;

const SHOWN = 100;

const cursorOf = ({ atMs, householdId }: WaitingProof): string => `${atMs}.${householdId}`;
const placeOf = (cursor: string): WaitingProof => {
  const at = cursor.indexOf('.');
  return { atMs: Number(cursor.slice(0, at)), householdId: cursor.slice(at + 1) };
};

/** Into the access log of each, once a day for each member of staff: a list that is looked at all day would fill it with nothing else. */
const recordListed = async (deps: AccessDeps, householdIds: readonly string[], who: Access['who']): Promise<void> => {
  const { table, clock } = deps;
  const untold = await notListed(table, householdIds, who.id);
  await recordAccesses(deps, untold, {
    who,
    what: 'residences-listed',
    why: 'the residences that wait for an operator',
  });
  const untilMs = dayStart(addDays(localDate(clock.now()), 1));
  await Promise.all(untold.map((householdId) => table.put(listedPut(householdId, who.id, untilMs))));
};

/** Who waits for an operator, the longest first; each of them sees that it was looked at. `cursor`: the last one that was shown. */
export const listProofs = async (
  deps: AccessDeps,
  who: Access['who'],
  { cursor }: { readonly cursor?: string | undefined } = {},
): Promise<Page> => {
  const after = cursor === undefined ? undefined : placeOf(cursor);
  const all = (await waitingProofs(deps.table)).filter((one) => !after || waitsLonger(after, one) < 0);
  const page = all.slice(0, SHOWN);
  const ids = page.map(({ householdId }) => householdId);
  await recordListed(deps, ids, who);
  const profiles = await Promise.all(ids.map((householdId) => readProfile(deps.table, householdId)));
  const waiting = page.flatMap(({ householdId, atMs }, i) => {
    const profile = profiles[i];
    return profile ? [{ householdId, buildingType: profile.buildingType, region: profile.region ?? null, atMs }] : [];
  });
  const last = page.at(-1);
  return { waiting, cursor: last && all.length > SHOWN ? cursorOf(last) : null };
};
