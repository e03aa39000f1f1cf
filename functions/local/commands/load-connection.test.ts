import { expect, test } from 'vitest';
import { pauseMs } from './load-connection.ts';

test('a fleet that lost its broker comes back over a second, then two, four and at most thirty', () => {
  const limits = [0, 1, 2, 5, 20].map((attempt) => pauseMs(attempt, 0.999_999));
  expect(limits).toEqual([1000, 2000, 4000, 30_000, 30_000]);
  // full jitter: from nothing on, so no two devices have to come together
  expect(pauseMs(20, 0)).toBe(1);
  expect(pauseMs(1, 0.5)).toBe(1001);
});
