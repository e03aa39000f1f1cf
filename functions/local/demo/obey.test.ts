import { describe, expect, test } from 'vitest';
import type { HomeDevice } from '@hems/models/testing/home';
import { commandResult, type Command } from '@hems/shared/events/commands';
import { obey, type Obedience } from './obey.ts';

const DEVICES: HomeDevice[] = [
  { deviceId: 'meter', kind: 'smart_meter' },
  { deviceId: 'battery', kind: 'battery' },
  { deviceId: 'thermostat', kind: 'thermostat' },
  { deviceId: 'plug', kind: 'smart_plug', appliance: 'television' },
  { deviceId: 'car', kind: 'ev_charger' },
];
const NOW = 1_767_582_000_000;
const IDLE: Obedience = { orders: { off: [] }, reporting: undefined, answers: [] };
const envelope = { v: 1, cmd_id: 'c1', issued_at: NOW - 100, expires_at: NOW + 600_000 } as const;
type BatteryOrder = Extract<Command, { action: 'set-battery' }>;
const charge = (over: Partial<BatteryOrder> = {}): BatteryOrder => ({
  ...envelope,
  device: 'battery',
  action: 'set-battery',
  params: { power_w: -2000 },
  ...over,
});
const answer = (order: Command, before = IDLE, nowMs = NOW) => obey(DEVICES, before, { order, nowMs });
const states = (order: Command): string[] => answer(order).results.map(({ state }) => state);
const reason = (order: Command): string | undefined => answer(order).results[0]?.reason;

describe('an order that is carried out', () => {
  test('of the battery is accepted, applied and verified, and carries its own end', () => {
    expect(states(charge())).toEqual(['accepted', 'applied', 'verified']);
    expect(answer(charge()).obedience.orders.battery).toEqual({ powerW: -2000, untilMs: envelope.expires_at });
  });

  test('of the thermostat is a lasting wish', () => {
    const order: Command = {
      ...envelope,
      device: 'thermostat',
      action: 'set-point',
      params: { target_temperature_cdegc: 2150 },
    };
    expect(answer(order).obedience.orders.targetC).toBe(21.5);
  });

  test('switches plugs and the car charger off, until it ends or they are switched on', () => {
    const turn = (device: string, on: boolean, id: string): Command => ({
      ...envelope,
      cmd_id: id,
      device,
      action: 'switch',
      params: { on },
    });
    const off = answer(turn('plug', false, 'c1')).obedience;
    const both = answer(turn('car', false, 'c2'), off).obedience;
    const untilMs = envelope.expires_at;
    expect(both.orders.off).toEqual([
      { deviceId: 'plug', untilMs },
      { deviceId: 'car', untilMs },
    ]);
    expect(answer(turn('plug', true, 'c3'), both).obedience.orders.off).toEqual([{ deviceId: 'car', untilMs }]);
  });

  test('to report more often is applied until the time it names', () => {
    const order: Command = { ...envelope, action: 'report-every', params: { seconds: 5, until: NOW + 60_000 } };
    expect(states(order)).toEqual(['accepted', 'applied']);
    expect(answer(order).obedience.reporting).toEqual({ seconds: 5, untilMs: NOW + 60_000 });
  });

  test('is answered in the words of the schema', () => {
    for (const result of answer(charge()).results) expect(commandResult.parse(result)).toEqual(result);
  });
});

describe('an order that is not carried out', () => {
  test.each([
    ['beyond the battery', charge({ params: { power_w: 3001 } }), '3001 W is beyond'],
    [
      'below the thermostat',
      { ...envelope, device: 'thermostat', action: 'set-point', params: { target_temperature_cdegc: 1500 } },
      '15 °C is outside 16 to 30 °C',
    ],
    ['for a device that is not there', charge({ device: 'attic' }), 'no device attic'],
    ['for a device of another kind', charge({ device: 'plug' }), 'a smart_plug takes no set-battery'],
    [
      'to switch a meter',
      { ...envelope, device: 'meter', action: 'switch', params: { on: false } },
      'a smart_meter takes no switch',
    ],
  ] as [string, Command, string][])('%s is rejected with the reason and changes nothing', (_, order, why) => {
    expect(states(order)).toEqual(['rejected']);
    expect(reason(order)).toContain(why);
    expect(answer(order).obedience.orders).toBe(IDLE.orders);
  });

  test('because it came past its end is expired, and never executed late', () => {
    const late = answer(charge(), IDLE, envelope.expires_at);
    expect(late.results.map(({ state }) => state)).toEqual(['expired']);
    expect(late.obedience.orders).toBe(IDLE.orders);
  });
});

describe('a repeated order', () => {
  test('gets the same answer for a day, and has no second effect', () => {
    const first = answer(charge());
    const turned = { ...first.obedience, orders: { off: [], targetC: 20 } };
    const again = answer(charge({ params: { power_w: 3000 } }), turned, NOW + 3_600_000);
    expect(again.results).toEqual(first.results);
    expect(again.obedience).toBe(turned);
  });

  test('that was refused is refused alike, and one that expired stays expired', () => {
    const refused = answer(charge({ device: 'attic' }));
    expect(answer(charge(), refused.obedience).results).toEqual(refused.results);
  });

  test('is forgotten after 24 hours, when it has long expired', () => {
    const first = answer(charge());
    const later = answer(charge(), first.obedience, NOW + 24 * 3_600_000);
    expect(later.results.map(({ state }) => state)).toEqual(['expired']);
    expect(later.obedience.answers).toHaveLength(1);
  });
});
