import { beforeEach, describe, expect, test } from 'vitest';
import type { Put } from '../../ports/table.ts';
import { HOME } from '../../testing/world.ts';
import { aPlannedWorld, NIGHT, OWNER, type PlannedWorld } from '../../testing/planned-world.ts';
import { orderDevice } from '../order-device.ts';
import { setConsent } from '../privacy/set-consent.ts';
import { putSteering, readSteering } from '../stores/steering.ts';
import { HALF_HOUR_MS } from './half-hours.ts';
import { overridePlan } from './override-plan.ts';
import type { PlanDeps } from './plan-deps.ts';
import { MOST_ORDERS_A_DAY } from './steer.ts';

const { householdId } = HOME;
const MINUTE_MS = 60_000;
/** The last cheap half hour of the next night. */
const LATER = NIGHT + 86_400_000;

let world: PlannedWorld;
const powers = () => world.orders().map(({ params }) => ('power_w' in params ? params.power_w : params));
/** Of what was sent, the last word holds: an order that charges, or one that ends it. */
const charges = (): boolean => world.orders().some(({ params }) => 'power_w' in params && params.power_w < 0);
const wait = (ms: number): void => world.clock.set(world.clock.now() + ms);
const agree = { purpose: 'analysis', granted: false, textVersion: 0 } as const;
const withdraw = async (): Promise<void> =>
  await setConsent({ ...world.plan, bus: { publish: async () => {} } }, OWNER, agree);

beforeEach(async () => {
  world = await aPlannedWorld();
  await world.charge(300);
  await world.allow();
});

/** Begins a run that would charge, and has something happen while it asks for the forecast. */
const duringRun = async (happens: () => Promise<unknown>): Promise<void> => {
  world.clock.set(LATER);
  await world.charge(300);
  world.sent.length = 0;
  let isDone = false;
  const forecastOf: PlanDeps['forecastOf'] = async (id) => {
    if (!isDone) {
      isDone = true;
      await happens();
    }
    return await world.plan.forecastOf(id);
  };
  await world.run({ forecastOf });
};

/** The same, between what is written down and what is sent. */
const beforeSending = async (happens: () => Promise<unknown>): Promise<void> => {
  world.clock.set(LATER);
  await world.charge(300);
  world.sent.length = 0;
  let isDone = false;
  const { table } = world.plan;
  const put = async (one: Put): Promise<void> => {
    await table.put(one);
    if (one.sk !== 'STEERING' || isDone) return;
    isDone = true;
    await happens();
  };
  await world.run({ table: { ...table, put } });
};

const HAPPENS: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['the plan is switched off', async () => await world.allow({ isOn: false })],
  ['consent is withdrawn', withdraw],
  ['the battery is to rest', async () => await overridePlan(world.plan, OWNER, { mode: 'rest', minutes: 60 })],
  ['the plan is set aside', async () => await overridePlan(world.plan, OWNER, { mode: 'self-use', minutes: 60 })],
];

describe('a run that would charge the battery', () => {
  test('does so where nothing happens meanwhile', async () => {
    await duringRun(async () => {});
    expect(charges()).toBe(true);
  });

  test.each(HAPPENS)('orders nothing of the kind where %s meanwhile', async (_, happens) => {
    await duringRun(happens);
    expect(charges()).toBe(false);
  });

  test.each(HAPPENS)('sends nothing of the kind where %s just before it is sent', async (_, happens) => {
    await beforeSending(happens);
    expect(charges()).toBe(false);
  });

  test('sends nothing where a resident has just ordered the battery by hand', async () => {
    const request = { action: 'set-battery', params: { power_w: 500 }, expiresInSeconds: 3600 } as const;
    await beforeSending(async () => await orderDevice(world, OWNER, { deviceId: 'battery-1', request }));
    expect(powers()).toEqual([500]);
  });
});

describe('an order of the plan that stands', () => {
  beforeEach(async () => {
    await world.confirm();
    world.sent.length = 0;
  });
  const isEnded = () =>
    expect(world.orders()).toMatchObject([{ params: { power_w: 0 }, expires_at: world.clock.now() + MINUTE_MS }]);

  test('ends at once where consent is withdrawn, also of a battery that is not heard', async () => {
    wait(11 * MINUTE_MS);
    await withdraw();
    isEnded();
    await withdraw();
    expect(world.orders()).toHaveLength(1);
  });

  test('is ended again each half hour until the end is confirmed, and then no more', async () => {
    const rest = await overridePlan(world.plan, OWNER, { mode: 'rest', minutes: 1440 });
    await world.confirm();
    expect(rest.untilMs - NIGHT).toBe(86_400_000);
    world.sent.length = 0;
    await withdraw();
    isEnded();
    for (let i = 0; i < 2; i++) {
      world.sent.length = 0;
      wait(HALF_HOUR_MS);
      await world.run();
      isEnded();
    }
    await world.confirm();
    world.sent.length = 0;
    wait(HALF_HOUR_MS);
    await world.run();
    expect(world.orders()).toEqual([]);
  });

  test('ends and is overridden also where the orders of a day are used up', async () => {
    const kept = await readSteering(world.table, householdId);
    const one = kept.sent[0]!;
    const spent = Array.from({ length: MOST_ORDERS_A_DAY }, () => ({ ...one, untilMs: NIGHT }));
    await putSteering(world, householdId, { ...kept, sent: [...spent, one] });
    const { untilMs } = await overridePlan(world.plan, OWNER, { mode: 'rest', minutes: 60 });
    expect(world.orders()).toMatchObject([{ params: { power_w: 0 }, expires_at: untilMs }]);
    world.sent.length = 0;
    await world.allow({ isOn: false });
    isEnded();
  });

  test('ends where nothing can be planned any more', async () => {
    wait(HALF_HOUR_MS);
    await world.charge(320);
    expect(await world.run({ forecastOf: async () => undefined })).toMatchObject({ planned: 'no-forecast', orders: 1 });
    isEnded();
  });

  test('that was ended is not taken for one that stands', async () => {
    await world.allow({ isOn: false });
    world.sent.length = 0;
    await world.allow({ isOn: false });
    expect(world.orders()).toEqual([]);
    await world.allow();
    expect(charges()).toBe(true);
  });
});

describe('an order that nobody answered', () => {
  test('is sent again with the next plan, where one that was confirmed stands', async () => {
    await overridePlan(world.plan, OWNER, { mode: 'rest', minutes: 240 });
    const next = async () => {
      world.sent.length = 0;
      wait(HALF_HOUR_MS);
      await world.charge(300);
      await world.run();
      return powers();
    };
    expect(await next()).toEqual([0]);
    await world.confirm();
    expect(await next()).toEqual([]);
  });

  test('may have been carried out, and is ended like one that was', async () => {
    wait(10 * MINUTE_MS);
    await world.charge(300);
    world.sent.length = 0;
    await world.allow({ isOn: false });
    expect(powers()).toEqual([0]);
  });
});

test('what a resident orders by hand before the plan is switched on is left alone until it ends', async () => {
  world = await aPlannedWorld();
  await world.charge(300);
  const request = { action: 'set-battery', params: { power_w: 500 }, expiresInSeconds: 1800 } as const;
  await orderDevice(world, OWNER, { deviceId: 'battery-1', request });
  world.sent.length = 0;
  await world.allow();
  expect(world.orders()).toEqual([]);
});
