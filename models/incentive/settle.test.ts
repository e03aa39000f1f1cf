import { describe, expect, test } from 'vitest';
import type { Use } from '../baseline/baseline.ts';
import { addDays } from '../calendar/seoul.ts';
import { APPLICATION_STATES, mayMove } from './application.ts';
import { eligibilityOf, versionFor, type Programme } from './programme.ts';
import { CARBON_POINTS } from './rows/carbon-points.ts';
import { ENERGY_CASHBACK, EVENING_PEAK, SMART_APPLIANCE } from './rows/cashback.ts';
import { APARTMENT_MISSION, HOME_TARGET, NATIONAL_DR } from './rows/events.ts';
import { settleCarbonHalf, settleCashback, type MonthlyUse } from './settle.ts';
import { simulateCashback } from './simulate.ts';

const good = (kwh: number): Use => ({ wh: kwh * 1000, quality: 'good' });
const monthly = (kwh: Record<string, number>): MonthlyUse =>
  new Map(Object.entries(kwh).map(([month, used]) => [month, good(used)]));
const year = (of: number, kwh: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`${of}-${String(i + 1).padStart(2, '0')}`, kwh]));

describe('a month of energy cashback', () => {
  test('350 kWh in both years before, 310 now: 3,200 won with the region’s mean, 2,000 without', () => {
    const use = monthly({ '2023-10': 350, '2024-10': 350, '2025-10': 310 });
    expect(settleCashback(use, '2025-10', true)).toMatchObject({
      period: '2025-10',
      reward: { status: 'reward', amount: 3200, provisional: [{ code: 'O1' }] },
      baseline: { method: 'same-month-two-years', version: 1, wh: 350_000 },
    });
    expect(settleCashback(use, '2025-10', false)).toMatchObject({
      reward: { amount: 2000, remarks: ['region-not-reached'] },
    });
  });

  test('from 2026-07 only the ceiling is known', () => {
    const use = monthly({ '2025-10': 350, '2026-10': 310 });
    expect(settleCashback(use, '2026-10', true)).toMatchObject({ reward: { status: 'unpriced', atMost: 4800 } });
  });

  test.each([
    ['2025-10', {}, 'missing-use'],
    ['2025-10', { '2025-10': 300 }, 'no-prior-year'],
    ['2022-06', { '2021-06': 300, '2022-06': 200 }, 'not-in-force'],
    ['2027-01', { '2026-01': 300, '2027-01': 200 }, 'not-in-force'],
  ])('%s with %j is refused: %s', (month, use, code) => {
    expect(settleCashback(monthly(use), month, true)).toMatchObject({ status: 'refused', code });
  });
});

describe('a half-year of carbon points', () => {
  test('12 % less than the mean of the same half of two years: 10,000 points', () => {
    const use = monthly({ ...year(2024, 340), ...year(2025, 360), ...year(2026, 308) });
    expect(settleCarbonHalf(use, '2026-H1', { consecutiveWinsBefore: 0 })).toMatchObject({
      reward: { amount: 10_000, savingBasisPoints: 1200 },
      baseline: { wh: 2_100_000 },
    });
  });

  test('a month of the half itself that is missing refuses it', () => {
    const use = monthly({ ...year(2025, 350), '2026-01': 300 });
    expect(settleCarbonHalf(use, '2026-H1', { consecutiveWinsBefore: 0 })).toMatchObject({ code: 'missing-use' });
  });
});

describe('you would have earned', () => {
  test('a year of past months is settled month by month, with what could not be', () => {
    const use = monthly({ ...year(2023, 400), ...year(2024, 400), ...year(2025, 340), '2022-05': 1 });
    const simulation = simulateCashback(use, ['2025-01', '2025-02', '2022-05'], true);
    // 15 % of 400: 60 kWh × (30 + 50)
    expect([simulation.total, simulation.settled.length, simulation.provisional]).toEqual([9600, 2, true]);
    expect(simulation.refused).toMatchObject([{ period: '2022-05', code: 'not-in-force' }]);
  });

  test('months without a published price are told apart, as a ceiling', () => {
    const use = monthly({ '2025-06': 350, '2025-10': 350, '2026-06': 310, '2026-10': 310 });
    expect(simulateCashback(use, ['2026-06', '2026-10'], true)).toMatchObject({ total: 3200, atMostBeside: 4800 });
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
  const programmes: Programme<unknown>[] = [
    ENERGY_CASHBACK,
    EVENING_PEAK,
    SMART_APPLIANCE,
    CARBON_POINTS,
    APARTMENT_MISSION,
    HOME_TARGET,
    NATIONAL_DR,
  ];

  test.each(programmes)(
    '$id: versions follow each other without a gap or an overlap, each with its source',
    ({ versions }) => {
      const [, ...starts] = versions.map(({ effectiveFrom }) => effectiveFrom);
      expect(starts).toEqual(versions.slice(0, -1).map(({ effectiveTo }) => addDays(effectiveTo!, 1)));
      expect(versions.filter(({ source }) => source.length < 5)).toEqual([]);
    },
  );

  test('of them only our own are paid by us', () => {
    expect(programmes.filter(({ payer }) => payer === 'us').map(({ id }) => id)).toEqual(['per-home-dr-target']);
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
