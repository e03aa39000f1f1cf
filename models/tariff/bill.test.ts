import { describe, expect, test } from 'vitest';
import { priceBill } from './bill.ts';
import type { Bill } from './bill-value.ts';
import type { BillRequest } from './request.ts';
import type { DiscountCode } from './rows/deductions.ts';
import { priceSeries } from './series.ts';

const OCTOBER = { from: '2026-10-01', to: '2026-10-31' };
const request = (kwh: number, over: Partial<BillRequest> = {}): BillRequest => ({
  voltage: 'low',
  ...OCTOBER,
  discounts: [],
  use: { plan: 'progressive', kwh },
  ...over,
});
const billOf = (asked: BillRequest): Bill => {
  const answer = priceBill(asked);
  if (answer.status !== 'priced') throw new Error(JSON.stringify(answer));
  return answer;
};
const deductions = (asked: BillRequest): Record<string, number> =>
  Object.fromEntries(billOf(asked).deductions.map(({ item, won }) => [item, won]));
const held = (...discounts: DiscountCode[]): Partial<BillRequest> => ({ discounts });
const reasons = (bill: Bill): string[] => bill.provisionalReasons.map(({ code }) => code);

describe('each discount alone, 350 kWh in October, low voltage, charge 62,690', () => {
  test.each([
    ['A1', 16_000],
    ['A2', 18_807],
    ['B1', 16_000],
    ['B2', 18_807],
    ['B3', 16_000],
    ['B4', 10_000],
    ['B5', 8000],
  ] as const)('%s deducts %i won', (code, won) => {
    const bill = billOf(request(350, held(code)));
    expect(bill.deductions).toEqual([{ item: code, won }]);
    expect(bill.provisional).toBe(false);
  });

  test.each([
    ['B1', 20_000],
    ['B3', 20_000],
    ['B4', 12_000],
    ['B5', 10_000],
    ['A1', 16_000],
  ] as const)('in June, when the tiers are not yet those of summer, %s deducts %i won', (code, won) => {
    expect(deductions(request(350, { from: '2026-06-01', to: '2026-06-30', discounts: [code] }))).toEqual({
      [code]: won,
    });
  });
});

describe('two discounts at once', () => {
  test.each([
    [['A1', 'B1'], { B1: 16_000 }, 'equal amounts: one of them'],
    [['A2', 'B1'], { A2: 18_807 }, 'the larger one only'],
    [['A1', 'B2'], { B2: 18_807 }, 'the larger one only'],
    [['A1', 'B3'], { B3: 16_000, A1: 14_007 }, 'both, A on what B leaves: 30 % of 46,690'],
    [['A1', 'B4'], { B4: 10_000, A1: 15_807 }, 'both'],
    [['A1', 'B5'], { B5: 8000, A1: 16_000 }, 'both, A at its cap'],
    [['A2', 'B5'], { B5: 8000, A2: 16_407 }, 'both, A without a cap'],
    [['B1', 'B3', 'A1'], { B3: 16_000, A1: 14_007 }, 'of three, the pair that deducts most'],
    [['A1', 'A2'], { A2: 18_807 }, 'of two A discounts the larger'],
  ] as [DiscountCode[], Record<string, number>, string][])('%j: %j, %s', (codes, expected) => {
    const bill = billOf(request(350, held(...codes)));
    expect(Object.fromEntries(bill.deductions.map(({ item, won }) => [item, won]))).toEqual(expected);
    expect(reasons(bill)).toEqual(['O7']);
  });
});

describe('deductions that follow from date and use', () => {
  test('a discount household of 200 kWh or less gets up to 4,000 won off, flagged as unconfirmed', () => {
    expect(deductions(request(200, held('B5')))).toEqual({ LE200: 4000, B5: 8000 });
    expect(deductions(request(201, held('B5')))).toEqual({ B5: 8000 });
    expect(deductions(request(200, { voltage: 'high', ...held('B5') }))).toEqual({ LE200: 2500, B5: 8000 });
    expect(reasons(billOf(request(200, held('B5'))))).toEqual(['O6']);
  });

  test.each([
    ['2022-12-01', '2022-12-31', undefined],
    ['2023-01-01', '2023-01-31', 4100],
    ['2023-06-01', '2023-06-30', 6604],
    ['2024-12-01', '2024-12-31', 6604],
    ['2025-01-01', '2025-01-31', 2504],
    ['2025-04-01', '2025-04-30', undefined],
  ])('the price-freeze credit from %s on 313 kWh or more is %s to %s won', (from, to, won) => {
    expect(deductions(request(500, { from, to, discounts: ['B5'] }))['FREEZE']).toBe(won);
    expect(deductions(request(500, { from, to }))).toEqual({});
  });

  test('a freeze rate that changes inside a period counts by days: 157 kWh at 13.1 and 156 at 21.1', () => {
    const { FREEZE } = deductions(request(400, { from: '2023-05-16', to: '2023-06-15', discounts: ['B1'] }));
    expect(FREEZE).toBe(Math.floor((162 * 131 + 151 * 211) / 10));
  });

  test.each([
    ['2021-06-01', '2021-06-30', 'low', 4000],
    ['2021-08-01', '2021-08-31', 'low', 2000],
    ['2021-08-01', '2021-08-31', 'high', 1500],
    ['2022-06-01', '2022-06-30', 'low', 2000],
    ['2022-07-01', '2022-07-31', 'low', undefined],
  ] as const)(
    'a household without a discount had an essential-use deduction from %s to %s, %s voltage: %s',
    (from, to, voltage, won) => {
      expect(deductions(request(200, { from, to, voltage }))['EU']).toBe(won);
      expect(deductions(request(201, { from, to, voltage }))['EU']).toBeUndefined();
    },
  );

  test('the essential-use deduction leaves the minimum charge', () => {
    const { won } = billOf(request(5, { from: '2021-05-01', to: '2021-05-31' }));
    // 910 + 441 + 26 − 15 = 1,362
    expect(won).toMatchObject({ discount: 362, elec: 1000, minimum: 0 });
  });

  test('fixed discounts of the second half of 2022', () => {
    expect(deductions(request(350, { from: '2022-08-01', to: '2022-08-31', discounts: ['B3'] }))).toEqual({
      B3: 29_600,
    });
    expect(deductions(request(350, { from: '2022-09-01', to: '2022-09-30', discounts: ['B4'] }))).toEqual({
      B4: 15_600,
    });
    expect(deductions(request(350, { from: '2022-11-01', to: '2022-11-30', discounts: ['B1'] }))).toEqual({
      B1: 22_000,
    });
    expect(deductions(request(600, { from: '2022-11-01', to: '2022-11-30', discounts: ['A1'] }))).toEqual({
      A1: 22_000,
    });
  });

  test('a fixed discount that changes at the June boundary counts by days though the tiers do not change', () => {
    const asked = request(350, { from: '2026-05-15', to: '2026-06-14', discounts: ['B5'] });
    expect(billOf(asked).segments).toHaveLength(1);
    expect(deductions(asked)).toEqual({ B5: Math.floor((8000 * 17 + 10_000 * 14) / 31) });
  });
});

describe('the minimum charge', () => {
  test.each([
    ['low', 0, 90],
    ['low', 1, 0],
    ['high', 0, 270],
    ['high', 2, 32],
    ['high', 3, 0],
  ] as const)('%s voltage, %i kWh: %i won are added', (voltage, kwh, minimum) => {
    const { won } = billOf(request(kwh, { voltage }));
    expect(won.minimum).toBe(minimum);
    expect(won.elec).toBeGreaterThanOrEqual(1000);
  });

  test('discounts larger than the charge leave 1,000 won, and the bill says that this is not settled', () => {
    const bill = billOf(request(50, held('B1')));
    // 7,610: LE200 4,000, then B1 up to the whole charge
    expect(bill.won).toMatchObject({ discount: 11_610, minimum: 5000, elec: 1000, vat: 100, fund: 20, bill: 1120 });
    expect(reasons(bill)).toEqual(['O6', 'O9']);
  });
});

describe('the super-user price', () => {
  test.each([
    ['2026-08-01', '2026-08-31', 'super'],
    ['2026-12-01', '2026-12-31', 'super'],
    ['2026-02-01', '2026-02-28', 'super'],
    ['2026-09-01', '2026-09-30', 3],
    ['2026-03-01', '2026-03-31', 3],
  ])('1,001 kWh from %s to %s reach tier %s', (from, to, tier) => {
    expect(billOf(request(1001, { from, to })).tier).toBe(tier);
    expect(billOf(request(1000, { from, to })).tier).toBe(3);
  });

  test('keeps the base charge of tier 3', () => {
    expect(billOf(request(1500, { from: '2026-08-01', to: '2026-08-31' })).won.base).toBe(7300);
  });

  test('in a divided period its limit is shared by days, and the bill says that this is not documented', () => {
    const bill = billOf(request(1200, { from: '2026-08-15', to: '2026-09-14' }));
    expect(bill.segments.map(({ tier, tierKwh }) => [tier, tierKwh])).toEqual([
      ['super', [165, 82, 302, 109]],
      [3, [90, 90, 362]],
    ]);
    expect(reasons(bill)).toEqual(['O20']);
  });
});

describe('part of a month', () => {
  test('base charge and tier widths count by days: 15 of 31', () => {
    const bill = billOf(request(150, { from: '2026-10-01', to: '2026-10-15' }));
    expect(bill.segments[0]).toMatchObject({ tier: 2, tierKwh: [97, 53] });
    // 1,600 × 15/31 = 774.2; 97 × 120 + 53 × 214.6 = 23,013.8
    expect(bill.won).toMatchObject({ base: 774, energy: 23_013, climate: 1350, fuel: 750 });
    expect(bill.period).toMatchObject({ days: 15, monthDays: 31 });
  });

  test('a discount counts by days as well, flagged as undocumented', () => {
    const bill = billOf(request(300, { from: '2026-10-01', to: '2026-10-15', discounts: ['B1'] }));
    expect(bill.deductions).toEqual([{ item: 'B1', won: Math.floor((16_000 * 15) / 31) }]);
    expect(reasons(bill)).toEqual(['partial-month']);
  });
});

describe('rates that change', () => {
  test('the fuel rate of the first day holds for the whole period', () => {
    expect(billOf(request(300, { from: '2022-06-15', to: '2022-07-14' })).won.fuel).toBe(0);
    expect(billOf(request(300, { from: '2022-07-01', to: '2022-07-31' })).won.fuel).toBe(1500);
  });

  test('a fund rate that changes inside the period is weighted by days, once, and flagged', () => {
    const bill = billOf(request(500, { from: '2025-06-17', to: '2025-07-16' }));
    expect(bill.won.fund).toBe(Math.floor((bill.won.elec * (320 * 14 + 270 * 16)) / (10_000 * 30) / 10) * 10);
    expect(reasons(bill)).toEqual(['O4']);
  });

  test('the price of 2023-05-16 begins inside a month', () => {
    const bill = billOf(request(300, { from: '2023-05-01', to: '2023-05-31' }));
    expect(bill.split).toBe('other:15+other:16');
    // tiers 97 + 48 at 112.0 / 206.6, 103 + 52 at 120.0 / 214.6
    expect(bill.won.energy).toBe(Math.floor((97 * 1120 + 48 * 2066 + 103 * 1200 + 52 * 2146) / 10));
  });

  test('an unannounced quarter is provisional and says so; one that is announced is not', () => {
    expect(reasons(billOf(request(300, { from: '2026-12-01', to: '2026-12-31' })))).toEqual([]);
    const unannounced = billOf(request(300, { from: '2027-01-01', to: '2027-01-31' }));
    expect(unannounced.provisional).toBe(true);
    expect(reasons(unannounced)).toEqual(['O16']);
    expect(reasons(billOf(request(300, { from: '2026-12-15', to: '2027-01-14' })))).toEqual(['O16']);
  });

  test('the bill names the rows it used', () => {
    const bill = billOf(request(350, { from: '2024-11-01', to: '2024-11-30', discounts: ['B3'] }));
    expect(bill.rows.map(({ id }) => id)).toEqual([
      'residential/low/2023-05-16',
      'tiers/2021-01-01',
      'climate/2023-01-01',
      'fuel/2022-07-01',
      'vat/2021-01-01',
      'fund/2024-07-01',
      'minimum/2021-01-01',
      'discount/2023-01-01',
      'freeze/2023-06-01',
    ]);
  });
});

describe('the marginal kWh', () => {
  test.each([
    [200, 1040],
    [400, 6780],
    [300, 260],
  ])('after %i kWh in October one more adds %i won', (kwh, won) => {
    expect(billOf(request(kwh)).marginalWon).toBe(won);
  });

  test('after 450 kWh in August one more adds 6,790 won', () => {
    expect(billOf(request(450, { from: '2026-08-01', to: '2026-08-31' })).marginalWon).toBe(6790);
  });
});

describe('time-of-use', () => {
  const tou = (off: number, mid: number, peak: number, over: Partial<BillRequest> = {}): BillRequest =>
    request(0, { use: { plan: 'tou', contractKw: 3, bandKwh: { off, mid, peak } }, ...over });

  test('says what the next kWh costs in each band', () => {
    const { marginalWon } = billOf(tou(105, 105, 90));
    // 125.8, 153.8, 172.4 won with 14 won of climate and fuel and 12.7 % on top, cut to ten won
    expect(marginalWon).toEqual({ off: 150, mid: 180, peak: 200 });
  });

  test('1,000 kWh is the last that is priced; the next kWh is not', () => {
    expect(billOf(tou(400, 300, 300)).marginalWon).toEqual({ off: null, mid: null, peak: null });
    expect(priceBill(tou(401, 300, 300))).toMatchObject({ status: 'unsupported', code: 'tou-above-1000-kwh' });
  });

  test('is not priced for high voltage, nor with net metering: the sheet has neither', () => {
    expect(priceBill(tou(100, 100, 100, { voltage: 'high' }))).toMatchObject({ code: 'tou-high-voltage' });
    const netMetering = { exportKwh: 10, carriedKwh: 0, vatOnSupply: false };
    expect(priceBill(tou(100, 100, 100, { netMetering }))).toMatchObject({ code: 'tou-net-metering' });
  });

  test('a period over a change of season shares each band by days, flagged', () => {
    const bill = billOf(tou(100, 100, 101, { from: '2026-05-15', to: '2026-06-14' }));
    expect(bill.split).toBe('spring-autumn:17+summer:14');
    expect(bill.segments.map(({ bandKwh }) => bandKwh)).toEqual([
      { off: 55, mid: 55, peak: 55 },
      { off: 45, mid: 45, peak: 46 },
    ]);
    expect(bill.won.base).toBe(12_930);
    expect(reasons(bill)).toEqual(['tou-split']);
  });

  test('prices before May 2023 are calculated and flagged; before September 2021 there are none', () => {
    expect(reasons(billOf(tou(100, 100, 100, { from: '2022-11-01', to: '2022-11-30' })))).toEqual(['tou-history']);
    expect(priceBill(tou(1, 1, 1, { from: '2021-08-01', to: '2021-08-31' }))).toMatchObject({
      code: 'no-tariff-row',
      detail: 'the residential time-of-use tariff has no row for 2021-08-01; it begins on 2021-09-01',
    });
  });

  test('discounts of a time-of-use household are applied and flagged', () => {
    const bill = billOf(tou(105, 105, 90, held('B1')));
    expect(bill.won.discount).toBe(16_000);
    expect(reasons(bill)).toEqual(['tou-discount']);
  });
});

describe('net metering', () => {
  const net = (importKwh: number, exportKwh: number, carriedKwh: number, vatOnSupply = false): Bill =>
    billOf(request(importKwh, { netMetering: { exportKwh, carriedKwh, vatOnSupply } }));

  test('import 208, export 143: 65 kWh are billed', () => {
    const bill = net(208, 143, 0);
    expect(bill.netMetering).toEqual({
      importKwh: 208,
      exportKwh: 143,
      carriedInKwh: 0,
      creditedKwh: 143,
      carriedOutKwh: 0,
    });
    expect(bill.won).toEqual(billOf(request(65)).won);
    expect(reasons(bill)).toEqual(['O14']);
  });

  test('credit beyond the import is carried on, and the next kWh costs nothing', () => {
    const bill = net(200, 230, 20);
    expect([bill.kwh, bill.netMetering?.carriedOutKwh, bill.marginalWon]).toEqual([0, 50, 0]);
  });

  test('on request VAT rests on the supply before netting', () => {
    expect(net(208, 143, 0, true).won.vat).toBe(billOf(request(208)).won.vat);
    expect(net(208, 143, 0, true).won.elec).toBe(billOf(request(65)).won.elec);
  });

  test('over a year the credit of one period is used in the next', () => {
    const netMetering = { exportKwh: 300, carriedKwh: 0, vatOnSupply: false };
    const bills = priceSeries([
      request(200, { from: '2026-09-01', to: '2026-09-30', netMetering }),
      request(350, { netMetering: { ...netMetering, exportKwh: 50 } }),
    ]);
    expect(bills.map((bill) => bill.status === 'priced' && [bill.kwh, bill.netMetering?.carriedOutKwh])).toEqual([
      [0, 100],
      [200, 0],
    ]);
  });

  test('a period that begins before the one before has ended is refused', () => {
    const [, second] = priceSeries([request(200), request(200, { from: '2026-10-31', to: '2026-11-29' })]);
    expect(second).toMatchObject({ status: 'refused', code: 'overlapping-periods' });
  });
});

describe('what cannot be priced is refused with the place and the reason', () => {
  test.each([
    [{ voltage: 'medium' }, 'unknown-voltage', 'voltage'],
    [{ use: { plan: 'flat', kwh: 3 } }, 'unknown-plan', 'plan'],
    [{ use: { plan: 'progressive', kwh: -1 } }, 'bad-kwh', 'kwh'],
    [{ use: { plan: 'progressive', kwh: 10.5 } }, 'bad-kwh', 'kwh'],
    [{ use: { plan: 'progressive', kwh: Number.NaN } }, 'bad-kwh', 'kwh'],
    [{ use: { plan: 'progressive', kwh: 1_000_001 } }, 'bad-kwh', 'kwh'],
    [{ use: { plan: 'tou', contractKw: 0, bandKwh: { off: 1, mid: 1, peak: 1 } } }, 'bad-contract-kw', 'contract-kw'],
    [{ use: { plan: 'tou', contractKw: 3, bandKwh: { off: 1, mid: -1, peak: 1 } } }, 'bad-kwh', 'kwh-mid'],
    [{ discounts: ['C1'] }, 'unknown-discount', 'discount'],
    [{ netMetering: { exportKwh: -3, carriedKwh: 0, vatOnSupply: false } }, 'bad-kwh', 'export-kwh'],
    [{ from: '2020-12-15', to: '2021-01-14' }, 'no-tariff-row', 'from'],
    [{ from: '2026-10-31', to: '2026-10-01' }, 'reversed-period', 'to'],
  ])('%j: %s', (over, code, at) => {
    expect(priceBill({ ...request(300), ...over } as BillRequest)).toMatchObject({ status: 'refused', code, at });
  });
});
