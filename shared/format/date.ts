import { dayStart, type LocalDate } from '@hems/models/calendar/seoul';
import type { Messages } from '../i18n/messages.ts';
import { dateText } from './time.ts';

const parts = (date: string): [year: number, month: number, day: number] => {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return [year, month, day];
};

/** A Korean date with its weekday: `11월 22일 (일)`. */
export const localDateText = (date: LocalDate, t: Messages): string => dateText(dayStart(date), t);

/** A Korean date without its weekday: `11월 22일`. */
export const dayText = (date: LocalDate, t: Messages): string => {
  const [, month, day] = parts(date);
  return t.dayOfMonth(month, day);
};

/** A month with its year: `2026년 11월`. */
export const monthText = (month: string, t: Messages): string => {
  const [year, number] = parts(month);
  return t.month(year, number);
};

/** From the first to the last day: `11월 1일 – 11월 30일`. */
export const spanText = (span: { readonly from: LocalDate; readonly to: LocalDate }, t: Messages): string =>
  `${dayText(span.from, t)} – ${dayText(span.to, t)}`;
