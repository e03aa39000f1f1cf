import { expect, test } from 'vitest';
import { dayStart } from '@hems/models/calendar/seoul';
import { shardOf } from '@hems/models/household/shard';
import { bus, clock, table } from '../runtime/ports.ts';
import { aWorld, HOME } from '../testing/world.ts';
import { enrol } from '../use-cases/programmes/enrol.ts';
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
  expect(await aggregate(task, {})).toEqual({ state: 'done' });
  expect(await settle({ ...task, refusal: null }, {})).toEqual({ state: 'done' });
  expect(HOMES).toHaveLength(3);
  expect(reads).toBe(1);
});
