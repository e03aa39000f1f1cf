import { dayKind } from '../calendar/holidays.ts';
import type { LocalDate } from '../calendar/seoul.ts';
import { rowOn } from '../calendar/dated.ts';
import { BAND_HOURS, TIME_OF_USE, type Band, type BandHours, type Region } from './rows/time-of-use.ts';

const within = (hour: number, hours: BandHours['mid']): boolean =>
  hours.some(([from, to]) => from <= hour && hour < to);

const onWeekday = (hour: number, { mid, peak }: BandHours): Band =>
  within(hour, peak) ? 'peak' : within(hour, mid) ? 'mid' : 'off';

/**
 * The time-of-use band of the hour that starts at `hour` (0 to 23) of a Korean date (korea.md 1.10). Saturdays have no peak;
 * Sundays and public holidays are off all day, a temporary holiday is an ordinary day. Undefined where no row or no holiday
 * table reaches.
 */
export const bandOf = (region: Region, date: LocalDate, hour: number): Band | undefined => {
  const row = BAND_HOURS[region];
  const hours = rowOn(row, date);
  const season = rowOn(TIME_OF_USE, date)?.seasons.find(({ months }) => months.includes(Number(date.slice(5, 7))));
  const kind = dayKind(date);
  if (!hours || !season || !kind) return undefined;
  if (kind === 'sunday' || kind === 'holiday') return 'off';
  const band = onWeekday(hour, hours.weekday[season.season]);
  return band === 'peak' && kind === 'saturday' ? 'mid' : band;
};
