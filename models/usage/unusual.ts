import { addDays, dayStart, HOUR_MS, localDate, localTime, type LocalDate } from '../calendar/seoul.ts';

/**
 * Whether a home uses far more than it does at this time of the day. Two hours together, because an oven, a bath and a kettle end within one
 * and a thing left on does not; against the same two hours, and those an hour earlier or later, of the six weeks before: weekends and
 * holidays are among them, and the season is that of now.
 *
 * Above the level of the hour the home has a margin of its own: the furthest that any two hours of these weeks went above theirs. So a home is
 * told when it has not gone so far in six weeks. Were all days alike, one in 43 would be told, 0.7 a month, of a quiet home and of a wild
 * one; `leastMarginWh` keeps what is small from being news at all. Chosen on half of the recorded homes: `docs/reports/spikes.md`.
 */
export type UnusualRule = {
  readonly days: number;
  readonly hoursAround: number;
  /** share of the past two hours that lies below the level, percent */
  readonly levelPercent: number;
  readonly leastMarginWh: number;
};
export const UNUSUAL: UnusualRule = { days: 42, hoursAround: 1, levelPercent: 95, leastMarginWh: 2500 };
export const LEAST_DAYS = 14;
export const TOGETHER_HOURS = 2;
const HOURS = 24;
const EVERY_HOUR = Array.from({ length: HOURS }, (_, hour) => hour);

/** What a home used in each hour of whole days that follow each other, Wh; null: not known. */
export type Hours = readonly (number | null)[];

/** The use of the two hours that end with each hour. */
const together = (wh: Hours): Hours =>
  wh.map((own, index) => {
    const before = index === 0 ? null : (wh[index - 1] ?? null);
    return own === null || before === null ? null : own + before;
  });

const atShare = (ascending: Float64Array, percent: number): number =>
  ascending[Math.min(ascending.length - 1, Math.floor((percent / 100) * ascending.length))] ?? 0;

type Level = { readonly usualWh: number; readonly levelWh: number };

/** Of the two hours that end with the hour; undefined until enough days are known. */
const levelOf = (pairs: Hours, hour: number, { hoursAround, levelPercent }: UnusualRule): Level | undefined => {
  const known: number[] = [];
  let knownDays = 0;
  for (let first = 0; first < pairs.length; first += HOURS) {
    const before = known.length;
    for (let index = first + hour - hoursAround; index <= first + hour + hoursAround; index += 1) {
      const wh = pairs[index] ?? null;
      if (wh !== null) known.push(wh);
    }
    if (known.length > before) knownDays += 1;
  }
  if (knownDays < LEAST_DAYS) return undefined;
  const ascending = Float64Array.from(known).toSorted();
  return { usualWh: atShare(ascending, 50), levelWh: atShare(ascending, levelPercent) };
};

/** By hour what is usual, and how far the home went above it at most. */
export type UsualDay = { readonly levels: readonly (Level | undefined)[]; readonly furthestWh: number };

/** What is usual on the day after the past. */
export const usualDay = (past: Hours, rule: UnusualRule): UsualDay => {
  const pairs = together(past.slice(-rule.days * HOURS));
  const levels = EVERY_HOUR.map((hour) => levelOf(pairs, hour, rule));
  let furthestWh = 0;
  for (const [index, wh] of pairs.entries()) {
    const level = levels[index % HOURS];
    if (wh !== null && level) furthestWh = Math.max(furthestWh, wh - level.levelWh);
  }
  return { levels, furthestWh };
};

export type Unusual = {
  readonly date: LocalDate;
  /** the two hours ended then, 1 to 24 */
  readonly toHour: number;
  readonly usedWh: number;
  readonly usualWh: number;
};

/** The two hours that ended at `endMs`, a full hour, if they were unusual. The past ends with the day before the one they end in. */
export const unusualUse = (past: Hours, usedWh: number, endMs: number): Unusual | undefined => {
  const lastMs = endMs - HOUR_MS;
  const hour = Number(localTime(lastMs).slice(0, 2));
  const { levels, furthestWh } = usualDay(past, UNUSUAL);
  const level = levels[hour];
  if (!level || usedWh <= level.levelWh + Math.max(UNUSUAL.leastMarginWh, furthestWh)) return undefined;
  return { date: localDate(lastMs), toHour: hour + 1, usedWh, usualWh: level.usualWh };
};

/** The days before the date, as far as they decide on it; one that is not remembered is unknown. */
export const pastOf = (days: ReadonlyMap<LocalDate, Hours>, date: LocalDate): Hours =>
  Array.from({ length: UNUSUAL.days }, (_, i) => {
    const own = days.get(addDays(date, i - UNUSUAL.days));
    return own?.length === HOURS ? own : EVERY_HOUR.map(() => null);
  }).flat();

/** An hour from its quarters, Wh by start; null where one of them is not known. */
export const hourWh = (startMs: number, whByStart: ReadonlyMap<number, number>): number | null => {
  let sum = 0;
  for (let quarter = 0; quarter < 4; quarter += 1) {
    const wh = whByStart.get(startMs + (quarter * HOUR_MS) / 4);
    if (wh === undefined) return null;
    sum += wh;
  }
  return sum;
};

export const hoursOf = (date: LocalDate, whByStart: ReadonlyMap<number, number>): Hours =>
  EVERY_HOUR.map((hour) => hourWh(dayStart(date) + hour * HOUR_MS, whByStart));
