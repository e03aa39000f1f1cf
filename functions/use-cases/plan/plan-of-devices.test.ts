import { beforeEach, describe, expect, test } from 'vitest';
import type { Supply } from '@hems/models/household/supply';
import { HOME } from '../../testing/world.ts';
import { aPlannedWorld, BATTERY, EVENING, NIGHT, type PlannedWorld } from '../../testing/planned-world.ts';
import { putSupplies } from '../stores/supplies.ts';
import { HALF_HOUR_MS } from './half-hours.ts';
import { readPlan } from './read-plan.ts';

const { householdId } = HOME;
const MINUTE_MS = 60_000;

let world: PlannedWorld;
beforeEach(async () => void (world = await aPlannedWorld()));

const powers = () => world.orders().map(({ params }) => ('power_w' in params ? params.power_w : params));
const wait = (ms: number): void => world.clock.set(world.clock.now() + ms);
const shown = async () => await readPlan(world.plan, householdId);

describe('a plan', () => {
  test('tells of what is left to the battery that nothing is ordered, and gives reasons for what is', async () => {
    await world.charge(300);
    const { plan } = await shown();
    const codes = new Set(plan?.steps.map(({ reason }) => reason));
    expect(codes).toContain('charges-cheap');
    expect(codes).toContain('by-itself');
    const covering = plan?.steps.filter(({ batteryW, carW }) => batteryW > 50 && carW === 0) ?? [];
    expect(covering.length).toBeGreaterThan(0);
    expect(new Set(covering.map(({ reason }) => reason))).toEqual(new Set(['by-itself']));
  });

  test('is kept while another would gain only a few won over it', async () => {
    await world.charge(300);
    await world.allow();
    const before = (await shown()).plan;
    const { forecastOf } = world.plan;
    const slightly = async (id: string) => {
      const usual = await forecastOf(id);
      return usual && { ...usual, hours: usual.hours.map((hour, i) => ({ ...hour, meanWh: hour.meanWh + (i % 3) })) };
    };
    await world.run({ forecastOf: slightly });
    const after = (await shown()).plan;
    expect(after?.steps.map(({ batteryW }) => batteryW)).toEqual(before?.steps.map(({ batteryW }) => batteryW));
  });

  test('draws no more than the contract lets in, and what the main breaker bears', async () => {
    for (const [contractKw, mostW] of [
      [3, 3000],
      [30, 11_000],
    ] as const) {
      const plan = { plan: 'tou', contractKw } as const;
      const supply: Supply = { voltage: 'low', plan, readingDay: 1, discounts: [], netMetering: false };
      const { version } = (await world.table.get({ table: 'homes', pk: `H#${householdId}`, sk: 'SUPPLY' })) ?? {
        version: 1,
      };
      await putSupplies(world.table, householdId, { rows: [{ from: '2026-01-01', supply }], version });
      await world.limits({ ...BATTERY, capacityWh: 60_000, chargeW: 20_000 });
      wait(HALF_HOUR_MS);
      await world.charge(100);
      const drawn = Math.max(...((await shown()).plan?.steps ?? []).map(({ gridW }) => gridW));
      expect(drawn).toBeLessThanOrEqual(mostW);
      expect(drawn).toBeGreaterThan(mostW * 0.9);
    }
  });
});

describe('a car', () => {
  const car = { needWh: 10_000, readyBy: '07:00' };
  const say = async (importWh: number) => await world.hear('ev_charger', { power_w: 0, energy_import_wh: importWh });
  const evening = EVENING + 3 * 3_600_000;

  beforeEach(async () => {
    await world.addCharger();
    await world.limits(BATTERY, 7000);
    world.clock.set(evening);
    await world.charge(300);
    await say(50_000);
    await world.allow({ car });
  });
  const switches = () => world.orders().flatMap((order) => (order.action === 'switch' ? [order] : []));

  test('waits for the cheap hours behind a charger that is off, and is on by itself afterwards', async () => {
    expect(switches()).toMatchObject([{ device: 'car-1', params: { on: false } }]);
    const { plan } = await shown();
    const charging = plan?.steps.filter(({ carW }) => carW > 0) ?? [];
    expect(charging.reduce((sum, { carW }) => sum + carW / 2, 0)).toBeGreaterThanOrEqual(10_000);
    for (const { startMs } of charging) expect(startMs).toBeLessThan(NIGHT + 86_400_000);
    expect(charging.every(({ buyWon }) => buyWon === Math.min(...(plan?.steps.map((step) => step.buyWon) ?? [])))).toBe(
      true,
    );
  });

  test('that has what it needs is not held back any longer', async () => {
    world.sent.length = 0;
    wait(HALF_HOUR_MS);
    await world.charge(300);
    await say(60_000);
    await world.run();
    expect(switches()).toMatchObject([{ params: { on: true } }]);
  });

  test('that cannot be ready any more charges at once, the plan says so, and the battery is planned all the same', async () => {
    await world.confirm();
    world.sent.length = 0;
    world.clock.set(evening + 10 * 3_600_000);
    await world.charge(300);
    await say(50_000);
    expect(await world.run()).toMatchObject({ planned: 'planned' });
    const { plan } = await shown();
    expect(plan).toMatchObject({ status: 'planned', conflicts: ['car-ready-by'] });
    expect(plan?.steps[0]).toMatchObject({ carW: 7000, loadW: 500 });
    expect(plan?.steps.reduce((sum, { carW }) => sum + carW / 2, 0)).toBeGreaterThanOrEqual(10_000);
    expect(switches()).toEqual([]);
    // at half past seven it is cheap still
    expect(powers()[0]).toBeLessThan(-200);
  });

  test('whose charger is not heard leaves the battery its plan, and the other way round', async () => {
    world.sent.length = 0;
    wait(11 * MINUTE_MS);
    world.clock.set(NIGHT + 86_400_000);
    await world.charge(300);
    expect(await world.run()).toMatchObject({ planned: 'planned' });
    expect(world.orders()).toMatchObject([{ device: 'battery-1' }]);
    world.sent.length = 0;
    world.clock.set(evening + 86_400_000);
    await say(50_000);
    expect(await world.run()).toMatchObject({ planned: 'planned' });
    expect(world.orders()).toMatchObject([{ device: 'car-1', params: { on: false } }]);
    expect((await shown()).plan?.capacityWh).toBe(0);
  });

  test('that charges already is not ended by a charger that is switched on anew', async () => {
    wait(6.5 * 3_600_000);
    await world.charge(300);
    await say(50_000);
    world.sent.length = 0;
    await world.run();
    expect(switches()).toMatchObject([{ params: { on: true } }]);
    await world.confirm();
    world.sent.length = 0;
    await world.allow({ isOn: false, car });
    expect(switches()).toEqual([]);
  });
});
