import { beforeEach, describe, expect, test } from 'vitest';
import { HOME } from '../../testing/world.ts';
import { aPlannedWorld, BATTERY, EVENING, OWNER, type PlannedWorld } from '../../testing/planned-world.ts';
import { HALF_HOUR_MS } from './half-hours.ts';
import { overridePlan } from './override-plan.ts';
import { readPlan } from './read-plan.ts';

const { householdId } = HOME;
const MINUTE_MS = 60_000;

let world: PlannedWorld;
beforeEach(async () => void (world = await aPlannedWorld()));

const powers = () => world.orders().map(({ params }) => ('power_w' in params ? params.power_w : params));
const wait = (ms: number): void => world.clock.set(world.clock.now() + ms);
const shown = async () => await readPlan(world.plan, householdId);

describe('the reserve', () => {
  test('is never ordered away: a battery near it is drawn no further than to it, until the order ends', async () => {
    world.clock.set(EVENING);
    for (const socPermille of [300, 305, 330, 400, 500, 650]) {
      world.sent.length = 0;
      await world.charge(socPermille);
      await world.allow({ reservePermille: 300 });
      for (const order of world.orders()) {
        if (order.action !== 'set-battery') throw new Error('only the battery is ordered');
        const drawnWh = (order.params.power_w * (order.expires_at - order.issued_at)) / 3_600_000 / 0.95;
        expect((BATTERY.capacityWh * socPermille) / 1000 - drawnWh).toBeGreaterThanOrEqual(BATTERY.capacityWh * 0.3);
      }
      world.clock.set(world.clock.now() + HALF_HOUR_MS / 30);
    }
  });

  test('is held by an order where the battery by itself would go below it, and that order stands until its half hour is over', async () => {
    world.clock.set(EVENING);
    await world.charge(300);
    await world.allow({ reservePermille: 300 });
    expect(powers()).toEqual([0]);
    await world.run();
    expect(powers()).toEqual([0]);
  });

  test('that is the one of the battery itself needs no order', async () => {
    world.clock.set(EVENING);
    await world.charge(300);
    await world.limits({ ...BATTERY, leastPermille: 295 });
    await world.allow({ reservePermille: 300 });
    expect(powers()).toEqual([]);
    // found lower than ever seen, it is held after all
    await world.charge(270);
    await world.allow({ reservePermille: 300 });
    expect(powers()).toEqual([0]);
  });

  test('is told in the plan as it is ordered', async () => {
    world.clock.set(EVENING);
    await world.charge(320);
    await world.allow({ reservePermille: 300 });
    const [first] = (await shown()).plan?.steps ?? [];
    expect(first).toMatchObject({ batteryW: powers()[0], reason: 'keeps-reserve' });
    expect(first?.gridW).toBe((first?.loadW ?? 0) - (first?.batteryW ?? 0));
  });

  test('holds while a resident has the battery cover the home by itself', async () => {
    world.clock.set(EVENING);
    await world.charge(305);
    await world.allow({ reservePermille: 300 });
    await world.confirm();
    world.sent.length = 0;
    wait(HALF_HOUR_MS);
    await world.charge(305);
    await overridePlan(world.plan, OWNER, { mode: 'self-use', minutes: 120 });
    expect(world.orders()).toHaveLength(1);
    expect(powers()[0]).toBeGreaterThanOrEqual(0);
    expect(powers()[0]).toBeLessThan(60);
  });

  test('above all that is stored, or a charge that the meter says beyond what fits, ends in a plan within the limits', async () => {
    world.clock.set(EVENING);
    await world.charge(1000);
    await world.limits({ ...BATTERY, capacityWh: 0 });
    await world.allow({ reservePermille: 1000 });
    for (const power of powers()) expect(power).toBe(0);
  });
});

describe('limits in conflict', () => {
  test('are named in a safe plan, which orders nothing and ends what stands', async () => {
    await world.charge(300);
    await world.allow();
    world.sent.length = 0;
    const { forecastOf } = world.plan;
    const tooMuch = async (id: string) => {
      const usual = await forecastOf(id);
      return usual && { ...usual, hours: usual.hours.map((hour) => ({ ...hour, meanWh: 40_000 })) };
    };
    expect(await world.run({ forecastOf: tooMuch })).toMatchObject({ planned: 'safe' });
    expect((await shown()).plan).toMatchObject({ status: 'safe', conflicts: expect.arrayContaining(['import-limit']) });
    expect(powers()).toEqual([0]);
    expect((world.orders()[0]?.expires_at ?? 0) - world.clock.now()).toBe(MINUTE_MS);
  });
});
