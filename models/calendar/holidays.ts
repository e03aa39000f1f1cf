import { weekday, type LocalDate } from './seoul.ts';

/**
 * Public holidays beside Sundays, by year, as `MM-DD`. Source: Presidential Decree 36290 (2026-04-30) and gazette-based lists for
 * 2025 to 2027 (korea.md 6). A year that is not here is not known: dates in it answer undefined, never "no holiday".
 */
const HOLIDAYS: ReadonlyMap<string, string> = new Map([
  [
    '2025',
    '01-01 01-27t 01-28 01-29 01-30 03-01 03-03 05-05 05-06 06-03 06-06 08-15 10-03 10-05 10-06 10-07 10-08 10-09 12-25',
  ],
  [
    '2026',
    '01-01 02-16 02-17 02-18 03-01 03-02 05-01 05-05 05-24 05-25 06-03 06-06 07-17 08-15 08-17 09-24 09-25 09-26 10-03 10-05 10-09 12-25',
  ],
  [
    '2027',
    '01-01 02-06 02-07 02-08 02-09 03-01 05-01 05-03 05-05 05-13 06-06 07-17 07-19 08-15 08-16 09-14 09-15 09-16 10-03 10-04 10-09 10-11 12-25 12-27',
  ],
]);

/** `t`: declared for once by the government; time-of-use tariffs treat it as an ordinary day. */
const TEMPORARY = 't';

export type DayKind = 'weekday' | 'saturday' | 'sunday' | 'holiday' | 'temporary-holiday';

const byYear = new Map(
  [...HOLIDAYS].map(([year, days]) => [
    year,
    new Map(
      days
        .split(' ')
        .map((day) => [day.slice(0, 5), day.endsWith(TEMPORARY) ? 'temporary-holiday' : 'holiday'] as const),
    ),
  ]),
);

/** What kind of day a Korean date is; undefined in a year whose holidays are not in the table. A holiday on a weekend is a holiday. */
export const dayKind = (date: LocalDate): DayKind | undefined => {
  const year = byYear.get(date.slice(0, 4));
  if (!year) return undefined;
  const day = weekday(date);
  return year.get(date.slice(5)) ?? (day === 6 ? 'sunday' : day === 5 ? 'saturday' : 'weekday');
};
