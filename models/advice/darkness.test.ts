import { expect, test } from 'vitest';
import { darknessAt, sunsetHour } from './darkness.ts';

test.each([
  ['2026-06-21', 19 + 49 / 60],
  ['2026-09-23', 18 + 27 / 60],
  ['2026-12-21', 17 + 20 / 60],
])('the sun over Daejeon sets on %s within six minutes of the almanac', (date, hour) => {
  expect(Math.abs(sunsetHour(date) - hour)).toBeLessThan(0.1);
});

test('an hour is dark from half an hour after sunset on', () => {
  expect([16, 17, 18].map((hour) => Number(darknessAt('2026-12-21', hour).toFixed(1)))).toEqual([0, 0.2, 1]);
  expect([18, 19, 20, 21].map((hour) => Number(darknessAt('2026-06-21', hour).toFixed(1)))).toEqual([0, 0, 0.6, 1]);
});
