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
