import { expect, test } from 'vitest';
import { dayStart } from '@hems/models/calendar/seoul';
import { shardOf } from '@hems/models/household/shard';
import { lambdaContext } from '../local/lambda-context.ts';
import { bus, clock, table } from '../runtime/ports.ts';
import { agree } from '../testing/agree.ts';
import { liveMonths, months } from '../testing/past-use.ts';
import { figuresOf } from '../testing/told-figures.ts';
import { aWorld, HOME } from '../testing/world.ts';
import { enrol } from '../use-cases/programmes/enrol.ts';
import { moveApplication } from '../use-cases/programmes/move-application.ts';
import { putProfile, readProfile } from '../use-cases/stores/households.ts';
import { handler as aggregate } from './aggregate-shard.ts';
import { handler as settle } from './settle-shard.ts';

const SHARD = shardOf(HOME.householdId);
const HOMES = Array.from({ length: 5000 }, (_, i) => `home-${i}`)
  .filter((id) => shardOf(id) === SHARD)
  .slice(0, 3);

test('the homes of a shard take part in events, and the events of the day are read once for all of them', async () => {
  const world = await aWorld();
  world.clock.set(dayStart('2026-05-20'));
  const profile = (await readProfile(world.table, HOME.householdId))!;
  for (const householdId of HOMES) {
    await putProfile(world.table, { ...profile, householdId, telemetryId: `t-${householdId}` });
    const owner = { householdId, sub: 'owner', role: 'owner' } as const;
    await enrol(world, owner, { programme: 'per-home-dr-target', answers: { 'hourly-meter': true } });
  }
  let reads = 0;
  clock.use(world.clock);
  bus.use(world.bus);
  table.use({
    ...world.table,
    query: async (query) => {
      if (query.value === 'EVENTS') reads += 1;
      return world.table.query(query);
    },
  });
  world.clock.set(dayStart('2026-05-22'));
  const task = { run: { date: '2026-05-21', attempt: 1, since: 1 }, shard: SHARD };
  expect(await aggregate(task, lambdaContext('aggregate-shard', 60_000))).toEqual({ state: 'done' });
  expect(await settle({ ...task, refusal: null }, lambdaContext('settle-shard', 60_000))).toEqual({ state: 'done' });
  expect(HOMES).toHaveLength(3);
  expect(reads).toBe(1);
});

test('a shard tells the won that it settled for the first time; points, and what is settled again, are none', async () => {
  const world = await aWorld();
  clock.use(world.clock);
  bus.use(world.bus);
  table.use(world.table);
  await agree(world.table, HOME.householdId, 'government');
  await liveMonths(world, { ...months('2024-04', 25, 350), '2026-05': 310 });
  const place = { householdId: HOME.householdId, programme: 'energy-cashback' };
  const answers = {
    'residential-contract': true,
    'registered-at-address': true,
    'unit-use-is-submitted': true,
    'in-no-other-utility-programme': true,
  };
  world.clock.set(dayStart('2026-05-20'));
  await enrol(world, { ...place, sub: 'owner', role: 'owner' }, { programme: place.programme, answers });
  await moveApplication(world, { ...place, to: 'under-review' });
  await moveApplication(world, { ...place, to: 'approved' });
  world.clock.set(dayStart('2026-06-01') + 20 * 60_000);
  const task = { run: { date: '2026-05-31', attempt: 1, since: 1 }, shard: SHARD, refusal: null };
  await aggregate(task, lambdaContext('aggregate-shard', 60_000));
  const run = () => figuresOf(() => settle(task, lambdaContext('settle-shard', 60_000)));
  expect(await run()).toEqual([{ metric: 'RewardsSettledWon', value: 3200 }]);
  expect(await run()).toEqual([{ metric: 'RewardsSettledWon', value: 0 }]);
});
