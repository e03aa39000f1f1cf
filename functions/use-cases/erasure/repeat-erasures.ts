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

/** Who asked is not known any more: it was another state of the tables that was asked. */
const ASKED_BY = 'restore';

/** Whatever was owed had been paid or given up before the first erasure ended, so nothing is paid out a second time. */
const scopeFor = (over: Pick<Scope, 'households'> & Partial<Scope>): Scope => ({
  person: null,
  leaves: [],
  forfeit: true,
  askedBy: ASKED_BY,
  ...over,
});

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
    pointerWrite(of, { erasureId, askedBy: ASKED_BY }),
    ...writes,
  ]);

const beginPerson = async (deps: Deps, sub: string): Promise<string> => {
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
    scope: scopeFor({
      households: households.filter((one) => one !== undefined),
      person: sub,
      leaves: [...new Set([...named(fates, 'stays'), ...(await householdsLeftBy(table, sub))])],
    }),
    writes: [...fates.flatMap(({ writes }) => writes), { put: sessionsEnd(sub, nowMs) }],
  });
  return erasureId;
};

const beginHousehold = async (deps: Deps, householdId: string): Promise<string[]> => {
  const { table, ids } = deps;
  const roster = await readRoster(table, householdId);
  const scope = await scopeOf(table, { householdId, pseudonym: ids.next() });
  if (!scope) return [];
  const erasureId = ids.next();
  await begin(deps, {
    of: { household: householdId },
    erasureId,
    scope: scopeFor({ households: [scope] }),
    writes: [{ put: rosterPut(householdId, roster) }],
  });
  return [erasureId];
};

/**
 * Begins the erasures once more of who was erased after the state that was restored. From here on their homes are closed; the job
 * `check-erasures` carries them out. Answers the new ids of the erasures.
 */
export const repeatErasures = async (
  deps: Deps,
  { people, households }: { readonly people: readonly string[]; readonly households: readonly string[] },
): Promise<string[]> => {
  const begun: string[] = [];
  const isUnderWay = async (of: Erased): Promise<boolean> => (await readPointer(deps.table, of)) !== undefined;
  for (const person of people) if (!(await isUnderWay({ person }))) begun.push(await beginPerson(deps, person));
  for (const household of households)
    if (!(await isUnderWay({ household }))) begun.push(...(await beginHousehold(deps, household)));
  return begun;
};
