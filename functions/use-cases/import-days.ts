import * as z from 'zod';
import { addDays, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { dayItem, flows, type DayItem } from '@hems/models/day/day-value';
import { factsOf, type DayFacts } from '@hems/models/day/derive-day';
import { firstOpenDay } from '@hems/models/day/open-days';
import { quality } from '@hems/models/reading/quality';
import { KEPT_DAYS } from '@hems/models/reading/retention';
import { localDate as calendarDate } from '@hems/shared/api/nouns';
import type { Clock } from '../ports/clock.ts';
import type { Table } from '../ports/table.ts';
import { canonicalJson } from './canonical-hash.ts';
import { changedDays, fingerprints, readFrom } from './days/figure.ts';
import { changedHours, keptOr, readHoursAmong, unknownHours, UNKNOWN_HOURS } from './days/hours-of-day.ts';
import { readHome, type DaysHome } from './days/household.ts';
import { writeDays } from './days/write-days.ts';
import { settledMonths } from './imports/settled-months.ts';
import { Refused } from './refusal.ts';
import { readStoredDays, type StoredDay } from './stores/days.ts';
import { notErasing, readPointer } from './stores/erasures.ts';
import { flowsByHour, type HoursOfDay, type StoredHours } from './stores/hours.ts';
import { markLate } from './stores/late-days.ts';
import { untilWon } from './until-won.ts';

/** A day as it is handed in: whole Wh, without quarter hours behind it. */
const dayTotal = z.object({
  date: z.string().refine((date) => calendarDate.safeParse(date).success),
  ...flows,
  quality,
  /** where its hours are known: the import by time bands */
  bandWh: dayItem.shape.bandWh,
  /** and what they came to, adding up to the day */
  hours: z.optional(flowsByHour),
  /** who said so */
  source: z.enum(['simulated', 'imported']),
});
export type DayTotal = z.infer<typeof dayTotal>;

type Deps = { readonly table: Table; readonly clock: Clock };
export type ImportReport = {
  readonly imported: number;
  readonly refused: ({ readonly date: LocalDate } & Refusal)[];
};

/** `invalid` is no daily total at all. */
type Refusal = { readonly code: 'invalid' | 'not-over' | 'too-old' | 'measured' | 'final'; readonly reason: string };

/** Ten years of 365.25 days: further back no tariff, programme or screen looks, and each day is an item for ever. */
const OLDEST_DAYS = 3653;

/** `settled`: months that rewards rest on */
type Open = { readonly firstOpen: LocalDate; readonly settled: ReadonlySet<string> };
type Held = Open & { readonly before: DayItem | undefined };

const factsOfTotal = ({ hours: _hours, ...total }: DayTotal): DayFacts => ({ ...total, missingSlots: 0 });

const saysOther = (before: DayItem, total: DayTotal): boolean =>
  canonicalJson(factsOf(factsOfTotal(total))) !== canonicalJson({ ...factsOf(before), unheard: undefined });

/** Why the total is none of a day that may be handed in at all. */
const unfit = (total: DayTotal, today: LocalDate): Refusal | undefined => {
  if (!dayTotal.safeParse(total).success)
    return { code: 'invalid', reason: 'not a daily total: whole Wh of zero or more, a date and a quality are needed' };
  if (total.date >= today) return { code: 'not-over', reason: 'the day is not over' };
  return total.date < addDays(today, -OLDEST_DAYS)
    ? { code: 'too-old', reason: 'the day is more than ten years ago' }
    : undefined;
};

const monthOf = (date: LocalDate): string => date.slice(0, 7);

/** A day that a file said is said otherwise by a later one: so a wrong file is undone, as long as no reward was settled from its month. */
const mayReplace = (before: DayItem, total: DayTotal, settled: ReadonlySet<string>): boolean =>
  before.source === 'imported' && total.source === 'imported' && !settled.has(monthOf(total.date));

/** Why the total does not take the place of what is known. Whole quarter hours stand over it, and a final day stays as it is. */
const refusal = (total: DayTotal, { firstOpen, before, settled }: Held): Refusal | undefined => {
  if (!before || before.inputsHash === '') return undefined;
  if (before.source === 'measured' && before.missingSlots === 0)
    return { code: 'measured', reason: 'the day is known from its readings' };
  if (total.date >= firstOpen || !saysOther(before, total) || mayReplace(before, total, settled)) return undefined;
  return before.source === 'imported'
    ? { code: 'final', reason: 'a reward was settled from the month of this day, and the file says otherwise' }
    : { code: 'final', reason: 'the day is final since it is more than 30 days old, and it says otherwise' };
};

type Judged = { readonly good: readonly DayTotal[]; readonly refused: ImportReport['refused'] };

const judge = (days: readonly DayTotal[], why: (day: DayTotal) => Refusal | undefined): Judged => {
  const judged = days.map((day) => ({ day, no: why(day) }));
  return {
    good: judged.flatMap(({ day, no }) => (no ? [] : [day])),
    refused: judged.flatMap(({ day, no }) => (no ? [{ date: day.date, ...no }] : [])),
  };
};

type Known = Open & { readonly stored: ReadonlyMap<LocalDate, StoredDay> };

const earliestOf = (days: readonly { readonly date: LocalDate }[], otherwise: LocalDate): LocalDate =>
  days.reduce((first, { date }) => (date < first ? date : first), otherwise);

/**
 * The days whose figures are made. A final one only where a file takes back what a file had said, and the days of that file after it,
 * whose savings rest on it; what was measured is final with its figures.
 */
const figured = (good: readonly DayTotal[], { firstOpen, stored, settled }: Known): LocalDate[] => {
  const isFinal = (date: LocalDate): boolean => date < firstOpen && Boolean(stored.get(date)?.day.inputsHash);
  const retold = good.flatMap((total) => {
    const before = stored.get(total.date)?.day;
    return before && isFinal(total.date) && mayReplace(before, total, settled) ? [{ total, before }] : [];
  });
  const changed = retold.filter(({ before, total }) => saysOther(before, total));
  const first = earliestOf(
    changed.map(({ total }) => total),
    '9999-12-31',
  );
  const again = new Set(retold.flatMap(({ total: { date } }) => (date >= first ? [date] : [])));
  const from = earliestOf(good, '9999-12-31');
  return [...new Set([...stored.keys(), ...good.map(({ date }) => date)])]
    .filter((date) => date >= from && (!isFinal(date) || again.has(date)))
    .toSorted();
};

/** Behind a roof or a battery the meter does not tell what the home uses. */
const hidesLoad = ({ devices, home }: DaysHome): boolean =>
  devices.some(({ kind }) => kind === 'solar_inverter' || kind === 'battery') ||
  home.supplies.some(({ supply }) => supply.netMetering);

/** A file knows the meter alone: what the home uses is known from it where nothing stands between the two. */
const inHome = (total: DayTotal, household: DaysHome): DayTotal => {
  if (total.source !== 'imported' || !hidesLoad(household)) return total;
  const { loadWh: _unknown, hours, ...rest } = total;
  return { ...rest, ...(hours && { hours: { ...hours, loadWh: UNKNOWN_HOURS } }) };
};

const hoursOfTotal = ({ date, hours }: DayTotal): HoursOfDay | undefined => hours && { date, ...hours };

/** Where a total comes without its hours, those that are kept go, unless they add up to it too. */
const importedHours = async (
  table: Table,
  householdId: string,
  { good, today }: { good: readonly DayTotal[]; today: LocalDate },
): Promise<StoredHours[]> => {
  const oldest = addDays(today, -KEPT_DAYS.quarterHours);
  const recent = good.filter(({ date }) => date >= oldest).toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const dates = recent.map(({ date }) => date);
  const kept = await readHoursAmong(table, householdId, dates);
  const hours = recent.map(
    (total) => hoursOfTotal(total) ?? keptOr(kept.get(total.date), factsOfTotal(total), unknownHours(total.date)),
  );
  return changedHours(kept, hours);
};

const importOnce = async (
  { table, clock }: Deps,
  householdId: string,
  days: readonly DayTotal[],
): Promise<ImportReport> => {
  const [household, settled] = await Promise.all([readHome(table, householdId), settledMonths(table, householdId)]);
  const pointer = await readPointer(table, { household: householdId });
  if (!household || pointer) throw new Refused('not-found', 'this household does not exist any more');
  const today = localDate(clock.now());
  const firstOpen = firstOpenDay(today);
  const fit = days.filter((day) => !unfit(day, today));
  const items = await readStoredDays(table, householdId, [readFrom(earliestOf(fit, today)), '9999-12-31']);
  const stored = new Map(items.map((one) => [one.day.date, one]));
  const { good, refused } = judge(
    days.map((day) => inHome(day, household)),
    (day) => unfit(day, today) ?? refusal(day, { firstOpen, before: stored.get(day.date)?.day, settled }),
  );
  const facts = new Map(good.map((day): [LocalDate, DayFacts] => [day.date, factsOfTotal(day)]));
  const hours = await importedHours(table, householdId, { good, today });

  const wanted = figured(good, { firstOpen, stored, settled });
  const changed = changedDays({ home: household.home, basisOn: fingerprints(household.home), stored, facts, wanted });
  const after = new Map([...stored.values(), ...changed].map(({ day }) => [day.date, day]));
  const last = [...after.keys()].toSorted().at(-1) ?? today;
  const check = notErasing({ household: householdId });
  await writeDays(table, { householdId, changed, hours, days: after, last, check });
  // the next run holds these against the quarter hours of their days
  const open = good.filter(({ date }) => date >= firstOpen);
  await Promise.all(open.map(({ date }) => markLate(table, { householdId, date, atMs: clock.now() })));
  return { imported: good.length, refused };
};

/**
 * Takes daily totals of days before the first quarter hours: history from a utility, or of a demo home, and makes their figures.
 * Good days are kept whatever the others are; a repeat changes nothing, and a later file undoes what a file said wrongly.
 */
export const importDays = async (deps: Deps, householdId: string, days: readonly DayTotal[]): Promise<ImportReport> =>
  untilWon(
    () => Promise.resolve(),
    () => importOnce(deps, householdId, days),
  );
