import { dateOfDayNumber, type LocalDate } from '../calendar/seoul.ts';
import { FileRefused, type PartReason, type Refusals } from './reasons.ts';

/** Energy that passed the meter in one direction within an interval, as a file says it. */
export type MeteredInterval = {
  /** epoch s */
  readonly startS: number;
  readonly seconds: number;
  /** thousandths of a Wh, so that no file's last digit is lost before its day is summed */
  readonly milliWh: number;
  /** not wholly measured */
  readonly estimated: boolean;
  /** where the file says so, for the report */
  readonly line: number;
};

/** A Korean day in one direction, whole. */
export type MeteredDay = {
  readonly date: LocalDate;
  readonly wh: number;
  /** Wh of the 24 hours, which add up to `wh`; absent where the file has the day's total only */
  readonly hourWh?: readonly number[];
  readonly estimated: boolean;
  readonly line: number;
};

const KST_S = 9 * 3600;
const DAY_S = 86_400;
const QUARTER_S = 900;
const QUARTERS = 96;
const HOURS = 24;
/** A household's connection carries less: a larger value is one in another unit. */
const MAX_KW = 200;

/** Seconds from 2000 to 2100: outside of it a time is in another unit. Which days are taken at all is the import's to say. */
const TIMES = { from: 946_684_800, to: 4_102_444_800 };
/** More than ten years in one direction; each day holds its quarter hours until the file is read. */
const MAX_DAYS = 4000;

/** What the file says of one day. */
type Said = {
  readonly quarters: (MeteredInterval | undefined)[];
  whole: MeteredInterval | undefined;
  wrong: { readonly line: number; readonly code: PartReason; readonly reason: string } | undefined;
  readonly line: number;
};

const wholeWh = (milliWh: number): number => Math.round(milliWh / 1000);

const isLikeADay = (seconds: number): boolean =>
  seconds === QUARTER_S || seconds === 1800 || seconds === 3600 || seconds === DAY_S;

/** Days begin at midnight in Korea, shorter intervals at a whole multiple of themselves: 9 hours change nothing there. */
const isAligned = ({ startS, seconds }: MeteredInterval): boolean => (startS + KST_S) % seconds === 0;

const problemOf = (interval: MeteredInterval): readonly [PartReason, string] | undefined => {
  const { startS, seconds, milliWh } = interval;
  if (milliWh < 0) return ['negative', 'energy of less than nothing; the directions are two readings'];
  if (startS < TIMES.from || startS >= TIMES.to)
    return ['no-date', `a start at ${startS} s since 1970 is not between 2000 and 2100; is it in seconds?`];
  if (!isLikeADay(seconds) || !isAligned(interval))
    return [
      'odd-interval',
      `an interval of ${seconds} s; whole intervals of 15, 30 or 60 minutes or of a Korean day are taken`,
    ];
  if (milliWh > (MAX_KW * 1_000_000 * seconds) / 3600)
    return ['too-large', `more than ${MAX_KW} kW on average; is the unit right?`];
  return undefined;
};

const isSame = (a: MeteredInterval, b: MeteredInterval): boolean =>
  a.startS === b.startS && a.seconds === b.seconds && a.milliWh === b.milliWh;

const clash = (date: LocalDate, before: MeteredInterval, now: MeteredInterval): NonNullable<Said['wrong']> => {
  const isTwice = before.startS === now.startS && before.seconds === now.seconds;
  const told = `line ${before.line} and line ${now.line}`;
  return isTwice
    ? { line: now.line, code: 'conflict', reason: `${date}: ${told} say different values for the same interval` }
    : { line: now.line, code: 'overlap', reason: `${date}: the intervals of ${told} overlap` };
};

/** Said twice alike is said once. */
const place = (said: Said, date: LocalDate, interval: MeteredInterval): void => {
  const { startS, seconds } = interval;
  if (seconds === DAY_S) {
    if (said.whole && !isSame(said.whole, interval)) said.wrong ??= clash(date, said.whole, interval);
    said.whole ??= interval;
    return;
  }
  const from = ((startS + KST_S) % DAY_S) / QUARTER_S;
  for (let at = from; at < from + seconds / QUARTER_S; at += 1) {
    const before = said.quarters[at];
    if (before && !isSame(before, interval)) {
      said.wrong ??= clash(date, before, interval);
      return;
    }
    said.quarters[at] = interval;
  }
};

const missingQuarters = ({ quarters }: Said): number => quarters.filter((one) => one === undefined).length;

/** Each interval once, though it covers up to four quarters. */
const intervalsOf = ({ quarters }: Said): MeteredInterval[] =>
  quarters.flatMap((one, at) => (one === undefined || one === quarters[at - 1] ? [] : [one]));

/** Rounded so that the hours add up to the rounded day. */
const hoursOf = (intervals: readonly MeteredInterval[]): number[] => {
  const milliWh = Array.from({ length: HOURS }, () => 0);
  for (const one of intervals) {
    const hour = Math.floor(((one.startS + KST_S) % DAY_S) / 3600);
    milliWh[hour] = (milliWh[hour] ?? 0) + one.milliWh;
  }
  let sum = 0;
  let told = 0;
  return milliWh.map((hour) => {
    sum += hour;
    const wh = wholeWh(sum) - told;
    told += wh;
    return wh;
  });
};

const dayFromTotal = (date: LocalDate, { milliWh, estimated, line }: MeteredInterval): MeteredDay => ({
  date,
  wh: wholeWh(milliWh),
  estimated,
  line,
});

const dayFromIntervals = (date: LocalDate, said: Said): MeteredDay => {
  const intervals = intervalsOf(said);
  return {
    date,
    wh: wholeWh(intervals.reduce((sum, { milliWh }) => sum + milliWh, 0)),
    hourWh: hoursOf(intervals),
    estimated: intervals.some(({ estimated }) => estimated),
    line: said.line,
  };
};

const missing = (date: LocalDate, said: Said): NonNullable<Said['wrong']> => {
  const hours = missingQuarters(said) / 4;
  return { line: said.line, code: 'missing-hours', reason: `${date}: ${hours} of 24 hours are missing` };
};

type Found = { readonly total: MeteredDay | undefined; readonly summed: MeteredDay | undefined };

/** What the file says of the day as a whole: as a total, as the sum of its intervals, or both. */
const found = (date: LocalDate, said: Said): Found => ({
  total: said.whole && dayFromTotal(date, said.whole),
  summed: missingQuarters(said) === 0 ? dayFromIntervals(date, said) : undefined,
});

const wrongWith = (date: LocalDate, said: Said, { total, summed }: Found): Said['wrong'] => {
  if (said.wrong) return said.wrong;
  if (!total && !summed) return missing(date, said);
  if (total && summed && total.wh !== summed.wh)
    return { line: total.line, code: 'conflict', reason: `${date}: its total is not the sum of its hours` };
  return undefined;
};

const settle = (date: LocalDate, said: Said, refused: Refusals): MeteredDay | undefined => {
  const day = found(date, said);
  const wrong = wrongWith(date, said, day);
  if (wrong) refused.add(wrong);
  return wrong ? undefined : (day.summed ?? day.total);
};

const tooManyDays = (): FileRefused =>
  new FileRefused('too-many-days', `the file holds more than ${MAX_DAYS} days; send the last ten years`);

/** The whole days among intervals of one direction, ascending; a day that the file does not say whole, or says twice, is refused. */
export const meteredDays = (intervals: Iterable<MeteredInterval>, refused: Refusals): MeteredDay[] => {
  const days = new Map<number, Said>();
  for (const interval of intervals) {
    const problem = problemOf(interval);
    if (problem) {
      refused.add({ line: interval.line, code: problem[0], reason: problem[1] });
      continue;
    }
    const number = Math.floor((interval.startS + KST_S) / DAY_S);
    const said = days.get(number) ?? {
      quarters: Array.from({ length: QUARTERS }, () => undefined),
      whole: undefined,
      wrong: undefined,
      line: interval.line,
    };
    days.set(number, said);
    if (days.size > MAX_DAYS) throw tooManyDays();
    place(said, dateOfDayNumber(number), interval);
  }
  return [...days]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([number, said]) => settle(dateOfDayNumber(number), said, refused) ?? []);
};

/** The days of several readings of one direction as one list. A day that two of them say is taken once, and refused where they differ. */
export const joinDays = (lists: readonly (readonly MeteredDay[])[], refused: Refusals): MeteredDay[] => {
  const joined = new Map<LocalDate, MeteredDay>();
  const differing = new Set<LocalDate>();
  for (const day of lists.flat()) {
    const before = joined.get(day.date);
    if (before && before.wh !== day.wh && !differing.has(day.date)) {
      differing.add(day.date);
      refused.add({
        line: day.line,
        code: 'conflict',
        reason: `${day.date}: two readings of the same direction differ`,
      });
    }
    if (!before?.hourWh) joined.set(day.date, day);
  }
  return [...joined.values()].filter(({ date }) => !differing.has(date)).toSorted((a, b) => (a.date < b.date ? -1 : 1));
};
