/** The calendar of Korea Standard Time (UTC+9, no daylight saving since 1988), as arithmetic on epoch milliseconds. */

export const SLOT_MS = 15 * 60_000;
export const HOUR_MS = 60 * 60_000;
export const DAY_MS = 24 * HOUR_MS;
const OFFSET_MS = 9 * HOUR_MS;

/** A Korean local date, `YYYY-MM-DD`. */
export type LocalDate = string;

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** Start of the 15-minute slot that contains `ms`. Slots start at the quarter hours of every zone with a whole-quarter offset. */
export const slotStart = (ms: number): number => Math.floor(ms / SLOT_MS) * SLOT_MS;

/** Days since 1970-01-01 of a local date. Proleptic Gregorian, after Hinnant's `days_from_civil`. */
export const dayNumber = (date: LocalDate): number => {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};

/** The local date of a day number; inverse of `dayNumber`. */
export const dateOfDayNumber = (days: number): LocalDate => {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
};

/** The Korean date that contains the instant. */
export const localDate = (ms: number): LocalDate => dateOfDayNumber(Math.floor((ms + OFFSET_MS) / DAY_MS));

/** The instant at which the Korean date begins. */
export const dayStart = (date: LocalDate): number => dayNumber(date) * DAY_MS - OFFSET_MS;

/** The date `days` later (negative: earlier). */
export const addDays = (date: LocalDate, days: number): LocalDate => dateOfDayNumber(dayNumber(date) + days);

/** 0 = Monday … 6 = Sunday. 1970-01-01 was a Thursday. */
export const weekday = (date: LocalDate): number => (((dayNumber(date) + 3) % 7) + 7) % 7;

/** Wall-clock time of day of the instant, `HHMM`. */
export const localTime = (ms: number): string => {
  const minute = Math.floor(((((ms + OFFSET_MS) % DAY_MS) + DAY_MS) % DAY_MS) / 60_000);
  return `${pad(Math.floor(minute / 60), 2)}${pad(minute % 60, 2)}`;
};

/** ISO 8601 text of the instant with the Korean offset, to the second: `2026-11-22T13:45:00+09:00`. */
export const isoSeoul = (ms: number): string => {
  const time = localTime(ms);
  const second = Math.floor((((ms % 60_000) + 60_000) % 60_000) / 1000);
  return `${localDate(ms)}T${time.slice(0, 2)}:${time.slice(2)}:${pad(second, 2)}+09:00`;
};
