import { expect, test } from 'vitest';
import { ASSUMED_SUPPLY } from '../household/supply.ts';
import { supplyBill } from '../tariff/supply-bill.ts';
import type { AdviceHome } from './advice-home.ts';
import { RULE_CODES, type RuleCode } from './codes.ts';
import { candidatesOf } from './rules.ts';
import { GETS, television, withDays } from './testing/homes-of-rules.ts';
import { viewOf } from './view.ts';

/** The bill of so many kWh of this November. */
const won = (kwh: number): number => {
  const use = { importWh: kwh * 1000, exportWh: 0, carriedKwh: 0 };
  const bill = supplyBill({ ...ASSUMED_SUPPLY, region: 'mainland' }, { from: '2026-11-01', to: '2026-11-30' }, use);
  return bill.status === 'priced' ? bill.won.bill : Number.NaN;
};

/** Won a month of each home, worked out once; the measures and the bills are proved by themselves (measures.test.ts, month.test.ts). */
const PRICED: Record<RuleCode, [low: number, high: number]> = {
  'cooler-set-point': [2410, 4840],
  'heater-set-point': [3350, 6960],
  standby: [3090, 7990],
  'idle-plug': [750, 2420],
  'shift-hours': [660, 2120],
  'tier-limit': [won(404) - won(400), won(408) - won(400)],
  lighting: [1500, 6350],
  'solar-self-use': [3350, 8760],
  'battery-schedule': [15280, 30500],
  'contract-choice': [16124, 41655],
};
test.each(RULE_CODES)('%s is worth what the bills of that home have it be', (rule) => {
  const { low, high } = candidatesOf(viewOf(GETS[rule])).find((one) => one.rule === rule)!.wonPerMonth;
  expect([low, high]).toEqual(PRICED[rule]);
});

test('standby is the spare night above what is needed, without the plug that is told of', () => {
  const plugs = [television];
  const of = (home: AdviceHome) => candidatesOf(viewOf(home)).find(({ rule }) => rule === 'standby')!.wonPerMonth;
  // 241 less 180 and 266 less 180 less 25 are the same 61 W
  const flat = (wh: number) => withDays(GETS.standby, (_, hour) => wh + (hour > 18 ? 600 : 0));
  const days = flat(266).days;
  const spared = of({ ...GETS.standby, days, plugs });
  expect(spared.high).toBeLessThan(of({ ...GETS.standby, days }).high);
  expect(Math.abs(spared.high - of(flat(241)).high)).toBeLessThan(300);
});
