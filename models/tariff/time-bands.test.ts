import { describe, expect, test } from 'vitest';
import { bandOf } from './time-bands.ts';

const day = (region: 'jeju' | 'mainland', date: string): string =>
  Array.from({ length: 24 }, (_, hour) => (bandOf(region, date, hour) ?? '?')[0]).join('');

describe('the band of an hour', () => {
  test('on Jeju a weekday is off to 8, mid to 16, peak to 22', () => {
    expect(day('jeju', '2026-11-20')).toBe('oooooooommmmmmmmppppppoo');
  });

  test('on the mainland the reformed summer peak is 15 to 21', () => {
    expect(day('mainland', '2026-07-20')).toBe('oooooooommmmmmmppppppmoo');
  });

  test('on the mainland a winter weekday has two peaks, 9 to 12 and 16 to 19', () => {
    expect(day('mainland', '2026-11-20')).toBe('oooooooompppmmmmpppmmmoo');
  });

  test('a Saturday has no peak: its peak hours are metered as mid', () => {
    expect(day('mainland', '2026-11-21')).toBe('oooooooommmmmmmmmmmmmmoo');
  });

  test('a Sunday and a public holiday are off all day', () => {
    expect(day('jeju', '2026-11-22')).toBe('o'.repeat(24));
    expect(day('jeju', '2026-10-09')).toBe('o'.repeat(24));
  });

  test('a temporary holiday is an ordinary day', () => {
    expect(bandOf('jeju', '2025-01-27', 18)).toBe('peak');
  });

  test('where no row and no holiday table reaches, the band is not known', () => {
    expect(bandOf('mainland', '2026-05-20', 18)).toBeUndefined();
    expect(bandOf('jeju', '2028-05-22', 18)).toBeUndefined();
  });
});
