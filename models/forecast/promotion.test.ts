import { describe, expect, test } from 'vitest';
import { canBeJudgedBy, FEWEST_HOMES, objections } from './promotion.ts';
import { aHome } from './testing/homes.ts';

const GOOD = {
  homesScored: 60,
  mase: 0.8,
  sevenDayMase: 0.9,
  wql: 39,
  championWql: 39.5,
  shippedWql: 39.4,
  wqlSmall: 44,
  championWqlSmall: 44.2,
  wqlMiddle: 39,
  championWqlMiddle: 39.6,
  wqlLarge: 34,
  championWqlLarge: 34.7,
  nextHourNmae: 40,
  championNextHourNmae: 40.2,
  persistenceNmae: 55,
  coverage80: 80,
  bias: 1,
  championBias: -1.5,
};

describe('a model that was trained', () => {
  test.each([
    ['is better all round', {}],
    ['is as good', { wql: 39.4, wqlSmall: 44.2, wqlMiddle: 39.6, wqlLarge: 34.7, nextHourNmae: 40.2, bias: -1.5 }],
    ['is worse by 0.5 %', { wql: 39.4 * 1.005 }],
    ['is worse for large homes by 3 %', { wqlLarge: 34.7 * 1.03 }],
    ['is worse in the next hour by 0.5 %', { nextHourNmae: 40.2 * 1.005 }],
    ['is biased by a percent more, to the other side', { bias: 2.5 }],
    ['has 75 of 100 hours in its range', { coverage80: 75 }],
    ['has 85 of 100 hours in its range', { coverage80: 85 }],
    ['was judged by as few homes as may be', { homesScored: FEWEST_HOMES }],
  ])('takes the place of the one in force when it %s', (_, change) => {
    expect(objections({ ...GOOD, ...change })).toEqual([]);
  });

  test.each([
    ['is worse by 0.6 %', { wql: 39.5 * 1.006, shippedWql: 40 }, /^wql is 39\.74, 0\.6 % worse than 39\.50/],
    ['is worse than the one that ships, a little each week', { shippedWql: 38.7 }, /of the model that ships$/],
    ['is no better than the 7-day mean', { mase: 0.9 }, /^mase 0\.90 is not below 0\.90/],
    ['is worse for small homes by 3.1 %', { wqlSmall: 44.2 * 1.031 }, /^wqlSmall is .*3\.1 % worse/],
    ['is worse for large homes by 3.1 %', { wqlLarge: 34.7 * 1.031 }, /^wqlLarge is/],
    ['is worse in the next hour by 0.6 %', { nextHourNmae: 40.2 * 1.006 }, /^nextHourNmae is .*0\.6 % worse/],
    ['is no better than the hour before', { persistenceNmae: 40 }, /^nextHourNmae 40\.00 is not below 40\.00/],
    ['is too sure', { coverage80: 74.9 }, /^coverage80 is 74\.90/],
    ['is too unsure', { coverage80: 85.1 }, /^coverage80 is 85\.10/],
    ['has sums that are too low', { bias: -2.6 }, /^bias of the mean is -2\.60 %/],
    ['has sums that are too high', { bias: 2.6 }, /^bias of the mean is 2\.60 %/],
    ['was judged by too few homes', { homesScored: FEWEST_HOMES - 1 }, /^20 homes could be judged by/],
    ['has no coverage', { coverage80: NaN }, /^coverage80 is NaN/],
  ])('does not when it %s, and says why', (_, change, why) => {
    const said = objections({ ...GOOD, ...change });
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(why);
  });

  test.each(Object.keys(GOOD).filter((name) => name !== 'homesScored'))('does not when %s was not measured', (name) => {
    const said = objections({ ...GOOD, [name]: NaN });
    expect(said).not.toEqual([]);
    expect(objections({ ...GOOD, [name]: Infinity })).not.toEqual([]);
  });

  test('does not when nothing was measured', () => {
    expect(objections({})).toEqual([`0 homes could be judged by; at least ${FEWEST_HOMES} are needed`]);
  });
});

describe('a home that a model is judged by', () => {
  const home = aHome('a', 117);
  const without = (from: number, to: number) => ({
    ...home,
    wh: home.wh.map((wh, i) => (i >= from && i < to ? NaN : wh)),
  });
  const weeks = 28 * 24;
  test('is 117 days old', () => {
    expect(canBeJudgedBy(home)).toBe(true);
    expect(canBeJudgedBy(aHome('a', 116))).toBe(false);
  });
  test('is known in half of its last four weeks, and in half of the time before', () => {
    const from = 89 * 24;
    expect(canBeJudgedBy(without(from, from + weeks / 2))).toBe(true);
    expect(canBeJudgedBy(without(from, from + weeks / 2 + 1))).toBe(false);
    expect(canBeJudgedBy(without(0, from / 2))).toBe(true);
    expect(canBeJudgedBy(without(0, from / 2 + 1))).toBe(false);
  });
});
