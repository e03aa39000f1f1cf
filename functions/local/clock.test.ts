import { expect, test } from 'vitest';
import { passingClock, settableClock } from './clock.ts';

test('the time of a replay moves on and never back', () => {
  const clock = settableClock(1000);
  clock.advanceTo(5000);
  clock.advanceTo(4000);
  expect(clock.now()).toBe(5000);
});

test('a clock that is a day ahead of the system goes on with it, and further when time passes', () => {
  const clock = passingClock(86_400_000);
  const before = Date.now();
  clock.pass(1000);
  expect(clock.now() - 86_401_000).toBeGreaterThanOrEqual(before);
  expect(clock.now() - 86_401_000).toBeLessThanOrEqual(Date.now());
});
