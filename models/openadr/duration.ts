import { DAY_MS, dateOfDayNumber, dayNumber, HOUR_MS } from '../calendar/seoul.ts';

/** ISO 8601 durations and RFC 3339 instants, as OpenADR 3.1 writes them. */
const DURATION =
  /^(-?)P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)([DW]))?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:T([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})?)?$/;
const MINUTE_MS = 60_000;

const count = (digits: string | undefined): number => Number(digits ?? 0);

const FIRST_YEAR_ENDS = '0001-12-31';
/** Longer than anything that is planned: OpenADR writes `P9999Y` for what does not end. */
const ENDLESS_YEARS = 9999;

/**
 * Milliseconds; `Infinity` for `P9999Y`. Undefined where the text is no duration, or one in years or months: their length depends on the
 * day they begin, and none of our programmes is told in them.
 */
export const durationMs = (text: string): number | undefined => {
  const found = DURATION.exec(text);
  if (!found) return undefined;
  const [, sign, years, months, days, unit, hours, minutes, seconds] = found;
  if (count(years) >= ENDLESS_YEARS) return Infinity;
  if (count(years) + count(months) > 0) return undefined;
  const wholeDays = count(days) * (unit === 'W' ? 7 : 1);
  const clockMs = count(hours) * HOUR_MS + count(minutes) * MINUTE_MS + Math.round(count(seconds) * 1000);
  return (wholeDays * DAY_MS + clockMs) * (sign === '-' ? -1 : 1);
};

/** `PT1H30M`; whole seconds. */
export const durationText = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  const parts = [
    [Math.floor(seconds / 3600), 'H'],
    [Math.floor((seconds % 3600) / 60), 'M'],
    [seconds % 60, 'S'],
  ] as const;
  const text = parts.map(([value, unit]) => (value === 0 ? '' : `${value}${unit}`)).join('');
  return `PT${text === '' ? '0S' : text}`;
};

/** Days since 1970-01-01 of a civil date; undefined where the calendar has no such day. */
const civilDay = (date: string): number | undefined => {
  const days = dayNumber(date);
  return dateOfDayNumber(days) === date ? days : undefined;
};

const offsetMs = (zone: string | undefined): number => {
  if (zone === undefined || zone === 'Z') return 0;
  const ms = (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))) * MINUTE_MS;
  return zone.startsWith('-') ? -ms : ms;
};

/** Epoch ms of an RFC 3339 instant, without a zone in UTC; `now` for the first day of year 0 or 1; undefined: not an instant. */
export const instantMs = (text: string): number | 'now' | undefined => {
  const found = INSTANT.exec(text);
  if (!found) return undefined;
  const [, date = '', hours, minutes, seconds, fraction = '', zone] = found;
  if (date <= FIRST_YEAR_ENDS) return 'now';
  const days = civilDay(date);
  if (days === undefined) return undefined;
  const clockMs = count(hours) * HOUR_MS + count(minutes) * MINUTE_MS + count(seconds) * 1000;
  return days * DAY_MS + clockMs + Number(fraction.padEnd(3, '0').slice(0, 3)) - offsetMs(zone);
};

/** RFC 3339 in UTC, to the millisecond. */
export const instantText = (ms: number): string => {
  const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
  const days = Math.floor(ms / DAY_MS);
  const rest = ms - days * DAY_MS;
  const time = [Math.floor(rest / HOUR_MS), Math.floor(rest / MINUTE_MS) % 60, Math.floor(rest / 1000) % 60];
  return `${dateOfDayNumber(days)}T${time.map((one) => pad(one)).join(':')}.${pad(rest % 1000, 3)}Z`;
};
