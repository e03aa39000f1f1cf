import { describe, expect, test } from 'vitest';
import { addDays } from '../calendar/seoul.ts';
import { carriedCredit } from './carried-credit.ts';
import { residencePeriod, type Residence } from './reading-period.ts';
import type { DayUse } from './use-series.ts';

const days = (from: string, count: number, [importWh, exportWh]: readonly [number, number]): DayUse[] =>
  Array.from({ length: count }, (_, i) => ({ date: addDays(from, i), importWh, exportWh, share: 1 }));
const netted = (residence: Residence) => (date: string) => {
  const period = residencePeriod(date, residence);
  return 'status' in period ? undefined : period;
};
const READ_ON_FIRST = netted({ readingDay: 1 });

describe('net-metering credit from the periods before', () => {
  const september = days('2026-09-01', 30, [4000, 9000]);
  const october = days('2026-10-01', 31, [8000, 5000]);

  test('what September leaves, 150 kWh, is set off against October and the rest comes into November', () => {
    expect(carriedCredit('2026-10-01', september, READ_ON_FIRST)).toBe(150);
    expect(carriedCredit('2026-11-01', [...september, ...october], READ_ON_FIRST)).toBe(150 - 93);
  });

  test('a winter month uses the credit up; it never turns into a debt', () => {
    const winter = days('2026-10-01', 31, [20_000, 0]);
    expect(carriedCredit('2026-11-01', [...september, ...winter], READ_ON_FIRST)).toBe(0);
  });

  test('credit from before a day that is not known counts as none', () => {
    const gap = [...september.filter(({ date }) => date !== '2026-09-15'), ...october];
    expect(carriedCredit('2026-11-01', gap, READ_ON_FIRST)).toBe(0);
  });

  test('a period without net metering ends what is carried: its surplus was set off against nothing', () => {
    const fromOctober = (date: string) => (date < '2026-10-01' ? undefined : READ_ON_FIRST(date));
    expect(carriedCredit('2026-11-01', [...september, ...october], fromOctober)).toBe(0);
  });

  test('the part of a period after moving in counts, nothing before it', () => {
    const movedIn = netted({ readingDay: 1, movedIn: '2026-10-22' });
    const own = days('2026-10-22', 10, [1000, 3000]);
    expect(carriedCredit('2026-11-01', [...september, ...own], movedIn)).toBe(20);
  });
});
