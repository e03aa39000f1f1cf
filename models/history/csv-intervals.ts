import { dayNumber, dayStart, type LocalDate } from '../calendar/seoul.ts';
import type { Columns } from './csv-columns.ts';
import type { CsvRow } from './csv-rows.ts';
import type { MeteredInterval } from './metered-days.ts';
import { FileRefused } from './reasons.ts';

const DAY_MINUTES = 24 * 60;
const STEPS = [60, 30, 15] as const;

/** A row with a time. */
type Timed = CsvRow & { readonly minute: number };
const isTimed = (row: CsvRow): row is Timed => row.minute !== undefined;
const minuteNumber = ({ date, minute }: Timed): number => dayNumber(date) * DAY_MINUTES + minute;

/** Oldest first, though not sorted: a `00:00` that follows the `23:00` of its own date stays behind it. */
const oldestFirst = (rows: readonly Timed[]): readonly Timed[] => {
  let rises = 0;
  let falls = 0;
  for (const [at, row] of rows.entries()) {
    const before = rows[at - 1];
    if (before && minuteNumber(before) < minuteNumber(row)) rises += 1;
    if (before && minuteNumber(before) > minuteNumber(row)) falls += 1;
  }
  return falls > rises ? rows.toReversed() : rows;
};

type Times = {
  /** ascending: the times in the order of the rows */
  readonly days: readonly (readonly number[])[];
  /** dates whose `00:00` is the last of their times, so that it is their end */
  readonly endsAtZero: ReadonlySet<LocalDate>;
  readonly step: number;
};

const timesOf = (rows: readonly Timed[]): Times => {
  const byDate = Map.groupBy(oldestFirst(rows), ({ date }) => date);
  const minutes = new Set(rows.map(({ minute }) => minute));
  const endsAtZero = [...byDate].filter(([, of]) => of.length > 1 && of[0]?.minute !== 0 && of.at(-1)?.minute === 0);
  return {
    days: [...byDate.values()].map((of) => of.map(({ minute }) => minute)),
    endsAtZero: new Set(endsAtZero.map(([date]) => date)),
    step: STEPS.find((one) => [...minutes].every((minute) => minute % one === 0)) ?? 1,
  };
};

/** By the first and the last row. */
const saidByEnds = ({ days, step }: Times): Columns['timeIs'] => {
  const [first, last] = [days[0]?.[0], days.at(-1)?.at(-1)];
  if (first === step && last === 0) return 'end';
  return first === 0 && last === DAY_MINUTES - step ? 'start' : undefined;
};

/** What the times say of themselves: by how days begin and end, and how the table does. */
const saidByTimes = (times: Times): Columns['timeIs'] => {
  const { days, endsAtZero } = times;
  if (days.some((day) => day.includes(DAY_MINUTES))) return days.some((day) => day.includes(0)) ? undefined : 'end';
  if (endsAtZero.size > 0) return days.some((day) => day[0] === 0) ? undefined : 'end';
  return saidByEnds(times);
};

const unclear = (): FileRefused =>
  new FileRefused(
    'unclear-hours',
    'whether a time is the beginning or the end of its hour cannot be told from this table: name the column 시작시간 (start time) or 종료시간 (end time), or send whole days from the first to the last hour',
  );

/**
 * What each row says in energy over time. A time is the beginning or the end of its interval: as the header says, or as the first and the
 * last row tell (01:00 to 24:00 or 00:00, 00:00 to 23:00). A table that tells neither is refused: an hour off would be in the wrong
 * time band, and at midnight in the wrong day. How long the intervals are follows from the times that occur.
 */
export function* csvIntervals(rows: readonly CsvRow[], { timeIs }: Pick<Columns, 'timeIs'>): Iterable<MeteredInterval> {
  const timed = rows.filter(isTimed);
  // a row without a use tells the hours only where the others do not: what follows the table is often none of it
  const tables = [timed.filter(({ milliWh }) => milliWh !== undefined), timed].map(timesOf);
  const times = tables.find((one) => saidByTimes(one) !== undefined) ?? timesOf(timed);
  const said = timed.length > 0 ? (timeIs ?? saidByTimes(times)) : 'start';
  if (!said) throw unclear();
  const startMinute = ({ date, minute = 0 }: CsvRow): number => {
    if (said === 'start') return minute;
    return (minute === 0 && times.endsAtZero.has(date) ? DAY_MINUTES : minute) - times.step;
  };
  for (const row of rows) {
    const { date, minute, milliWh, line } = row;
    if (milliWh === undefined) continue;
    const begins = minute === undefined ? 0 : startMinute(row);
    const seconds = (minute === undefined ? DAY_MINUTES : times.step) * 60;
    yield { startS: dayStart(date) / 1000 + begins * 60, seconds, milliWh, estimated: false, line };
  }
}
