import { describe, expect, test } from 'vitest';
import { ASSUMED_SUPPLY } from '../household/supply.ts';
import type { AdviceHome, AdvicePlug } from './advice-home.ts';
import { RULE_CODES, type RuleCode } from './codes.ts';
import { candidatesOf, isCollecting, LEAST_WON } from './rules.ts';
import { plainLoad } from './testing/advice-home.ts';
import {
  autumn,
  GETS,
  idlePlug,
  JEJU_TOU,
  lit,
  NETTED,
  summer,
  sun,
  television,
  warmed,
  withDays,
} from './testing/homes-of-rules.ts';
import { viewOf } from './view.ts';

const found = (home: AdviceHome): RuleCode[] => candidatesOf(viewOf(home)).map(({ rule }) => rule);
const less = (home: AdviceHome, count: number): AdviceHome => ({ ...home, days: home.days.slice(-count) });

test.each(RULE_CODES)(
  '%s is suggested to a home that gives reason for it, with a range above the least gain',
  (rule) => {
    const one = candidatesOf(viewOf(GETS[rule])).find((candidate) => candidate.rule === rule);
    expect(one?.wonPerMonth.low).toBeGreaterThanOrEqual(LEAST_WON);
    expect(one?.wonPerMonth.high).toBeGreaterThanOrEqual(one?.wonPerMonth.low ?? 0);
    expect(one?.data.length).toBeGreaterThan(0);
  },
);

const hourly = (of: (hour: number) => number): AdvicePlug => ({
  deviceId: 'plug-1',
  hoursWh: Array.from({ length: 7 * 24 }, (_, i) => of(i)),
});
const works = (i: number): boolean => (television.hoursWh[i] ?? 0) === 120;

const autumnHome = GETS['heater-set-point'];
const summerHome = GETS['cooler-set-point'];
/** Who must not get it, and why. */
const MUST_NOT: readonly [RuleCode, string, AdviceHome][] = [
  ...RULE_CODES.map((rule): [RuleCode, string, AdviceHome] => [
    rule,
    'of which fewer than three weeks are known',
    less(GETS[rule], 20),
  ]),
  ...RULE_CODES.map((rule): [RuleCode, string, AdviceHome] => [
    rule,
    'whose days have gaps',
    {
      ...GETS[rule],
      days: GETS[rule].days.map((day) => ({ ...day, loadWh: day.loadWh.map((wh, h) => (h === 3 ? null : wh)) })),
    },
  ]),
  ['heater-set-point', 'whose use does not follow the cold', withDays(autumnHome, plainLoad(100))],
  ['heater-set-point', 'whose temperatures are not known', { ...autumnHome, meanCdegc: new Map() }],
  [
    'heater-set-point',
    'heated with gas, whose pump and lamps follow the cold a little, thermostat or not',
    { ...withDays(autumnHome, warmed(autumn, 1200, -290)), kinds: new Set(['thermostat']) },
  ],
  [
    'heater-set-point',
    'that uses less when it is cold',
    withDays(autumnHome, (date, hour) => 900 - warmed(autumn, 1200, -900)(date, hour) / 2),
  ],
  [
    'heater-set-point',
    'in a warm week after a cold autumn',
    { ...autumnHome, meanCdegc: new Map([...autumn].map(([date, c]) => [date, date > '2026-11-15' ? 1700 : c])) },
  ],
  ['heater-set-point', 'that only cools', summerHome],
  ['cooler-set-point', 'that only heats', autumnHome],
  ['cooler-set-point', 'whose use does not follow the heat', withDays(summerHome, plainLoad(100))],
  [
    'cooler-set-point',
    'with a thermostat, but whose use follows nothing',
    { ...withDays(summerHome, plainLoad(100)), kinds: new Set(['thermostat']) },
  ],
  ['cooler-set-point', 'that cools so little that it is worth nothing', withDays(summerHome, warmed(summer, 2400, 15))],
  ['standby', 'whose boiler pumps in a winter night', withDays(GETS.standby, plainLoad(190))],
  ['standby', 'that uses so much at night that it must be something else', withDays(GETS.standby, plainLoad(520))],
  [
    'standby',
    'whose idle plug is the better part of it',
    { ...withDays(GETS.standby, plainLoad(215)), plugs: [television] },
  ],
  ['standby', 'that needs at night what a refrigerator needs', withDays(GETS.standby, plainLoad(100))],
  [
    'standby',
    'whose nights are warmed',
    {
      ...withDays(GETS.standby, (date, hour) => 260 + Math.max(0, 1200 - (autumn.get(date) ?? 0)) / 4 + hour),
      meanCdegc: autumn,
    },
  ],
  [
    'standby',
    'that charges its car in some nights',
    withDays(
      GETS.standby,
      (date, hour) => plainLoad(90)(date, hour) + (hour < 6 && Number(date.slice(8)) % 2 === 0 ? 3000 : 0),
    ),
  ],
  ['idle-plug', 'without a plug', { ...GETS['idle-plug'], plugs: [] }],
  [
    'idle-plug',
    'whose plug feeds what never works, such as a router or a medical device',
    { ...GETS['idle-plug'], plugs: [idlePlug(() => 25)] },
  ],
  [
    'idle-plug',
    'whose plug feeds what never rests, such as a refrigerator',
    { ...GETS['idle-plug'], plugs: [idlePlug((hour) => 20 + ((hour * 7) % 5) * 12)] },
  ],
  [
    'idle-plug',
    'whose plug feeds a refrigerator of 30 W that thaws for an hour a day',
    {
      ...GETS['idle-plug'],
      plugs: [hourly((i) => (i % 24 === (3 + 5 * Math.floor(i / 24)) % 24 ? 110 : 27 + ((i * 5) % 7)))],
    },
  ],
  [
    'idle-plug',
    'whose plug feeds what breathes between 27 and 33 W, though it works for hours on end',
    { ...GETS['idle-plug'], plugs: [hourly((i) => (works(i) ? 120 : 27 + ((i * 5) % 7)))] },
  ],
  [
    'idle-plug',
    'whose plug feeds what works for single hours only',
    { ...GETS['idle-plug'], plugs: [hourly((i) => (i % 24 === (3 + 5 * Math.floor(i / 24)) % 24 ? 110 : 25))] },
  ],
  [
    'idle-plug',
    'whose plug feeds what a clock switches at the same hours of every day',
    { ...GETS['idle-plug'], plugs: [idlePlug((hour) => (hour >= 20 && hour < 23 ? 120 : 25))] },
  ],
  [
    'idle-plug',
    'whose plug was used on one day only',
    { ...GETS['idle-plug'], plugs: [hourly((i) => (i >= 20 && i < 23 ? 120 : 25))] },
  ],
  [
    'idle-plug',
    'whose plug feeds what works in half of the hours',
    { ...GETS['idle-plug'], plugs: [hourly((i) => (i % 24 >= 12 - (Math.floor(i / 24) % 3) ? 160 : 39))] },
  ],
  [
    'idle-plug',
    'whose plug never draws less than 45 W',
    { ...GETS['idle-plug'], plugs: [hourly((i) => (works(i) ? 300 : 45))] },
  ],
  [
    'idle-plug',
    'whose plug is off while it rests',
    { ...GETS['idle-plug'], plugs: [idlePlug((hour) => (hour >= 20 && hour < 23 ? 120 : 0))] },
  ],
  [
    'idle-plug',
    'whose plug was silent',
    { ...GETS['idle-plug'], plugs: [{ deviceId: 'plug-1', hoursWh: television.hoursWh.map(() => null) }] },
  ],
  [
    'shift-hours',
    'under progressive tiers',
    { ...GETS['shift-hours'], contract: { ...ASSUMED_SUPPLY, region: 'jeju' } },
  ],
  [
    'shift-hours',
    'of which nobody knows whose hours hold',
    { ...GETS['shift-hours'], contract: { ...JEJU_TOU, region: undefined } },
  ],
  ['shift-hours', 'that lets the plan do it', { ...GETS['shift-hours'], automationIsOn: true }],
  ['shift-hours', 'that uses nothing more at peak', withDays(GETS['shift-hours'], () => 300)],
  [
    'shift-hours',
    'that is told to use its sun in the same evenings',
    {
      ...withDays(GETS['shift-hours'], (date, hour) => 2 * plainLoad(100)(date, hour) + (hour === 17 ? 2500 : 0), sun),
      kinds: new Set(['smart_meter', 'solar_inverter']),
    },
  ],
  ['shift-hours', 'that has not said its contract', { ...GETS['shift-hours'], contractAssumed: true }],
  [
    'tier-limit',
    'that stays below anyway',
    { ...GETS['tier-limit'], period: { ...GETS['tier-limit'].period!, lowKwh: 380, middleKwh: 395 } },
  ],
  [
    'tier-limit',
    'that may stay below anyway',
    { ...GETS['tier-limit'], period: { ...GETS['tier-limit'].period!, lowKwh: 396 } },
  ],
  [
    'tier-limit',
    'that would have to halve its use',
    { ...GETS['tier-limit'], period: { ...GETS['tier-limit'].period!, usedKwh: 380, lowKwh: 430, middleKwh: 440 } },
  ],
  [
    'tier-limit',
    'that has crossed already',
    { ...GETS['tier-limit'], period: { ...GETS['tier-limit'].period!, usedKwh: 401 } },
  ],
  ['tier-limit', 'whose roof is set off', { ...GETS['tier-limit'], contract: NETTED }],
  ['tier-limit', 'by time of use, which has no tiers', { ...GETS['tier-limit'], contract: JEJU_TOU, period: null }],
  ['tier-limit', 'that has not said its contract', { ...GETS['tier-limit'], contractAssumed: true }],
  ['lighting', 'known for two months only', less(GETS.lighting, 60)],
  [
    'lighting',
    'that uses so much more in the dark that it cannot be lamps',
    withDays(GETS.lighting, (date, hour) => 4 * lit(date, hour)),
  ],
  ['lighting', 'that uses no more in the dark', withDays(GETS.lighting, plainLoad(70))],
  [
    'lighting',
    'whose temperatures are not known, so that dusk and cold cannot be told apart',
    { ...GETS.lighting, meanCdegc: new Map() },
  ],
  [
    'solar-self-use',
    'without a roof',
    { ...withDays(GETS['solar-self-use'], plainLoad(100)), kinds: new Set(['smart_meter']) },
  ],
  ['solar-self-use', 'that has not said its contract', { ...GETS['solar-self-use'], contractAssumed: true }],
  ['solar-self-use', 'whose roof is set off', { ...GETS['solar-self-use'], contract: NETTED }],
  [
    'solar-self-use',
    'whose battery takes the surplus',
    { ...GETS['solar-self-use'], kinds: new Set(['solar_inverter', 'battery']) },
  ],
  ['solar-self-use', 'that uses all of its sun', withDays(GETS['solar-self-use'], () => 2000, sun)],
  [
    'battery-schedule',
    'without a battery',
    { ...GETS['battery-schedule'], kinds: new Set(['smart_meter', 'solar_inverter']) },
  ],
  ['battery-schedule', 'whose battery is steered already', { ...GETS['battery-schedule'], automationIsOn: true }],
  ['battery-schedule', 'whose roof is set off', { ...GETS['battery-schedule'], contract: NETTED }],
  [
    'battery-schedule',
    'with tiers and without a roof, where every hour costs the same',
    {
      ...GETS['battery-schedule'],
      days: withDays(GETS['battery-schedule'], plainLoad(200)).days.map((day, i) => ({
        ...day,
        fromBatteryWh: i % 20 === 0 ? 5000 : 800,
      })),
    },
  ],
  [
    'battery-schedule',
    'whose battery was never seen to give anything',
    { ...GETS['battery-schedule'], days: GETS['battery-schedule'].days.map((day) => ({ ...day, fromBatteryWh: 0 })) },
  ],
  [
    'contract-choice',
    'on the mainland, where time of use is for certified heat pumps',
    { ...GETS['contract-choice'], contract: { ...ASSUMED_SUPPLY, region: 'mainland' } },
  ],
  ['contract-choice', 'known for half a year only', less(GETS['contract-choice'], 180)],
  ['contract-choice', 'that has not said its contract', { ...GETS['contract-choice'], contractAssumed: true }],
  [
    'contract-choice',
    'for whom the other one would have been dearer',
    withDays(GETS['contract-choice'], (_, hour) => (hour >= 16 && hour < 22 ? 500 : 150)),
  ],
  [
    'contract-choice',
    'of high voltage, which has no such sheet',
    { ...GETS['contract-choice'], contract: { ...ASSUMED_SUPPLY, voltage: 'high', region: 'jeju' } },
  ],
];

test.each(MUST_NOT)('%s is not suggested to a home %s', (rule, _, home) => {
  expect(found(home)).not.toContain(rule);
});

describe('a home that is being got to know', () => {
  test('says so below three whole weeks', () => {
    expect([20, 21].map((count) => isCollecting(viewOf(less(GETS.standby, count))))).toEqual([true, false]);
  });
});
