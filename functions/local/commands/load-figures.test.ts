import { describe, expect, test } from 'vitest';
import { growthPerHour, percentiles } from './load-figures.ts';

describe('percentiles of latencies', () => {
  test('are values that occurred: of a hundred, the 50th, 95th and 99th by size', () => {
    const values = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect(percentiles(values)).toEqual({ count: 100, p50: 50, p95: 95, p99: 99, max: 100 });
  });

  test('of one reading are that reading, and one slow one in twenty does not reach the 95th', () => {
    expect(percentiles([7])).toEqual({ count: 1, p50: 7, p95: 7, p99: 7, max: 7 });
    const values = [...Array.from({ length: 19 }, () => 1), 900];
    expect(percentiles(values)).toMatchObject({ p50: 1, p95: 1, p99: 900, max: 900 });
  });
});

describe('memory growth', () => {
  const samples = (mbAt: (minute: number) => number) =>
    Array.from({ length: 61 }, (_, minute) => ({
      atMs: 1_795_000_000_000 + minute * 60_000,
      rssMb: mbAt(minute),
      heapMb: 80,
    }));
  const from = 1_795_000_000_000;

  test('of a host that gains 2 MB a minute is 120 MB an hour, without error', () => {
    const growth = growthPerHour(
      samples((minute) => 500 + 2 * minute),
      'rssMb',
      from,
    );
    expect(growth?.mbPerHour).toBeCloseTo(120, 6);
    expect(growth?.error).toBeCloseTo(0, 6);
  });

  test('leaves the warm-up out, and what does not grow is told as none', () => {
    const warm = samples((minute) => (minute < 10 ? 300 + 20 * minute : 500));
    expect(growthPerHour(warm, 'rssMb', from + 10 * 60_000)?.mbPerHour).toBeCloseTo(0, 6);
    expect(growthPerHour(warm, 'heapMb', from)?.mbPerHour).toBeCloseTo(0, 6);
  });

  test('that garbage collection hides is within its error of nothing', () => {
    const saw = growthPerHour(
      samples((minute) => 500 + 40 * (minute % 4)),
      'rssMb',
      from,
    );
    expect(Math.abs(saw?.mbPerHour ?? 1e9)).toBeLessThan(2 * (saw?.error ?? 0));
  });

  test('of two samples is not told', () => {
    expect(growthPerHour(samples(() => 1).slice(0, 2), 'rssMb', from)).toBeUndefined();
  });
});
