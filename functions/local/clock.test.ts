import { expect, test } from 'vitest';
import { settableClock } from './clock.ts';

test('the time of a replay moves on and never back', () => {
  const clock = settableClock(1000);
  clock.advanceTo(5000);
  clock.advanceTo(4000);
  expect(clock.now()).toBe(5000);
});
