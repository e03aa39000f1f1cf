import type { LocalDate } from '@hems/models/calendar/seoul';
import type { DayItem } from '@hems/models/day/day-value';
import type { DayFacts } from '@hems/models/day/derive-day';
import type { DAY_OUTCOMES } from '@hems/shared/metrics/catalogue';
import type { StoredDay } from '../stores/days.ts';
import type { LateDay } from '../stores/late-days.ts';

/** Why a day that had figures got others. */
export const CAUSES = [
  'its quarter hours are whole now',
  'the contract, the area or a row changed',
  'an earlier day changed',
  'late readings',
  'readings of a day beside it',
  'a silent device was heard again',
] as const;
type Cause = (typeof CAUSES)[number];

/** A corrected day and by how much: what it says now less what it said before; a figure that is not known counts as 0. */
export type MovedDay = {
  readonly date: LocalDate;
  readonly cause: Cause;
  readonly importWh: number;
  readonly costWon: number;
  readonly savedWon: number;
};

/** What a run found and did for a household's days. */
export type DaysReport = {
  /** days that got their first figures */
  readonly derived: number;
  readonly corrected: number;
  readonly unchanged: number;
  /** of the days looked at: those whose grid use is not known */
  readonly missing: number;
  /** the corrected days */
  readonly moved: readonly MovedDay[];
  /** what came of the day of the run */
  readonly outcome: DayOutcome;
  /** by how much this run moved what is known of all days; the first figures of a day move it from nothing */
  readonly importWh: number;
  readonly savedWon: number;
};
export type DayOutcome = Exclude<(typeof DAY_OUTCOMES)[number], 'failed'>;

/** Of a home that is not there any more. */
export const NO_DAYS: DaysReport = {
  derived: 0,
  corrected: 0,
  unchanged: 0,
  missing: 0,
  moved: [],
  outcome: 'missing',
  importWh: 0,
  savedWon: 0,
};

export type Moved = {
  readonly wanted: readonly LocalDate[];
  readonly changed: readonly StoredDay[];
  /** as they were read */
  readonly stored: ReadonlyMap<LocalDate, StoredDay>;
};

type Seen = Moved & {
  readonly date: LocalDate;
  readonly dates: readonly LocalDate[];
  readonly facts: ReadonlyMap<LocalDate, DayFacts>;
  readonly late: readonly LateDay[];
};

const causeOf = ({ late, facts }: Seen, before: DayItem, after: DayItem): Cause => {
  if (before.source !== after.source) return 'its quarter hours are whole now';
  if (before.basis !== after.basis) return 'the contract, the area or a row changed';
  if (!facts.has(after.date)) return 'an earlier day changed';
  if (late.some(({ date }) => date === after.date)) return 'late readings';
  return before.unheard === undefined ? 'readings of a day beside it' : 'a silent device was heard again';
};

const savedWon = ({ saving }: DayItem): number => (saving?.status === 'saved' ? (saving.savedWon ?? 0) : 0);

const movedDay = (seen: Seen, before: DayItem, after: DayItem): MovedDay => ({
  date: after.date,
  cause: causeOf(seen, before, after),
  importWh: (after.importWh ?? 0) - (before.importWh ?? 0),
  costWon: (after.cost?.won ?? 0) - (before.cost?.won ?? 0),
  savedWon: savedWon(after) - savedWon(before),
});

const outcomeOf = (
  day: DayItem | undefined,
  { first, corrected }: Readonly<Record<'first' | 'corrected', readonly StoredDay[]>>,
): DayOutcome => {
  if (day?.importWh === undefined) return 'missing';
  const isAmong = (days: readonly StoredDay[]): boolean => days.some((one) => one.day.date === day.date);
  if (isAmong(first)) return 'derived';
  return isAmong(corrected) ? 'corrected' : 'unchanged';
};

export const daysReport = (seen: Seen): DaysReport => {
  const { stored, changed, wanted, dates, date, facts } = seen;
  const now = new Map(changed.map(({ day }) => [day.date, day]));
  const itemOn = (of: LocalDate): DayItem | undefined => now.get(of) ?? stored.get(of)?.day;
  const lookedAt = [...new Set([...wanted, ...dates, date])].flatMap((of) => itemOn(of) ?? []);
  const first = changed.filter(({ day }) => day.revision === 0);
  const corrected = changed.filter(({ day }) => day.revision > (stored.get(day.date)?.day.revision ?? 0));
  const moved = corrected.flatMap(({ day }) => {
    const before = stored.get(day.date)?.day;
    return before ? [movedDay(seen, before, day)] : [];
  });
  const added = [...first.map(({ day }) => ({ importWh: day.importWh ?? 0, savedWon: savedWon(day) })), ...moved];
  return {
    derived: first.length,
    corrected: corrected.length,
    unchanged: lookedAt.length - first.length - corrected.length,
    missing: lookedAt.filter((day) => day.importWh === undefined && (day.date === date || facts.has(day.date))).length,
    moved,
    outcome: outcomeOf(itemOn(date), { first, corrected }),
    importWh: added.reduce((sum, one) => sum + one.importWh, 0),
    savedWon: added.reduce((sum, one) => sum + one.savedWon, 0),
  };
};
