import { beforeEach, describe, expect, test } from 'vitest';
import { HOME } from '../../testing/world.ts';
import { aPlannedWorld, NIGHT, OWNER, type PlannedWorld } from '../../testing/planned-world.ts';
import { HALF_HOUR_MS } from './half-hours.ts';
import { endOverride, overridePlan } from './override-plan.ts';
import { readPlan } from './read-plan.ts';

const { householdId } = HOME;
const MINUTE_MS = 60_000;

let world: PlannedWorld;
beforeEach(async () => void (world = await aPlannedWorld()));

const powers = () => world.orders().map(({ params }) => ('power_w' in params ? params.power_w : params));
const wait = (ms: number): void => world.clock.set(world.clock.now() + ms);
const shown = async () => await readPlan(world.plan, householdId);

describe('an override', () => {
  beforeEach(async () => {
    await world.charge(300);
    await world.allow();
    world.sent.length = 0;
  });

  test('to rest is one order to its end, and the plan orders nothing meanwhile', async () => {
    const { untilMs } = await overridePlan(world.plan, OWNER, { mode: 'rest', minutes: 120 });
    expect(world.orders()).toMatchObject([{ params: { power_w: 0 }, expires_at: untilMs }]);
    await world.confirm();
    for (let i = 0; i < 3; i++) {
      wait(HALF_HOUR_MS);
      await world.charge(300);
      expect(await world.run()).toMatchObject({ planned: 'set-aside', orders: 0 });
    }
    expect(await shown()).toMatchObject({ override: { mode: 'rest', untilMs } });
    wait(HALF_HOUR_MS);
    await world.charge(300);
    expect(await world.run()).toMatchObject({ planned: 'planned' });
    expect((await shown()).override).toBeNull();
  });

  test('to rest for shorter shortens the rest', async () => {
    await overridePlan(world.plan, OWNER, { mode: 'rest', minutes: 1440 });
    const { untilMs } = await overridePlan(world.plan, OWNER, { mode: 'rest', minutes: 10 });
    expect(world.orders().at(-1)).toMatchObject({ params: { power_w: 0 }, expires_at: untilMs });
  });

  test('that is taken back lets the battery go also where nothing can be planned', async () => {
    await overridePlan(world.plan, OWNER, { mode: 'rest', minutes: 1440 });
    await world.confirm();
    world.sent.length = 0;
    await endOverride({ ...world.plan, forecastOf: async () => undefined }, OWNER);
    expect(world.orders()).toMatchObject([{ params: { power_w: 0 }, expires_at: NIGHT + MINUTE_MS }]);
  });

  test('to self-use ends what stands at once', async () => {
    await overridePlan(world.plan, OWNER, { mode: 'self-use', minutes: 60 });
    expect(world.orders()).toMatchObject([{ params: { power_w: 0 }, expires_at: NIGHT + MINUTE_MS }]);
    await world.confirm();
    wait(HALF_HOUR_MS);
    await world.charge(300);
    expect(await world.run()).toMatchObject({ planned: 'set-aside', orders: 0 });
  });

  test('that is taken back lets the plan go on at once', async () => {
    await overridePlan(world.plan, OWNER, { mode: 'rest', minutes: 120 });
    world.sent.length = 0;
    await endOverride(world.plan, OWNER);
    expect(powers()[0]).toBeLessThan(-200);
  });

  test('is caught up with by a battery that was away when it began', async () => {
    wait(11 * MINUTE_MS);
    const { untilMs } = await overridePlan(world.plan, OWNER, { mode: 'rest', minutes: 120 });
    expect(world.orders()).toEqual([]);
    wait(HALF_HOUR_MS - 11 * MINUTE_MS);
    await world.charge(300);
    await world.run();
    expect(world.orders()).toMatchObject([{ params: { power_w: 0 }, expires_at: untilMs }]);
  });

  test('of a plan that is off is refused', async () => {
    await world.allow({ isOn: false });
    await expect(overridePlan(world.plan, OWNER, { mode: 'rest', minutes: 60 })).rejects.toMatchObject({
      kind: 'conflict',
    });
  });
});
