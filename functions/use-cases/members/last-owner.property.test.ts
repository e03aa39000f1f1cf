import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Role } from '@hems/models/household/household';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import type { Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import { memberPut, membersOf } from '../stores/households.ts';
import { changeMembership } from './change-members.ts';

const PEOPLE = ['ada', 'ben', 'cho'] as const;
const person = fc.constantFrom(...PEOPLE);
const role = fc.constantFrom<Role>('owner', 'member', 'viewer');
const asked = fc.record({ by: person, of: person, to: fc.option(role) });

const unlessRefused = async (work: Promise<void>): Promise<void> => {
  await work.catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
  });
};

/** Each read and write waits for its turn, which the scheduler gives out in any order. */
const inTurns = (table: Table, scheduler: fc.Scheduler): Table => {
  const turn = () => scheduler.schedule(Promise.resolve());
  return {
    ...table,
    get: async (key) => turn().then(() => table.get(key)),
    query: async (query) => turn().then(() => table.query(query)),
    transact: async (writes) => turn().then(() => table.transact(writes)),
  };
};

test('a household has an owner after every step, whoever changes whom at the same time', async () => {
  const clock = { now: () => 1_000_000 };
  const table = sqliteTable({ database: openDatabase(':memory:'), clock });
  const bus = { publish: async () => undefined };
  let homes = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.tuple(role, role),
      fc.array(asked, { minLength: 2, maxLength: 6 }),
      async (scheduler, [ben, cho], changes) => {
        const householdId = `h-${(homes += 1)}`;
        const roles = { ada: 'owner', ben, cho } as const;
        await table.transact(PEOPLE.map((sub) => ({ put: memberPut({ householdId, sub, role: roles[sub] }) })));
        const watched: Table = {
          ...table,
          transact: async (writes) => {
            await table.transact(writes);
            const owners = (await membersOf(table, householdId)).filter((one) => one.role === 'owner');
            expect(owners).not.toEqual([]);
          },
        };
        const deps = { table: inTurns(watched, scheduler), clock, bus, pause: () => Promise.resolve() };
        const all = Promise.all(changes.map((change) => unlessRefused(changeMembership(deps, householdId, change))));
        await scheduler.waitFor(all);
      },
    ),
  );
});

test('somebody who left and came back as a viewer is no owner for a change that was decided before', async () => {
  const clock = { now: () => 1_000_000 };
  const table = sqliteTable({ database: openDatabase(':memory:'), clock });
  const householdId = 'h-1';
  for (const sub of ['ada', 'ben']) await table.put(memberPut({ householdId, sub, role: 'owner' }));
  const deps = { table, clock, bus: { publish: async () => undefined }, pause: () => Promise.resolve() };
  let interfere = true;
  const slow: Table = {
    ...table,
    transact: async (writes) => {
      if (interfere) {
        interfere = false;
        await changeMembership(deps, householdId, { by: 'ada', of: 'ben', to: null });
        await table.put({ ...memberPut({ householdId, sub: 'ben', role: 'viewer' }), if: { absent: true } });
      }
      await table.transact(writes);
    },
  };
  const leaving = changeMembership({ ...deps, table: slow }, householdId, { by: 'ada', of: 'ada', to: null });
  await expect(leaving).rejects.toMatchObject({ kind: 'conflict', code: 'last-owner' });
  expect(await membersOf(table, householdId)).toMatchObject([
    { sub: 'ada', role: 'owner' },
    { sub: 'ben', role: 'viewer' },
  ]);
});
