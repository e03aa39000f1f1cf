import { beforeEach, describe, expect, test } from 'vitest';
import type { Supply } from '@hems/models/household/supply';
import { HOME } from '../../testing/world.ts';
import { aPlannedWorld, BATTERY, EVENING, NIGHT, OWNER, type PlannedWorld } from '../../testing/planned-world.ts';
import { changeGateway, gatewayPut, readGateway } from '../stores/gateways.ts';
import { listDevices, putDevice } from '../stores/households.ts';
import { putSupplies } from '../stores/supplies.ts';
import { readSteering, putSteering } from '../stores/steering.ts';
import { orderDevice } from '../order-device.ts';
import { HALF_HOUR_MS } from './half-hours.ts';
import { endOverride, overridePlan } from './override-plan.ts';
import { readPlan } from './read-plan.ts';
import { setAutomation } from './set-automation.ts';
import { MOST_ORDERS_A_DAY } from './steer.ts';

const { householdId } = HOME;
const MINUTE_MS = 60_000;

let world: PlannedWorld;
beforeEach(async () => void (world = await aPlannedWorld()));

const powers = () => world.orders().map(({ params }) => ('power_w' in params ? params.power_w : params));
const wait = (ms: number): void => world.clock.set(world.clock.now() + ms);
const shown = async () => await readPlan(world.plan, householdId);

describe('a home that opted in', () => {
  beforeEach(async () => {
    await world.charge(300);
    await world.allow();
  });

  test('charges in a cheap night, by one order that ends by itself a little after its hours', async () => {
    const [order] = world.orders();
    expect(order).toMatchObject({ action: 'set-battery', device: 'battery-1' });
    expect(powers()[0]).toBeLessThan(-200);
    const until = order?.expires_at ?? 0;
    expect((until - 5 * MINUTE_MS) % HALF_HOUR_MS).toBe(0);
    expect(until - NIGHT).toBeLessThanOrEqual(125 * MINUTE_MS);
    const { plan } = await shown();
    expect(plan?.steps[0]).toMatchObject({ startMs: NIGHT, reason: 'charges-cheap', batteryW: powers()[0] });
    expect(plan).toMatchObject({ capacityWh: BATTERY.capacityWh });
    expect(plan?.won).toBeLessThan(plan?.selfUseWon ?? 0);
  });

  test('that is planned twice for a half hour, or by two runs at once, is ordered once', async () => {
    world.sent.length = 0;
    world.clock.set(EVENING);
    await world.charge(800);
    const fates = await Promise.all([world.run(), world.run(), world.run()]);
    expect(fates.filter(({ fate }) => fate === 'steered')).toHaveLength(1);
    const sent = world.orders().length;
    wait(20_000);
    expect(await world.run()).toMatchObject({ fate: 'done-before', orders: 0 });
    expect(world.orders()).toHaveLength(sent);
  });

  test('is told nothing new while what stands is what is planned', async () => {
    const before = world.orders().length;
    await world.run();
    expect(world.orders()).toHaveLength(before);
  });

  test('is not planned by a late word for a half hour before', async () => {
    wait(HALF_HOUR_MS);
    await world.charge(320);
    await world.run();
    world.sent.length = 0;
    // the clock of a machine that is half an hour behind
    world.clock.set(NIGHT + MINUTE_MS);
    expect(await world.run()).toMatchObject({ fate: 'done-before' });
    expect(world.orders()).toEqual([]);
  });

  test('whose battery refused is left to itself until the next half hour, and the refusal is shown', async () => {
    const [order] = world.orders();
    await world.answer(order?.cmd_id ?? '', 'rejected', 'too much');
    expect((await shown()).orders[0]).toMatchObject({ state: 'rejected', powerW: powers()[0] });
    world.sent.length = 0;
    await world.run();
    expect(world.orders()).toHaveLength(1);
  });

  test('whose broker does not take an order fails with it, and nothing else', async () => {
    world.clock.set(NIGHT + 48 * HALF_HOUR_MS);
    await world.charge(300);
    const away = { send: async () => await Promise.reject(new Error('no route')) };
    await world.run({ channel: away });
    expect((await shown()).orders[0]).toMatchObject({ state: 'failed' });
  });

  test('that no longer agrees is let go, and nothing more is planned', async () => {
    await world.agree(false);
    world.sent.length = 0;
    expect(await world.run()).toMatchObject({ planned: 'no-consent' });
    expect(powers()).toEqual([0]);
    expect((world.orders()[0]?.expires_at ?? 0) - world.clock.now()).toBe(MINUTE_MS);
    expect(await shown()).toMatchObject({ plan: null, why: 'no-consent' });
  });

  test('that switches off is let go at once; who said so and when is kept', async () => {
    world.sent.length = 0;
    await world.allow({ isOn: false });
    expect(powers()).toEqual([0]);
    await world.confirm();
    wait(HALF_HOUR_MS);
    world.sent.length = 0;
    expect(await world.run()).toMatchObject({ planned: 'off' });
    expect(world.orders()).toEqual([]);
    const item = await world.table.get({ table: 'homes', pk: `H#${householdId}`, sk: 'AUTOMATION' });
    expect(item?.data).toMatchObject({
      history: [
        { isOn: true, atMs: NIGHT, personId: 'owner' },
        { isOn: false, atMs: NIGHT, personId: 'owner' },
      ],
    });
    expect(item?.i2).toBeUndefined();
  });

  test('gets no more orders a day than the memory of a battery bears', async () => {
    const kept = await readSteering(world.table, householdId);
    const one = kept.sent[0];
    const many = Array.from({ length: MOST_ORDERS_A_DAY }, () => ({ ...one!, untilMs: NIGHT }));
    await putSteering(world, householdId, { ...kept, sent: many });
    world.sent.length = 0;
    await world.run();
    expect(world.orders()).toEqual([]);
  });

  test('is not overruled by the plan where a resident has just ordered the battery by hand', async () => {
    await orderDevice(world, OWNER, {
      deviceId: 'battery-1',
      request: { action: 'set-battery', params: { power_w: 500 }, expiresInSeconds: 3600 },
    });
    world.sent.length = 0;
    wait(HALF_HOUR_MS);
    await world.charge(350);
    await world.run();
    expect(world.orders()).toEqual([]);
    wait(HALF_HOUR_MS);
    await world.charge(350);
    await world.run();
    expect(world.orders()).toHaveLength(1);
  });
});

describe('nothing is ordered', () => {
  test.each([
    ['that has not told of itself for ten minutes', async () => wait(10 * MINUTE_MS + 1)],
    [
      'that tells of the future',
      async () => (world.clock.set(NIGHT - 120_000), await world.charge(300, { ts: NIGHT })),
    ],
    ['whose clock is not set', async () => await world.charge(300, { q: 8 })],
    ['whose reading is known to be wrong', async () => await world.charge(300, { q: 4 })],
    ['that is at fault', async () => await world.hear('battery', { soc_permille: 300, battery_mode: 5 })],
    ['whose limits nobody has seen', async () => await world.limits(null)],
  ])('of a battery %s', async (_, spoil) => {
    await world.charge(300);
    await spoil();
    await world.allow();
    expect(world.orders()).toEqual([]);
    expect(await shown()).toMatchObject({ plan: null, why: 'no-state' });
  });

  test('without a forecast, with one that has a hole, or without a price', async () => {
    await world.charge(300);
    const { forecastOf } = world.plan;
    const whole = await forecastOf(householdId);
    const gap = { solar: null, hours: whole?.hours.filter((_, i) => i !== 3) ?? [] };
    await setAutomation({ ...world.plan, forecastOf: async () => undefined }, OWNER, {
      isOn: true,
      reservePermille: 100,
      car: null,
    });
    for (const answer of [undefined, gap, { solar: null, hours: [] }]) {
      wait(HALF_HOUR_MS);
      await world.charge(300);
      expect(await world.run({ forecastOf: async () => answer })).toMatchObject({ planned: 'no-forecast', orders: 0 });
    }
    const moved: Supply = {
      voltage: 'low',
      plan: { plan: 'progressive' },
      readingDay: 1,
      discounts: [],
      netMetering: false,
      movedOut: '2026-11-01',
    };
    await putSupplies(world.table, householdId, {
      rows: [{ from: '2026-01-01', supply: moved }],
      version: 1,
    });
    wait(HALF_HOUR_MS);
    await world.charge(300);
    expect(await world.run()).toMatchObject({ planned: 'no-price', orders: 0 });
    expect(world.orders()).toEqual([]);
  });

  test.each(['away', 'revoked', 'retired'] as const)('where the device is %s between plan and order', async (how) => {
    await world.charge(300);
    const place = { householdId, gateway: HOME.gateway };
    const spoil = async (): Promise<void> => {
      const [battery] = (await listDevices(world.table, householdId)).filter(({ kind }) => kind === 'battery');
      if (how === 'retired') await putDevice(world.table, householdId, { ...battery!, status: 'retired' });
      else
        await changeGateway(world, place, (gateway) =>
          how === 'revoked'
            ? { ...gateway, status: 'revoked' }
            : { ...gateway, presence: { state: 'disconnected', version: 1, atMs: NIGHT } },
        );
    };
    // the forecast is asked for when the devices are known already
    const { forecastOf } = world.plan;
    const late = async (id: string) => (await spoil(), await forecastOf(id));
    await setAutomation({ ...world.plan, forecastOf: late }, OWNER, { isOn: true, reservePermille: 100, car: null });
    expect(world.orders()).toEqual([]);
    const gateway = await readGateway(world.table, place);
    if (gateway) await world.table.put(gatewayPut({ ...gateway, status: 'active' }));
  });

  test('for a viewer, or by one', async () => {
    await world.charge(300);
    const viewer = { ...OWNER, sub: 'viewer', role: 'viewer' } as const;
    await expect(
      setAutomation(world.plan, viewer, { isOn: true, reservePermille: 100, car: null }),
    ).rejects.toMatchObject({ kind: 'forbidden' });
    await world.allow();
    world.sent.length = 0;
    await expect(overridePlan(world.plan, viewer, { mode: 'rest', minutes: 60 })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(endOverride(world.plan, viewer)).rejects.toMatchObject({ kind: 'forbidden' });
    expect(world.orders()).toEqual([]);
  });

  test('for a home that looks at its plan before it opts in, and the plan is the same', async () => {
    await world.charge(300);
    const { plan, automation } = await shown();
    expect(automation.isOn).toBe(false);
    expect(plan?.steps[0]?.batteryW).toBeLessThan(-200);
    expect(world.orders()).toEqual([]);
    await world.allow();
    expect(powers()).toEqual([plan?.steps[0]?.batteryW]);
  });

  test('for a home without consent, which cannot opt in', async () => {
    await world.charge(300);
    await world.agree(false);
    await expect(world.allow()).rejects.toMatchObject({ kind: 'conflict', code: 'no-consent' });
  });

  test('for a home without battery and car', async () => {
    for (const device of await listDevices(world.table, householdId))
      await putDevice(world.table, householdId, { ...device, status: 'retired' });
    await expect(world.allow()).rejects.toMatchObject({ kind: 'conflict', code: 'nothing-to-plan' });
    expect(await shown()).toMatchObject({ plan: null, why: 'nothing-to-plan' });
  });
});

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
