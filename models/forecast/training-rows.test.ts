import { expect, test } from 'vitest';
import { DAY_AHEAD, NEXT_HOUR } from './features.ts';
import { HOURS } from './series.ts';
import { aHome } from './testing/homes.ts';
import { trainingRows } from './training-rows.ts';

const series = aHome('a', 200);
const HISTORY = DAY_AHEAD.names.indexOf('history');
const EVENING = DAY_AHEAD.names.indexOf('evening');

test('a day of a home is learnt from as it is, and some once more as a young home would see them', () => {
  const { features, targets } = trainingRows(DAY_AHEAD, [{ series, from: 29, to: 200 }]);
  const rows = Array.from({ length: targets.length }, (_, row) => features.values.subarray(row * features.columns));
  expect(targets.length).toBeGreaterThan(1.05 * 171 * HOURS);
  expect(targets.length).toBeLessThan(1.18 * 171 * HOURS);
  expect(new Set(rows.map((row) => row[HISTORY])).size).toBeGreaterThan(3);
  // those with an eve that is not over
  expect(rows.some((row) => Number.isNaN(row[EVENING]))).toBe(true);
});

test('the next hour is never asked before its eve is over', () => {
  const { features, targets } = trainingRows(NEXT_HOUR, [{ series, from: 29, to: 200 }]);
  for (let row = 0; row < targets.length; row++)
    expect(features.values[row * features.columns + EVENING]).not.toBeNaN();
});

test('an hour that was not read is not learnt from', () => {
  const gap = { ...series, wh: series.wh.map((wh, i) => (i % HOURS === 3 ? NaN : wh)) };
  expect(trainingRows(DAY_AHEAD, [{ series: gap, from: 29, to: 100 }]).hour).not.toContain(3);
});
