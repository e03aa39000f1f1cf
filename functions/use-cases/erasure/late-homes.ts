import type { Ids } from '../../ports/ids.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { readScope, scopePut } from '../stores/erasures.ts';
import { untilWon } from '../until-won.ts';
import { fatesOf, named } from './fates.ts';
import { scopeOf } from './scope.ts';

type Deps = { readonly table: Table; readonly clock: Clock; readonly pause: Pause; readonly ids: Ids };

/**
 * Households of the person that an index told of only after the erasure had begun. Nobody opens or joins one any more, so they become few and
 * then none. One that would be left without an owner stops the erasure: a person has to decide.
 */
export const takeLateHomes = (deps: Deps, erasureId: string): Promise<void> =>
  untilWon(deps.pause, async () => {
    const { table, clock, ids } = deps;
    const kept = await readScope(table, erasureId);
    if (!kept || kept.scope.person === null) return;
    const { households, leaves, person } = kept.scope;
    const known = [...households.map(({ householdId }) => householdId), ...leaves];
    const fates = await fatesOf(table, { sub: person, erasureId, nowMs: clock.now() }, known);
    if (fates.length === 0) return;
    const orphaned = named(fates, 'needs-owner');
    if (orphaned.length > 0)
      throw new Error(`${orphaned.join(', ')} would be left without an owner; make another member one`);
    const going = await Promise.all(
      named(fates, 'goes').map((householdId) => scopeOf(table, { householdId, pseudonym: ids.next() })),
    );
    const scope = {
      ...kept.scope,
      households: [...households, ...going.filter((one) => one !== undefined)],
      leaves: [...leaves, ...named(fates, 'stays')],
    };
    await table.transact([{ put: scopePut(erasureId, { ...kept, scope }) }, ...fates.flatMap(({ writes }) => writes)]);
  });
