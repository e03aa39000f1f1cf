import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../calendar/seoul.ts';
import { carbonOf, solarCarbon } from './carbon.ts';
import { GRID_FACTORS } from './rows/grid-factor.ts';

const TODAY = '2026-11-22';

describe('CO2 of grid energy', () => {
  test.each([
    ['2026-11-22', 6343, 'the sample screen today: 6.3 kg, not 6.4'],
    ['2025-12-18', 6343, 'the day the new factor was published'],
    ['2025-12-17', 6902, 'the day before, under the old factor'],
    ['2024-06-01', 7267, 'under the factor of 2022'],
    ['2020-01-01', 6983, 'under the factor of 2019'],
  ])('15.2 kWh on %s are %i g: %s', (date, grams) => {
    expect(carbonOf(15_200, date).grams).toBe(grams);
  });

  test('names its row, and says from 2027 that the factor is only carried on', () => {
    expect(carbonOf(1, TODAY)).toMatchObject({ row: 'grid-factor/consumption-end/2025-12-18', provisional: [] });
    expect(carbonOf(1, '2027-01-01').provisional[0]?.code).toBe('O16');
  });

  test('no factor, no grams: a date before the first row is refused', () => {
    expect(() => carbonOf(1000, '2018-12-31')).toThrow('no CO2 factor holds on 2018-12-31');
  });

  test('each day since 2019 has exactly one row', () => {
    for (let date = '2019-01-02'; date < '2028-01-01'; date = addDays(date, 1)) {
      const rows = GRID_FACTORS.filter((row) => row.effectiveFrom <= date && date <= (row.effectiveTo ?? date));
      expect(rows.length, date).toBe(1);
    }
  });

  test('more energy is never less CO2, and a saving and the same extra use cancel', () => {
    const wh = fc.integer({ min: 0, max: 10_000_000 });
    fc.assert(
      fc.property(wh, wh, (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        expect(carbonOf(less, TODAY).grams).toBeLessThanOrEqual(carbonOf(more, TODAY).grams);
        expect(carbonOf(-a, TODAY).grams + carbonOf(a, TODAY).grams).toBe(0);
        expect(Math.abs(carbonOf(a, TODAY).grams - a * 0.4173)).toBeLessThanOrEqual(0.5 + 1e-6);
      }),
    );
  });
});

test('a roof that makes 12 kWh and sends 5 away, beside 6 kWh from the grid: 2.504 kg, 2.921 kg and 2.087 kg', () => {
  const { footprint, avoidedSelf, avoidedExport } = solarCarbon(
    { importWh: 6000, solarWh: 12_000, exportWh: 5000 },
    TODAY,
  );
  expect([footprint.grams, avoidedSelf.grams, avoidedExport.grams]).toEqual([2504, 2921, 2087]);
});
