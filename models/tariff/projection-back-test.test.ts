import { describe, expect, test } from 'vitest';
import { addDays } from '../calendar/seoul.ts';
import { ASSUMED_SUPPLY } from '../household/supply.ts';
import { backTest, scoreAlerts, scoreMornings, type Limit, type Morning } from './projection-back-test.ts';
import type { DayUse } from './use-series.ts';

const daysFrom = (from: string, count: number, whOn: (i: number) => number): DayUse[] =>
  Array.from({ length: count }, (_, i) => ({ date: addDays(from, i), importWh: whOn(i), exportWh: 0, share: 1 }));
const tested = (days: DayUse[]) =>
  backTest({ home: 'h', supply: ASSUMED_SUPPLY, days, from: '2024-03-10', to: '2024-05-31', historyDays: 60 });

describe('the back-test of a projection', () => {
  test('lives each whole period through morning by morning, and sees nothing of what is to come', () => {
    const { mornings } = tested(daysFrom('2024-01-01', 152, () => 8000));
    expect(mornings.map(({ period }) => period)).toEqual([
      ...Array<string>(30).fill('2024-04-01'),
      ...Array<string>(31).fill('2024-05-01'),
    ]);
    // the use trebles in May: no projection of April may know
    const surprised = tested(daysFrom('2024-01-01', 152, (i) => (i < 121 ? 8000 : 24_000)));
    expect(surprised.mornings.slice(0, 30)).toEqual(mornings.slice(0, 30));
    expect(scoreMornings(surprised.mornings.slice(30, 33)).abovePercent).toBe(100);
  });

  test('tells the day on which a limit was passed, and the first morning that warned of it', () => {
    const { limits } = tested(daysFrom('2024-01-01', 152, () => 10_000));
    expect(limits.filter(({ period }) => period === '2024-04-01')).toEqual([
      { home: 'h', period: '2024-04-01', limitKwh: 200, endKwh: 300, crossedOn: '2024-04-21', alertedOn: '2024-04-01' },
      { home: 'h', period: '2024-04-01', limitKwh: 400, endKwh: 300, crossedOn: null, alertedOn: null },
    ]);
  });

  test('leaves out periods with an unknown day, and homes that stood empty', () => {
    const days = daysFrom('2024-01-01', 152, () => 8000);
    expect(tested(days.filter(({ date }) => date !== '2024-04-07')).mornings).toHaveLength(31);
    expect(tested(daysFrom('2024-01-01', 152, () => 500)).mornings).toEqual([]);
  });

  test('scores what was held, missed to either side and refused', () => {
    const range = { low: 90, middle: 100, high: 120 };
    const morning = (won: number, projected: boolean): Morning => ({
      home: 'h',
      period: '2024-04-01',
      daysPassed: 1,
      actual: { wh: 100, won },
      projected: projected ? { useWh: range, billWon: range } : null,
    });
    expect(scoreMornings([80, 100, 120, 125].map((won) => morning(won, true)).concat(morning(1, false)))).toEqual({
      mornings: 4,
      refused: 1,
      heldPercent: 50,
      belowPercent: 25,
      abovePercent: 25,
      useHeldPercent: 100,
      billErrorPercent: expect.closeTo((100 * (1 / 6 + 1 / 5)) / 2),
      useErrorPercent: 0,
      widthPercent: expect.closeTo((100 * (30 / 120 + 30 / 100)) / 2),
    });
  });

  test('an alert three days before the crossing is in time, two days before or none is not, one without a crossing is false', () => {
    const limit = (crossedOn: string | null, alertedOn: string | null): Limit => ({
      home: 'h',
      period: '2024-04-01',
      limitKwh: 200,
      endKwh: 0,
      crossedOn,
      alertedOn,
    });
    expect(
      scoreAlerts([
        limit('2024-04-21', '2024-04-18'),
        limit('2024-04-21', '2024-04-19'),
        limit('2024-04-21', null),
        limit(null, '2024-04-18'),
        limit(null, null),
      ]),
    ).toEqual({ crossings: 3, aheadPercent: 100 / 3, alerts: 3, falsePercent: 100 / 3 });
  });
});
