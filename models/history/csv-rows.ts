import { dateOfDayNumber, dayNumber, type LocalDate } from '../calendar/seoul.ts';
import type { Columns } from './csv-columns.ts';
import type { PartReason, Refusals } from './reasons.ts';

/** One row of the utility's table. */
export type CsvRow = {
  readonly date: LocalDate;
  /** from midnight, as the row says it; absent where the row is a day */
  readonly minute: number | undefined;
  /** absent where the row has none that can be taken: its time still tells how the table counts */
  readonly milliWh: number | undefined;
  readonly line: number;
};

type No = { readonly code: PartReason; readonly reason: string };

/** Eight digits, or both separators: `2025-11` is a month and no date. */
const DATE =
  /^(?:(\d{4})(\d{2})(\d{2})|(\d{4})\s?[-./년]\s?(\d{1,2})\s?[-./월]\s?(\d{1,2}))\s?[.일]?(?:\s?\([^)]*\))?(?:[\sT]+(.*))?$/;
const TIME = /^(\d{1,2})(?:\s?시|:(\d{2})(?::\d{2})?)?$/;
const NUMBER = /^(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,9}))?$/;
const NOTHING = new Set(['', '-', 'n/a', 'null', 'no data', '없음']);

const dateOf = (text: string): { readonly date: LocalDate; readonly time: string | undefined } | undefined => {
  const found = DATE.exec(text.trim());
  if (!found) return undefined;
  const [year = '', month = '', day = ''] = found.slice(found[1] === undefined ? 4 : 1);
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (dateOfDayNumber(dayNumber(date)) !== date) return undefined;
  return { date, time: found[7]?.trim() };
};

const minuteOf = (text: string): number | undefined => {
  const [, hour, minutes = '0'] = TIME.exec(text.trim()) ?? [];
  if (hour === undefined || Number(minutes) > 59) return undefined;
  const minute = Number(hour) * 60 + Number(minutes);
  return minute <= 24 * 60 ? minute : undefined;
};

/** Exact for up to nine decimals, before it is rounded to a thousandth of a Wh. */
const milliWhOf = (text: string, perUnit: number): number | No => {
  const trimmed = text.trim();
  if (NOTHING.has(trimmed.toLowerCase())) return { code: 'no-value', reason: 'the row has no value' };
  const [, sign, whole = '', decimals = ''] = NUMBER.exec(trimmed) ?? [];
  if (sign === undefined) return { code: 'not-a-number', reason: 'the value is not a number like 1,234.567' };
  if (sign === '-') return { code: 'negative', reason: 'energy of less than nothing' };
  const scaled = Number(whole.replaceAll(',', '')) * perUnit;
  return scaled + Math.round((Number(decimals.padEnd(9, '0')) * perUnit) / 1_000_000_000);
};

type When = Pick<CsvRow, 'date' | 'minute'>;

const whenOf = (cells: readonly string[], columns: Columns): When | No => {
  const dated = dateOf(cells[columns.date] ?? '');
  if (!dated) return { code: 'no-date', reason: 'the row has no date like 2026-01-31' };
  const time = columns.time === undefined ? dated.time : (cells[columns.time] ?? '');
  if (time === undefined) return { date: dated.date, minute: undefined };
  const minute = minuteOf(time);
  if (minute === undefined) return { code: 'no-time', reason: 'the row has no time like 01:00, 1시 or 24:00' };
  return { date: dated.date, minute };
};

/** The row as the columns say. What it does not say, or not so that it can be taken, is among the refused under its line. */
export const csvRow = (
  cells: readonly string[],
  { columns, line }: { readonly columns: Columns; readonly line: number },
  refused: Refusals,
): CsvRow | undefined => {
  const when = whenOf(cells, columns);
  if ('code' in when) {
    refused.add({ line, ...when });
    return undefined;
  }
  const milliWh = milliWhOf(cells[columns.use] ?? '', columns.milliWhPerUnit);
  if (typeof milliWh === 'number') return { ...when, milliWh, line };
  refused.add({ line, ...milliWh });
  return { ...when, milliWh: undefined, line };
};
