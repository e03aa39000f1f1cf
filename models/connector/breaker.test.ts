import { describe, expect, it } from 'vitest';
import { after, CLOSED, isOpen, mayTry, type Breaker } from './breaker.ts';

const HOUR_MS = 3_600_000;
const failed = (times: number, nowMs = 0): Breaker =>
  Array.from({ length: times }).reduce<Breaker>((state) => after(state, 'failure', nowMs), CLOSED);

describe('a system that fails', () => {
  it('is asked at every turn until it has failed three times in a row', () => {
    expect(mayTry(failed(2), 0)).toBe(true);
    expect(isOpen(failed(2))).toBe(false);
    expect(mayTry(failed(3), 0)).toBe(false);
    expect(isOpen(failed(3))).toBe(true);
  });

  it('is asked once more after 15 minutes, 30, 60 … and at the latest after six hours', () => {
    const pauses = [3, 4, 5, 6, 7, 8, 20].map((times) => failed(times).retryAtMs);
    expect(pauses).toEqual([0.25, 0.5, 1, 2, 4, 6, 6].map((hours) => hours * HOUR_MS));
    expect(mayTry(failed(3), 0.25 * HOUR_MS)).toBe(true);
  });

  it('is asked at every turn again after one success', () => {
    expect(after(failed(9), 'success', 5)).toEqual(CLOSED);
  });
});
