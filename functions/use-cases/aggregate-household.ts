import { localDate, type LocalDate } from '@hems/models/calendar/seoul';
import type { DayItem } from '@hems/models/day/day-value';
import { factsOf, standing, type DayFacts } from '@hems/models/day/derive-day';
import { firstOpenDay } from '@hems/models/day/open-days';
import type { Clock } from '../ports/clock.ts';
import type { Table } from '../ports/table.ts';
import { canonicalJson } from './canonical-hash.ts';
import { deriveDays } from './days/derive-days.ts';
import { changedDays, fingerprints, readFrom } from './days/figure.ts';
import { changedHours, hoursOfDay, keptOr, readHoursAmong } from './days/hours-of-day.ts';
import { readHome, readOpenDays, type DaysHome } from './days/household.ts';
import { daysReport, NO_DAYS, type DaysReport, type Moved } from './days/report.ts';
import { writeDays } from './days/write-days.ts';
import { Refused } from './refusal.ts';
import { readStoredDays, type StoredDay } from './stores/days.ts';
import type { StoredHours } from './stores/hours.ts';
import { endLateDay, readLateDays, type LateDay } from './stores/late-days.ts';
import { untilWon } from './until-won.ts';

type Deps = { readonly table: Table; readonly clock: Clock };
type Asked = { readonly householdId: string; readonly date: LocalDate };

const END_OF_TIME: LocalDate = '9999-12-31';
const earliest = (dates: Iterable<LocalDate>): LocalDate | undefined =>
  [...dates].reduce<LocalDate | undefined>((a, b) => (a === undefined || b < a ? b : a), undefined);

/** The household's days as far as they have been read, from a date on. */
type Book = { readonly from: LocalDate; readonly stored: ReadonlyMap<LocalDate, StoredDay> };

const bookFrom = async (table: Table, householdId: string, from: LocalDate): Promise<Book> => {
  const days = await readStoredDays(table, householdId, [from, END_OF_TIME]);
  return { from, stored: new Map(days.map((one) => [one.day.date, one])) };
};

/** The book, reaching far enough back for figures of `first`. Corrections reach further than a usual run. */
const reaching = async (table: Table, householdId: string, { book, first }: { book: Book; first: LocalDate }) =>
  readFrom(first) < book.from ? bookFrom(table, householdId, readFrom(first)) : book;

type Run = {
  readonly household: DaysHome;
  readonly date: LocalDate;
  readonly late: readonly LateDay[];
  /** the first day that may still change: by the clock, or an older one of which readings came in time and no run has got to it */
  readonly firstOpen: LocalDate;
  readonly last: LocalDate;
  readonly book: Book;
};

const prepare = async ({ table, clock }: Deps, { householdId, date }: Asked): Promise<Run | undefined> => {
  const [household, late, usual] = await Promise.all([
    readHome(table, householdId),
    readLateDays(table, householdId),
    bookFrom(table, householdId, readFrom(date)),
  ]);
  if (!household) return undefined;
  const open = firstOpenDay(localDate(clock.now()));
  const inTime = late.filter((one) => one.inTime).map((one) => one.date);
  const oldest = earliest(late.map((one) => one.date)) ?? date;
  const book = oldest < usual.from ? await bookFrom(table, householdId, readFrom(oldest)) : usual;
  const newest = [...book.stored.keys()].at(-1) ?? date;
  return {
    household,
    date,
    late,
    firstOpen: earliest([open, ...inTime]) ?? open,
    last: newest > date ? newest : date,
    book,
  };
};

/** The days to derive: the run's own if it is new, the open ones, and older ones of which readings came before there was an item. */
const datesToDerive = async (table: Table, run: Run): Promise<LocalDate[]> => {
  const { household, late, book, firstOpen, last, date } = run;
  const { householdId, devices } = household;
  const days = new Map([...book.stored].map(([of, { day }]) => [of, day]));
  const marked = new Set(late.map((one) => one.date));
  const open = await readOpenDays(table, { householdId, devices, days, late: marked, from: firstOpen, to: last });
  const older = [...marked].filter((one) => one < firstOpen);
  const without = [...older, date].filter((one) => !days.has(one));
  return [...new Set([...without, ...open])].toSorted();
};

const differs = (before: DayItem | undefined, facts: DayFacts): boolean =>
  !before || before.inputsHash === '' || canonicalJson(factsOf(before)) !== canonicalJson(factsOf(facts));

type Derived = {
  readonly dates: readonly LocalDate[];
  readonly facts: ReadonlyMap<LocalDate, DayFacts>;
  /** the hours of these days that are others than those that are kept */
  readonly hours: readonly StoredHours[];
};

const derive = async (deps: Deps, { household, book }: Run, dates: readonly LocalDate[]): Promise<Derived> => {
  // before the readings, so that a write of hours from newer readings is noticed
  const kept = await readHoursAmong(deps.table, household.householdId, dates);
  const days = [...(await deriveDays(deps, household, dates))].map(([date, own]) => {
    const facts = standing(book.stored.get(date)?.day, own.facts);
    const hours = hoursOfDay(date, own.quarters);
    return { facts, hours: facts.source === 'measured' ? hours : keptOr(kept.get(date), facts, hours) };
  });
  return {
    dates,
    facts: new Map(days.map(({ facts }) => [facts.date, facts])),
    hours: changedHours(
      kept,
      days.map(({ hours }) => hours),
    ),
  };
};

/**
 * The first day whose figures have to be made anew, if any. What a day says changes the days after it: the bill of the period,
 * baselines, the score. A marked day counts even where it says the same, so that a run that stopped half-way is repaired.
 */
const firstToFigure = (run: Run, { facts }: Derived, basisOn: (date: LocalDate) => string): LocalDate | undefined => {
  const { book, late, firstOpen } = run;
  const told = [...facts.values()].filter((own) => differs(book.stored.get(own.date)?.day, own));
  const marked = late.filter(({ date }) => facts.has(date));
  const rebased = [...book.stored.values()].filter(
    ({ day }) => day.date >= firstOpen && day.basis !== basisOn(day.date),
  );
  return earliest([...told, ...marked, ...rebased.map(({ day }) => day)].map(({ date }) => date));
};

/** What is final stays: of the days from the first on, those that are open and those that have no figures yet. */
const wantedFrom = ({ book, firstOpen }: Run, { facts }: Derived, first: LocalDate): LocalDate[] =>
  [...new Set([...book.stored.keys(), ...facts.keys()])]
    .filter((date) => date >= first && (date >= firstOpen || !book.stored.get(date)?.day.inputsHash))
    .toSorted();

const withDays = (stored: Book['stored'], changed: readonly StoredDay[]): Map<LocalDate, DayItem> =>
  new Map([...stored.values(), ...changed].map(({ day }) => [day.date, day]));

const figure = async (table: Table, run: Run, derived: Derived): Promise<Moved> => {
  const { household, last } = run;
  const { hours } = derived;
  const { householdId, home } = household;
  const basisOn = fingerprints(home);
  const first = firstToFigure(run, derived, basisOn);
  if (first === undefined) {
    await writeDays(table, { householdId, changed: [], hours, days: new Map(), last });
    return { wanted: [], changed: [], stored: run.book.stored };
  }
  const book = await reaching(table, householdId, { book: run.book, first });
  const wanted = wantedFrom({ ...run, book }, derived, first);
  const changed = changedDays({ home, basisOn, stored: book.stored, facts: derived.facts, wanted });
  await writeDays(table, { householdId, changed, hours, days: withDays(book.stored, changed), last });
  return { wanted, changed, stored: book.stored };
};

/** Marks of days that have been derived, or that are final, are done with. */
const endMarks = async ({ table, clock }: Deps, run: Run, { dates }: Derived): Promise<void> => {
  const done = run.late.filter(({ date }) => date < run.firstOpen || dates.includes(date));
  const { householdId } = run.household;
  await Promise.all(done.map((mark) => endLateDay(table, householdId, { ...mark, atMs: clock.now() })));
};

const aggregateOnce = async (deps: Deps, asked: Asked): Promise<DaysReport> => {
  const run = await prepare(deps, asked);
  if (!run) return NO_DAYS;
  const derived = await derive(deps, run, await datesToDerive(deps.table, run));
  const moved = await figure(deps.table, run, derived);
  await endMarks(deps, run, derived);
  return daysReport({ ...run, ...derived, ...moved });
};

/** Two runs of one household come to the same items, so the one that was slower finds nothing left to do: it need not wait. */
const atOnce = (): Promise<void> => Promise.resolve();

/**
 * Brings the daily items of a household up to the date: derives the day, derives again what late readings or the return of a
 * silent device touched in the 30 days before, and makes the figures of these days and of those that rest on them. Items whose
 * inputs have not changed are not written. Safe to run again, and beside itself.
 */
export const aggregateHousehold = async (deps: Deps, asked: Asked): Promise<DaysReport> => {
  const today = localDate(deps.clock.now());
  if (asked.date >= today)
    throw new Refused('invalid', `${asked.date} is not over; the last day that is, is the one before ${today}`);
  return untilWon(atOnce, () => aggregateOnce(deps, asked));
};
