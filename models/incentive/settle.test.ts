import { describe, expect, test } from 'vitest';
import type { Use } from '../baseline/baseline.ts';
import { addDays } from '../calendar/seoul.ts';
import { APPLICATION_STATES, mayMove } from './application.ts';
import type { CashbackInputs } from './inputs.ts';
import type { MonthlyUse } from './monthly-use.ts';
import { eligibilityOf, versionFor, type NotSettled, type Programme } from './programme.ts';
import { ALL_PROGRAMMES } from './programmes.ts';
import type { Settled } from './reward.ts';
import { CARBON_POINTS } from './rows/carbon-points.ts';
import { ENERGY_CASHBACK } from './rows/cashback.ts';
import { freezeCarbonHalf } from './settle-carbon.ts';
import { freezeCashback } from './settle-cashback.ts';
import { settleInputs } from './settle.ts';
import { simulateCarbon, simulateCashback, totalsOf } from './simulate.ts';

const good = (kwh: number): Use => ({ wh: kwh * 1000, quality: 'good' });
const monthly = (kwh: Record<string, number>): MonthlyUse =>
  new Map(Object.entries(kwh).map(([month, used]) => [month, good(used)]));
const year = (of: number, kwh: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`${of}-${String(i + 1).padStart(2, '0')}`, kwh]));

const cashbackOf = (
  use: MonthlyUse,
  month: string,
  regionalMean: CashbackInputs['regionalMean'] = 'reached',
): Settled | NotSettled => {
  const inputs = freezeCashback(use, month);
  return 'status' in inputs ? inputs : settleInputs({ ...inputs, regionalMean });
};
const carbonOf = (use: MonthlyUse, wins = 0): Settled | NotSettled => {
  const inputs = freezeCarbonHalf(use, '2026-H1', wins);
  return 'status' in inputs ? inputs : settleInputs(inputs);
};

describe('a month of energy cashback', () => {
  const use = monthly({ '2023-10': 350, '2024-10': 350, '2025-10': 310 });

  test('350 kWh in both years before, 310 now: 3,200 won with the region’s mean, 2,000 without', () => {
    expect(cashbackOf(use, '2025-10')).toMatchObject({
      period: '2025-10',
      reward: { status: 'reward', amount: 3200, remarks: [], provisional: [{ code: 'O1' }] },
      baseline: { method: 'same-month-two-years', version: 1, wh: 350_000, quality: 'good' },
    });
    expect(cashbackOf(use, '2025-10', 'missed')).toMatchObject({
      reward: { amount: 2000, remarks: ['region-not-reached'] },
    });
  });

  test('the region’s mean is taken as reached, and the reward says that it rests on that', () => {
    expect(freezeCashback(use, '2025-10')).toMatchObject({ regionalMean: 'assumed-reached' });
    expect(cashbackOf(use, '2025-10', 'assumed-reached')).toMatchObject({
      reward: { amount: 3200, remarks: ['region-assumed-reached'], provisional: [{ code: 'O1' }, { code: 'O3' }] },
    });
    const nothing = monthly({ '2024-10': 350, '2025-10': 345 });
    expect(cashbackOf(nothing, '2025-10', 'assumed-reached')).toMatchObject({
      reward: { amount: 0, remarks: ['below-floor'], provisional: [{ code: 'O1' }] },
    });
  });

  test('from 2026-07 only the ceiling is known', () => {
    expect(cashbackOf(monthly({ '2025-10': 350, '2026-10': 310 }), '2026-10')).toMatchObject({
      reward: { status: 'unpriced', atMost: 4800 },
    });
  });

  test('the inputs hold the three months it rests on, and no other', () => {
    expect(freezeCashback(monthly({ ...year(2023, 350), ...year(2024, 350), ...year(2025, 310) }), '2025-10')).toEqual({
      programme: 'energy-cashback',
      version: 'energy-cashback/2024-01-01',
      period: '2025-10',
      use: { '2023-10': good(350), '2024-10': good(350), '2025-10': good(310) },
      regionalMean: 'assumed-reached',
    });
  });

  test.each([
    ['2025-10', {}, 'missing-use'],
    ['2025-10', { '2025-10': 300 }, 'no-prior-year'],
    ['2022-06', { '2021-06': 300, '2022-06': 200 }, 'not-in-force'],
    ['2027-01', { '2026-01': 300, '2027-01': 200 }, 'not-in-force'],
  ])('%s with %j is refused: %s', (month, known, code) => {
    expect(cashbackOf(monthly(known), month)).toMatchObject({ status: 'refused', code });
  });

  test('that was settled by a version or a method that there is not is refused, not guessed', () => {
    const inputs = freezeCashback(use, '2025-10');
    if ('status' in inputs) throw new Error(inputs.detail);
    expect(settleInputs({ ...inputs, version: 'energy-cashback/1999' })).toMatchObject({ code: 'unknown-rule' });
  });
});

describe('a half-year of carbon points', () => {
  const twelvePercent = monthly({ ...year(2024, 340), ...year(2025, 360), ...year(2026, 308) });
  test('12 % less than the mean of the same half of two years: 10,000 points', () => {
    expect(carbonOf(twelvePercent)).toMatchObject({
      reward: { amount: 10_000, savingBasisPoints: 1200 },
      baseline: { wh: 2_100_000 },
    });
  });

  test('2.86 % less after two wins: 3,000 points for keeping it up, and nothing after one', () => {
    const use = monthly({ ...year(2024, 350), ...year(2025, 350), ...year(2026, 340) });
    expect(carbonOf(use, 2)).toMatchObject({ reward: { amount: 3000, savingBasisPoints: 285 } });
    expect(carbonOf(use, 1)).toMatchObject({ reward: { amount: 0, remarks: ['below-floor'] } });
  });

  test('a month of the half itself that is missing refuses it', () => {
    expect(carbonOf(monthly({ ...year(2025, 350), '2026-01': 300 }))).toMatchObject({ code: 'missing-use' });
  });
});

describe('you would have earned', () => {
  test('a year of past months is settled month by month, with what could not be', () => {
    const use = monthly({ ...year(2023, 400), ...year(2024, 400), ...year(2025, 340), '2022-05': 1 });
    const periods = simulateCashback(use, ['2022-05', '2025-01', '2025-02']);
    // 15 % of 400: 60 kWh × (30 + 50)
    expect(totalsOf(periods)).toEqual({ total: 9600, atMostBeside: 0 });
    expect(periods.map(({ answer }) => ('reward' in answer ? answer.reward.status : answer.code))).toEqual([
      'not-in-force',
      'reward',
      'reward',
    ]);
  });

  test('months without a published price are told apart, as a ceiling', () => {
    const use = monthly({ '2025-06': 350, '2025-10': 350, '2026-06': 310, '2026-10': 310 });
    expect(totalsOf(simulateCashback(use, ['2026-06', '2026-10']))).toEqual({ total: 3200, atMostBeside: 4800 });
  });

  test('half-years that were won count toward keeping it up', () => {
    const years = [2023, 2024, 2025, 2026].map((of, i) => year(of, [400, 400, 360, 350][i]!));
    const use = monthly({ ...years[0], ...years[1], ...years[2], ...years[3], '2026-01': 360, '2026-07': 470 });
    const rewards = simulateCarbon(use, ['2025-H1', '2025-H2', '2026-H1', '2026-H2']).map(({ answer }) =>
      'reward' in answer && answer.reward.status === 'reward' ? answer.reward.amount : answer,
    );
    // 10 % and 10 %; then 7.5 % against 380; then 2.6 %, after three wins
    expect(rewards).toEqual([10_000, 10_000, 5000, 3000]);
  });
});

describe('a programme', () => {
  const [first, ...others] = ENERGY_CASHBACK.versions;
  test('in two versions at once refuses the period instead of choosing', () => {
    const doubled: Programme<unknown> = {
      ...ENERGY_CASHBACK,
      versions: [first!, { ...first!, id: 'energy-cashback/again' }, ...others],
    };
    expect(versionFor(doubled, '2022-10-01', '2022-10-31')).toMatchObject({ code: 'two-versions' });
  });

  test('whose rule changes inside the period refuses it as well', () => {
    expect(versionFor(ENERGY_CASHBACK, '2023-06-15', '2023-07-14')).toMatchObject({ code: 'two-versions' });
  });

  test('that ends inside the period is not in force for it', () => {
    expect(versionFor(ENERGY_CASHBACK, '2026-12-15', '2027-01-14')).toMatchObject({ code: 'not-in-force' });
  });
});

test('an application moves one step at a time, and never back', () => {
  const moves = APPLICATION_STATES.flatMap((from) =>
    APPLICATION_STATES.filter((to) => mayMove(from, to)).map((to) => `${from} → ${to}`),
  );
  expect(moves).toEqual([
    'applied → under-review',
    'under-review → approved',
    'under-review → rejected',
    'approved → paid',
  ]);
});

describe('the programmes as data', () => {
  test.each(ALL_PROGRAMMES)(
    '$id: versions follow each other without a gap or an overlap, each with its source',
    ({ versions }) => {
      const [, ...starts] = versions.map(({ effectiveFrom }) => effectiveFrom);
      expect(starts).toEqual(versions.slice(0, -1).map(({ effectiveTo }) => addDays(effectiveTo!, 1)));
      expect(versions.filter(({ source }) => source.length < 5)).toEqual([]);
    },
  );

  test('of them only our own are paid by us', () => {
    expect(ALL_PROGRAMMES.filter(({ payer }) => payer === 'us').map(({ id }) => id)).toEqual([
      'per-home-dr-target',
      'community-challenge',
    ]);
  });

  test('each has a name, and each version its own', () => {
    const ids = ALL_PROGRAMMES.flatMap(({ id, versions }) => [id, ...versions.map((version) => version.id)]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('eligibility', () => {
  const met = { 'residential-contract': true, 'registered-at-address': true, 'unit-use-is-submitted': true } as const;

  test('says which condition fails, and which has not been answered', () => {
    expect(eligibilityOf(ENERGY_CASHBACK, { ...met, 'in-no-other-utility-programme': true })).toEqual({
      eligible: true,
      failed: [],
      unanswered: [],
    });
    expect(eligibilityOf(ENERGY_CASHBACK, met)).toEqual({
      eligible: null,
      failed: [],
      unanswered: ['in-no-other-utility-programme'],
    });
    expect(eligibilityOf(CARBON_POINTS, { 'lives-outside-seoul': false })).toEqual({
      eligible: false,
      failed: ['lives-outside-seoul'],
      unanswered: ['registered-at-address'],
    });
  });
});
