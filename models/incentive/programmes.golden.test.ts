import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { asNumber, exactly, times, type ExactWh } from '../baseline/exact-wh.ts';
import { sameHalfBaseline, sameMonthBaseline, type NamedUse } from '../baseline/same-period.ts';
import { priceBill } from '../tariff/bill.ts';
import { carbonPoints, maxWon } from './carbon-points.ts';
import { cashback, paidWh, windowCashback } from './cashback.ts';
import { eventPay, mission, targetCut } from './events.ts';
import { versionFor, type Programme, type Version } from './programme.ts';
import type { Reward, Unpriced } from './reward.ts';
import { CARBON_POINTS, type Utility } from './rows/carbon-points.ts';
import { ENERGY_CASHBACK, EVENING_PEAK, SMART_APPLIANCE } from './rows/cashback.ts';
import { APARTMENT_MISSION, HOME_TARGET, NATIONAL_DR } from './rows/events.ts';

/** The incentive cases of the project's golden file; each names its source. `provisional` cases must be flagged by the engine too. */
type Case<Inputs> = {
  id: string;
  programme: string;
  status: 'firm' | 'provisional';
  inputs: Inputs;
  expected: Record<string, unknown>;
  published?: Record<string, number>;
};
const { cases } = JSON.parse(readFileSync(new URL('golden/programmes.json', import.meta.url), 'utf8')) as {
  cases: Case<never>[];
};
const casesOf = <Inputs>(programme: string): Case<Inputs>[] => cases.filter((one) => one.programme === programme);
const stated = (expected: Record<string, unknown>, figures: Record<string, unknown>) =>
  Object.fromEntries(Object.keys(expected).map((name) => [name, figures[name]]));

const versionOn = <Rule>(programme: Programme<Rule>, date: string): Version<Rule> => {
  const version = versionFor(programme, date, date);
  if ('status' in version) throw new Error(version.detail);
  return version;
};
const line = (reward: Reward | Unpriced, item: string): number =>
  reward.status === 'reward' ? (reward.lines.find((one) => one.item === item)?.amount ?? 0) : 0;
const good = (kwh: number | null): NamedUse['use'] => (kwh === null ? undefined : { wh: kwh * 1000, quality: 'good' });

describe('energy cashback', () => {
  type Month = {
    usage_month: string;
    prior_same_month_kwh: (number | null)[];
    actual_kwh: number;
    regional_mean_passed: boolean;
  };
  const settle = ({ inputs }: Case<Month>): Record<string, unknown> => {
    const baseline = sameMonthBaseline(
      inputs.prior_same_month_kwh.map((kwh, i) => ({ period: `${i - 2} years`, use: good(kwh) })),
    );
    if (baseline.status === 'refused')
      return { eligible: false, reason: 'no_prior_year_usage', cashback_won: 0, code: baseline.code };
    const version = versionOn(ENERGY_CASHBACK, `${inputs.usage_month}-01`);
    const month = {
      baseline: baseline.expected,
      actualWh: inputs.actual_kwh * 1000,
      regionalMeanPassed: inputs.regional_mean_passed,
    };
    const reward = cashback(version, month);
    return {
      eligible: true,
      baseline_kwh: asNumber(baseline.expected) / 1000,
      saved_kwh: asNumber(baseline.expected) / 1000 - inputs.actual_kwh,
      saving_rate_bp: reward.savingBasisPoints,
      paid_kwh: paidWh(version.rule, month) / 1000,
      base_won: line(reward, 'base'),
      tier_won: line(reward, 'tier'),
      cashback_won: reward.status === 'reward' ? reward.amount : undefined,
      unit_price_known: reward.status === 'reward',
      max_unit_price_won: version.rule.maxWonPerKwh,
      max_cashback_won: reward.status === 'unpriced' ? reward.atMost : undefined,
      provisional: reward.provisional.length > 0,
    };
  };

  test.each(casesOf<Month>('energy-cashback'))('$id', (one) => {
    expect(stated(one.expected, settle(one))).toEqual(one.expected);
  });

  test('the cases of 2024 and later are flagged, those before are not', () => {
    const flagged = casesOf<Month>('energy-cashback').filter((one) => settle(one)['provisional'] === true);
    expect(flagged.every(({ inputs }) => inputs.usage_month >= '2024-01')).toBe(true);
    expect(flagged).toHaveLength(
      casesOf<Month>('energy-cashback').filter(({ inputs }) => inputs.usage_month >= '2024-01').length,
    );
  });

  test.each([
    ['cashback-2023-332-298-published', 332, 298, '2023-06-01', '2023-06-30', 'bill_before_won', 'bill_after_won'],
    [
      'cashback-2023-427-384-published',
      427,
      384,
      '2023-08-01',
      '2023-08-31',
      'bill_at_baseline_won',
      'bill_before_cashback_won',
    ],
  ])('%s: the published bills around it come out as well', (id, before, after, from, to, beforeName, afterName) => {
    const { published } = cases.find((one) => one.id === id)!;
    const bill = (kwh: number) =>
      priceBill({ voltage: 'low', from, to, discounts: [], use: { plan: 'progressive', kwh } }) as {
        won: { bill: number };
      };
    expect([bill(before).won.bill, bill(after).won.bill]).toEqual([published![beforeName], published![afterName]]);
  });
});

describe('energy cashback in a window', () => {
  type Window = {
    usage_month: string;
    baseline_wh: number;
    actual_wh: number;
    registered_appliance_wh_in_window: number;
  };

  test.each(casesOf<Window>('energy-cashback-evening-peak'))('$id', ({ inputs, expected }) => {
    const version = versionOn(EVENING_PEAK, `${inputs.usage_month}-01`);
    const saved = exactly(inputs.baseline_wh - inputs.actual_wh);
    const { amount } = windowCashback(version, saved);
    const uncapped = windowCashback({ ...version, rule: { ...version.rule, capWonPerMonth: null } }, saved);
    expect({ saved_wh: asNumber(saved), uncapped_won: uncapped.amount, cashback_won: amount }).toEqual(expected);
  });

  test.each(casesOf<Window>('energy-cashback-smart-appliance'))('$id', ({ inputs, expected }) => {
    const reward = windowCashback(
      versionOn(SMART_APPLIANCE, `${inputs.usage_month}-01`),
      exactly(inputs.registered_appliance_wh_in_window),
    );
    expect({ cashback_won: reward.amount }).toEqual(expected);
  });
});

describe('carbon neutral points', () => {
  type Half = {
    utility: Utility;
    half_year_baseline: number;
    half_year_actual: number;
    consecutive_wins_before: number;
    actual_as_percent_of_participants_mean?: number;
  };
  type Year = {
    utilities: Utility[];
    saving_rate_bp_each: number;
    standard_use: boolean;
    halves: number;
    won_per_point: number;
  };
  type Filled = {
    prior_two_years_same_half_monthly_kwh: (number | null)[][];
    actual_monthly_kwh: number[];
    consecutive_wins_before: number;
  };
  const version = versionOn(CARBON_POINTS, '2026-07-01');
  const halves = casesOf<Half & Year & Filled>('carbon-points-energy');

  const figures = (
    utility: Utility,
    baseline: ExactWh,
    half: { actual: number; wins: number; percent?: number | undefined },
  ) => {
    const reward = carbonPoints(version, {
      utility,
      baseline,
      actual: half.actual,
      consecutiveWinsBefore: half.wins,
      ...(half.percent === undefined ? {} : { percentOfMean: half.percent }),
    });
    return {
      saving_rate_bp: reward.savingBasisPoints,
      reduce_points: line(reward, 'reduce'),
      maintain_points: line(reward, 'maintain'),
      standard_points: line(reward, 'standard'),
      points: reward.amount,
      max_won: maxWon(version, reward.amount),
      provisional: reward.provisional.length > 0,
    };
  };

  test.each(halves.filter(({ inputs }) => inputs.half_year_baseline !== undefined))(
    '$id',
    ({ inputs, expected, status }) => {
      const result = figures(inputs.utility, exactly(inputs.half_year_baseline), {
        actual: inputs.half_year_actual,
        wins: inputs.consecutive_wins_before,
        percent: inputs.actual_as_percent_of_participants_mean,
      });
      expect(stated(expected, result)).toEqual(expected);
      expect(result.provisional).toBe(status === 'provisional');
    },
  );

  test.each(halves.filter(({ inputs }) => inputs.saving_rate_bp_each !== undefined))('$id', ({ inputs, expected }) => {
    const perHalf = inputs.utilities.reduce((sum, utility) => {
      const half = { actual: 10_000 - inputs.saving_rate_bp_each, wins: 0, percent: inputs.standard_use ? 50 : 51 };
      return sum + figures(utility, exactly(10_000), half).points;
    }, 0);
    expect({ points_per_half: perHalf, won_per_year: maxWon(version, perHalf * inputs.halves) }).toEqual(expected);
  });

  test.each(halves.filter(({ inputs }) => inputs.actual_monthly_kwh !== undefined))('$id', ({ inputs, expected }) => {
    const baseline = sameHalfBaseline(
      inputs.prior_two_years_same_half_monthly_kwh.map((months, y) =>
        months.map((kwh, m) => ({ period: `${y}-${m}`, use: good(kwh) })),
      ),
    );
    if (baseline.status === 'refused') throw new Error(baseline.detail);
    const actual = inputs.actual_monthly_kwh.reduce((sum, kwh) => sum + kwh, 0);
    const inKwh = times(baseline.expected, 1, 1000);
    const filled = baseline.evidence.find(({ fate }) => fate === 'filled')!;
    const result = {
      ...figures('electricity', inKwh, { actual, wins: inputs.consecutive_wins_before }),
      filled_month_kwh: filled.wh / 1000,
      half_year_baseline: asNumber(inKwh),
      half_year_actual: actual,
    };
    expect(stated(expected, result)).toEqual(expected);
    expect([baseline.quality, baseline.remarks]).toEqual(['estimated', ['filled-month']]);
  });
});

describe('events', () => {
  type Window = { baseline_wh: number; actual_wh: number; successes_this_year: number; cbl_wh: number };

  test.each(casesOf<Window>('apartment-mission'))('$id', ({ inputs, expected }) => {
    const use = { baseline: exactly(inputs.baseline_wh), actualWh: inputs.actual_wh };
    const result = mission(versionOn(APARTMENT_MISSION, '2026-07-01'), [use], inputs.successes_this_year);
    expect({ cut_bp: result.savingBasisPoints, success: result.success, points: result.amount }).toEqual(expected);
  });

  test.each(casesOf<Window>('per-home-dr-target'))('$id', ({ inputs, expected }) => {
    const cut = targetCut(versionOn(HOME_TARGET, '2026-07-01'), exactly(inputs.cbl_wh));
    expect({ target_cut_wh: asNumber(cut) }).toEqual(expected);
  });

  test('a cut of a third of a watt-hour short of the won pays the won below', () => {
    const version = versionOn(NATIONAL_DR, '2026-07-01');
    // (1,241.667 − 850) Wh × 1,300 won/kWh = 509.17
    expect(eventPay(version, [{ baseline: times(exactly(3725), 1, 3), actualWh: 850 }]).amount).toBe(509);
    expect(eventPay(version, [{ baseline: exactly(1175), actualWh: 1300 }])).toMatchObject({
      amount: 0,
      remarks: ['no-saving'],
    });
  });
});

test('every case of the file is settled here or in the baseline’s golden test', () => {
  const here = [
    'energy-cashback',
    'energy-cashback-evening-peak',
    'energy-cashback-smart-appliance',
    'carbon-points-energy',
    'apartment-mission',
    'per-home-dr-target',
  ];
  const there = ['national-dr-cbl', 'national-dr-candidate-days'];
  expect(cases.filter(({ programme }) => ![...here, ...there].includes(programme))).toEqual([]);
  expect(cases).toHaveLength(49);
});
