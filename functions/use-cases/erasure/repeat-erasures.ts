import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Table, Write } from '../../ports/table.ts';
import { householdsLeftBy } from '../stores/former-members.ts';
import { pointerWrite, readPointer, receiptPut, scopePut, type Erased, type Scope } from '../stores/erasures.ts';
import { readRoster, rosterPut } from '../stores/rosters.ts';
import { fatesOf, named } from './fates.ts';
import { scopeOf } from './scope.ts';
import { sessionsEnd } from './sessions-end.ts';

type Deps = { readonly table: Table; readonly clock: Clock; readonly ids: Ids };
type Found = {
  readonly of: Erased;
  readonly erasureId: string;
  readonly scope: Scope;
  readonly writes: readonly Write[];
};

/** What the first erasure said of money, and who asked for it. */
export type Terms = Pick<Scope, 'forfeit' | 'askedBy'>;
/** Somebody who was erased, or whose erasure was under way (`underWay`), in a newer state than the one that was restored. */
export type Gone = { readonly id: string; readonly underWay: Terms | null };

/** Of one that has ended: who asked is not known any more, and whatever was owed had been paid or given up, so nothing is paid out a second time. */
const ENDED: Terms = { forfeit: true, askedBy: 'restore' };

const begin = async ({ table, clock }: Deps, { of, erasureId, scope, writes }: Found): Promise<void> =>
  await table.transact([
    {
      put: receiptPut({
        erasureId,
        receipt: {
          subject: 'person' in of ? 'account' : 'household',
          state: 'erasing',
          waitsFor: null,
          attempt: 1,
          askedMs: clock.now(),
          closedMs: null,
          erasedMs: null,
          lines: [],
          under: [],
          found: null,
        },
        version: 0,
      }),
    },
    { put: scopePut(erasureId, { scope, version: 0 }) },
    pointerWrite(of, { erasureId, askedBy: scope.askedBy }),
    ...writes,
  ]);

const beginPerson = async (deps: Deps, { id: sub, underWay }: Gone): Promise<string> => {
  const { table, clock, ids } = deps;
  const erasureId = ids.next();
  const nowMs = clock.now();
  const fates = await fatesOf(table, { sub, erasureId, nowMs });
  const households = await Promise.all(
    named(fates, 'goes').map((householdId) => scopeOf(table, { householdId, pseudonym: ids.next() })),
  );
  await begin(deps, {
    of: { person: sub },
    erasureId,
    scope: {
      ...(underWay ?? ENDED),
      households: households.filter((one) => one !== undefined),
      person: sub,
      leaves: [...new Set([...named(fates, 'stays'), ...(await householdsLeftBy(table, sub))])],
    },
    writes: [...fates.flatMap(({ writes }) => writes), { put: sessionsEnd(sub, nowMs) }],
  });
  return erasureId;
};

const beginHousehold = async (deps: Deps, { id: householdId, underWay }: Gone): Promise<string[]> => {
  const { table, ids } = deps;
  const roster = await readRoster(table, householdId);
  const scope = await scopeOf(table, { householdId, pseudonym: ids.next() });
  if (!scope) return [];
  const erasureId = ids.next();
  await begin(deps, {
    of: { household: householdId },
    erasureId,
    scope: { ...(underWay ?? ENDED), households: [scope], person: null, leaves: [] },
    writes: [{ put: rosterPut(householdId, roster) }],
  });
  return [erasureId];
};

/**
 * Begins the erasures once more of who was erased after the state that was restored. From here on their homes are closed; the job
 * `check-erasures` carries them out, and waits for money that one under way was not told to give up. Answers the new ids of the erasures.
 */
export const repeatErasures = async (
  deps: Deps,
  { people, households }: { readonly people: readonly Gone[]; readonly households: readonly Gone[] },
): Promise<string[]> => {
  const begun: string[] = [];
  const isUnderWay = async (of: Erased): Promise<boolean> => (await readPointer(deps.table, of)) !== undefined;
  for (const one of people) if (!(await isUnderWay({ person: one.id }))) begun.push(await beginPerson(deps, one));
  for (const one of households)
    if (!(await isUnderWay({ household: one.id }))) begun.push(...(await beginHousehold(deps, one)));
  return begun;
};
