import { describe, expect, test } from 'vitest';
import { accuracyOf, addSums, holdAgainst, NO_SUMS } from './day-accuracy.ts';

const even = <T>(value: T): T[] => Array<T>(24).fill(value);
const FORESEEN = {
  meanWh: even(1100),
  p10Wh: even(800),
  p50Wh: even(1000),
  p90Wh: even(1500),
  naiveWh: even(700).with(5, null as unknown as number),
};

describe('a day against its forecast', () => {
  test('counts the error of the median, the baseline’s beside it, and the hours within the range, ends included', () => {
    const actual = even(1000).with(0, 800).with(1, 1500).with(2, 1501).with(3, 0);
    expect(holdAgainst(FORESEEN, actual)).toEqual({
      hours: 23,
      actualWh: 19 * 1000 + 800 + 1500 + 1501,
      expectedWh: 23 * 1100,
      errorWh: 200 + 500 + 501 + 1000,
      naiveErrorWh: 19 * 300 + 100 + 800 + 801 + 700,
      within: 21,
    });
  });

  test('leaves out hours that are not known, of the day or of the baseline', () => {
    const { hours, actualWh } = holdAgainst(FORESEEN, even<number | null>(1000).with(7, null));
    expect([hours, actualWh]).toEqual([22, 22_000]);
    expect(holdAgainst(FORESEEN, even(null))).toEqual(NO_SUMS);
  });

  test('is a share of what was used: perfect is 100, further off than everything is 0, and of nothing there is none', () => {
    const perfect = holdAgainst(FORESEEN, even(1000));
    expect(accuracyOf(perfect)).toEqual({ accuracy: 100, naiveAccuracy: 70, within80: 100 });
    expect(accuracyOf(holdAgainst(FORESEEN, even(10)))?.accuracy).toBe(0);
    expect(accuracyOf(holdAgainst(FORESEEN, even(0)))).toBeUndefined();
    expect(accuracyOf(NO_SUMS)).toBeUndefined();
  });

  test('adds up over days and homes', () => {
    const [one, other] = [holdAgainst(FORESEEN, even(1000)), holdAgainst(FORESEEN, even(500))];
    expect(accuracyOf(addSums(one, other))?.accuracy).toBe(Math.round((1 - 500 / 1500) * 1000) / 10);
  });
});
