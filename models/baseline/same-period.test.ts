import { describe, expect, test } from 'vitest';
import type { Use } from './baseline.ts';
import { asNumber } from './exact-wh.ts';
import { sameHalfBaseline, sameMonthBaseline } from './same-period.ts';

const use = (kwh: number, quality: Use['quality'] = 'good'): Use => ({ wh: kwh * 1000, quality });
const month = (period: string, of: Use | undefined) => ({ period, use: of });

describe('the same month of two years', () => {
  test('is their mean, with an interval from how far they lie apart', () => {
    const answer = sameMonthBaseline([month('2024-10', use(380)), month('2025-10', use(340))]);
    if (answer.status === 'refused') throw new Error(answer.detail);
    expect(asNumber(answer.expected)).toBe(360_000);
    expect(answer.interval).toEqual({ lowWh: 253_374, highWh: 466_626, confidencePercent: 80 });
  });

  test('of one year is that year, without an interval, and says so', () => {
    const answer = sameMonthBaseline([month('2024-10', undefined), month('2025-10', use(300))]);
    expect(answer).toMatchObject({ status: 'baseline', interval: null, remarks: ['one-prior-year'] });
  });

  test('an odd sum keeps its half kilowatt-hour', () => {
    const answer = sameMonthBaseline([
      month('2024-10', { wh: 1, quality: 'good' }),
      month('2025-10', { wh: 2, quality: 'good' }),
    ]);
    expect(answer).toMatchObject({ expected: { numerator: 3, denominator: 2 } });
  });

  test('a month whose readings are missing or bad is no month', () => {
    const answer = sameMonthBaseline([month('2024-10', use(900, 'bad')), month('2025-10', use(0, 'missing'))]);
    expect(answer).toMatchObject({
      status: 'refused',
      code: 'no-prior-year',
      detail: 'no use is known for 2024-10 or 2025-10',
    });
  });

  test('an estimated month lowers the quality', () => {
    expect(sameMonthBaseline([month('2025-10', use(300, 'estimated'))])).toMatchObject({ quality: 'estimated' });
  });
});

describe('the same half of two years', () => {
  const half = (year: number, kwh: readonly (number | null)[]) =>
    kwh.map((one, i) => month(`${year}-0${i + 1}`, one === null ? undefined : use(one)));

  test('a year without any month counts as no year', () => {
    const none = [null, null, null, null, null, null];
    expect(sameHalfBaseline([half(2024, none), half(2025, [300, 300, 300, 300, 300, 300])])).toMatchObject({
      expected: { numerator: 1_800_000, denominator: 1 },
      remarks: ['one-prior-year'],
      quality: 'good',
    });
    expect(sameHalfBaseline([half(2024, none), half(2025, none)])).toMatchObject({ code: 'no-prior-year' });
  });

  test('a missing month takes the mean of its own year', () => {
    const answer = sameHalfBaseline([
      half(2024, [100, 100, 100, 100, 100, 100]),
      half(2025, [400, 400, 400, 400, 400, null]),
    ]);
    if (answer.status === 'refused') throw new Error(answer.detail);
    expect(asNumber(answer.expected)).toBe((600_000 + 2_400_000) / 2);
  });
});
