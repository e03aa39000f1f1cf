import { addDays, type LocalDate } from '../calendar/seoul.ts';

/** What one settlement covers, first and last day both inclusive. `id`: `2026-10`, `2026-H1`, or an event's id. */
export type Period = { readonly id: string; readonly from: LocalDate; readonly to: LocalDate };
/** `2026-H1` or `2026-H2`. */
export type HalfYear = `${number}-H${1 | 2}`;

const firstOfNext = (month: string): LocalDate => `${addDays(`${month}-28`, 4).slice(0, 7)}-01`;
export const monthOf = (date: LocalDate): string => date.slice(0, 7);
/** The same month or half-year of an earlier year. */
export const yearsBefore = (period: string, years: number): string =>
  `${Number(period.slice(0, 4)) - years}${period.slice(4)}`;

export const monthPeriod = (month: string): Period => ({
  id: month,
  from: `${month}-01`,
  to: addDays(firstOfNext(month), -1),
});

export const monthsOfHalf = (half: HalfYear): string[] => {
  const first = half.endsWith('H1') ? 1 : 7;
  return Array.from({ length: 6 }, (_, i) => `${half.slice(0, 4)}-${String(first + i).padStart(2, '0')}`);
};

export const halfPeriod = (half: HalfYear): Period => {
  const year = half.slice(0, 4);
  return half.endsWith('H1')
    ? { id: half, from: `${year}-01-01`, to: `${year}-06-30` }
    : { id: half, from: `${year}-07-01`, to: `${year}-12-31` };
};

export const halfOf = (date: LocalDate): HalfYear => `${Number(date.slice(0, 4))}-H${date.slice(5, 7) <= '06' ? 1 : 2}`;
/** `back` half-years earlier; negative: later. */
export const halfBefore = (half: HalfYear, back: number): HalfYear => {
  const count = Number(half.slice(0, 4)) * 2 + (half.endsWith('H2') ? 1 : 0) - back;
  return `${Math.floor(count / 2)}-H${count % 2 === 0 ? 1 : 2}`;
};

const whole = (periods: readonly Period[], from: LocalDate, to: LocalDate): Period[] =>
  periods.filter((period) => from <= period.from && period.to <= to);

/** The whole months that lie in the days, both inclusive, oldest first. */
export const monthsIn = (from: LocalDate, to: LocalDate): Period[] => {
  const months: Period[] = [];
  for (let first: LocalDate = `${monthOf(from)}-01`; first <= to; first = firstOfNext(monthOf(first)))
    months.push(monthPeriod(monthOf(first)));
  return whole(months, from, to);
};

/** The whole half-years that lie in the days, both inclusive, oldest first. */
export const halvesIn = (from: LocalDate, to: LocalDate): Period[] => {
  const halves: Period[] = [];
  for (let half = halfOf(from); halfPeriod(half).from <= to; half = halfBefore(half, -1)) halves.push(halfPeriod(half));
  return whole(halves, from, to);
};
