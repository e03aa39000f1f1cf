import { beforeEach, expect, test } from 'vitest';
import { aWorld, HOME, type World } from '../../testing/world.ts';
import { readFound } from './advice.ts';
import { readDayForecasts, readHeldForecast } from './forecasts.ts';
import { readKeptPlan } from './plans.ts';

/** What is only kept until it is made anew must not stop a home because a release before this one wrote it otherwise. */

const { householdId } = HOME;
let world: World;
beforeEach(async () => {
  world = await aWorld();
});
const older = (table: 'energy' | 'homes', sk: string) =>
  world.table.put({ table, pk: `H#${householdId}`, sk, data: { madeAtMs: 1, format: 'of last year' } });

test('advice that an older release found counts as none, and is found anew over the same item', async () => {
  await older('homes', 'ADVICE');
  expect(await readFound(world.table, householdId)).toEqual({ found: undefined, version: 1 });
});

test('a plan, a forecast of this hour and one of a day that an older release kept count as none', async () => {
  for (const sk of ['PLAN', 'FCNOW', 'FC#2026-11-20']) await older('energy', sk);
  expect(await readKeptPlan(world.table, householdId)).toBeUndefined();
  expect(await readHeldForecast(world.table, householdId)).toBeUndefined();
  expect(await readDayForecasts(world.table, householdId, ['2026-11-20'])).toEqual([undefined]);
});
