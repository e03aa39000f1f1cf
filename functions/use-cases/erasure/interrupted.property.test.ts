import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Table } from '../../ports/table.ts';
import { anErasure, dumpOf, ERASURE_ID } from '../../testing/erasing.ts';
import { anotherHousehold, fillHousehold, OWNER } from '../../testing/full-household.ts';
import { Crash, mortal, type End } from '../../testing/mortal.ts';
import { aWorld, HOME } from '../../testing/world.ts';
import { endMembership } from '../members/change-members.ts';
import type { EraseDeps } from './deps.ts';
import { namedIds } from './named-ids.ts';
import { readErasure } from './read-erasure.ts';

const { householdId, telemetryId, gateway } = HOME;

/** Every call that changes something counts; where a process ends between reads makes no difference. */
const dying = (deps: EraseDeps, end: End | undefined, counts = (): void => undefined): EraseDeps => {
  const { table, telemetry, objects, identity, bus } = deps;
  const dies = mortal(end, async () => counts());
  const mortalTable: Table = {
    ...table,
    put: dies((put) => table.put(put)),
    delete: dies((key) => table.delete(key)),
    transact: dies((writes) => table.transact(writes)),
  };
  return {
    ...deps,
    table: mortalTable,
    telemetry: { ...telemetry, erase: dies((household) => telemetry.erase(household)) },
    objects: { ...objects, erase: dies((prefix) => objects.erase(prefix)) },
    identity: {
      ...identity,
      delete: dies((sub) => identity.delete(sub)),
      signOut: dies((sub) => identity.signOut(sub)),
    },
    bus: { publish: dies((events) => bus.publish(events)) },
    endGateways: dies((household) => deps.endGateways(household)),
    removeGateway: dies((id) => deps.removeGateway(id)),
  };
};

const aWorldToErase = async () => {
  const world = await aWorld();
  const erasing = anErasure(world);
  const { memberId, claimed } = await fillHousehold(world, erasing.files);
  await endMembership(world, { householdId, sub: 'guest' }, 'guest');
  await anotherHousehold(world.table);
  await erasing.askAccount(OWNER.sub, { forfeit: true });
  const left = (): string[] => {
    const named = namedIds([householdId, telemetryId, gateway, claimed, memberId, OWNER.sub]);
    // the mark that ends sessions
    return dumpOf(world).filter((row) => named.isIn(row) && !row.includes('"sk":"USER"'));
  };
  const receipt = async () => readErasure({ table: world.table, erasures: erasing.asking.erasures }, ERASURE_ID);
  const close = () => world.database.close();
  return { ...erasing, left, receipt, close };
};

const undisturbed = await (async () => {
  const erasing = await aWorldToErase();
  let writes = 0;
  await erasing.carryOut(ERASURE_ID, { with: dying(erasing.deps, undefined, () => void (writes += 1)) });
  const receipt = await erasing.receipt();
  const rest = erasing.left();
  await erasing.close();
  return { writes, receipt, rest };
})();

/** An end beyond the last write is no end. */
const end = fc.record({ at: fc.nat(undisturbed.writes), when: fc.constantFrom('before', 'after') });

const cutOff = async (ends: readonly End[]): Promise<void> => {
  const erasing = await aWorldToErase();
  for (const one of ends) {
    await erasing.carryOut(ERASURE_ID, { with: dying(erasing.deps, one) }).catch((error: unknown) => {
      if (!(error instanceof Crash)) throw error;
    });
    erasing.endAll('failed');
  }
  expect(await erasing.carryOut()).toBe('erased');
  expect(await erasing.receipt()).toEqual(undisturbed.receipt);
  expect(erasing.left()).toEqual([]);
  await erasing.close();
};

test('without an interruption nothing is left', () => {
  expect(undisturbed.receipt).toMatchObject({ state: 'erased', found: 0 });
  expect(undisturbed.rest).toEqual([]);
  expect(undisturbed.writes).toBeGreaterThan(150);
});

test('an erasure that is cut off at any write, once or twice, and begun again ends in the same receipt with nothing left', async () => {
  const runs = Math.max(25, Math.floor((fc.readConfigureGlobal().numRuns ?? 200) / 8));
  await fc.assert(fc.asyncProperty(fc.array(end, { minLength: 1, maxLength: 2 }), cutOff), { numRuns: runs });
});
