import * as z from 'zod';
import { localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { flows, type DayItem } from '@hems/models/day/day-value';
import { factsOf, type DayFacts } from '@hems/models/day/derive-day';
import { firstOpenDay } from '@hems/models/day/open-days';
import { quality } from '@hems/models/reading/quality';
import { localDate as calendarDate } from '@hems/shared/api/nouns';
import type { Clock } from '../ports/clock.ts';
import type { Table } from '../ports/table.ts';
import { canonicalJson } from './canonical-hash.ts';
import { changedDays, fingerprints, readFrom } from './days/figure.ts';
import { readHome } from './days/household.ts';
import { writeDays } from './days/write-days.ts';
import { Refused } from './refusal.ts';
import { readStoredDays, type StoredDay } from './stores/days.ts';
import { markLate } from './stores/late-days.ts';
import { untilWon } from './until-won.ts';

/** A day as it is handed in: whole Wh, without quarter hours behind it. */
const dayTotal = z.object({
  date: z.string().refine((date) => calendarDate.safeParse(date).success),
  ...flows,
  quality,
  /** who said so */
  source: z.enum(['simulated', 'imported']),
});
export type DayTotal = z.infer<typeof dayTotal>;

type Deps = { readonly table: Table; readonly clock: Clock };
export type ImportReport = {
  readonly imported: number;
  readonly refused: { readonly date: LocalDate; readonly reason: string }[];
};

type Held = { readonly today: LocalDate; readonly firstOpen: LocalDate; readonly before: DayItem | undefined };

const saysOther = (before: DayItem, total: DayTotal): boolean =>
  canonicalJson(factsOf({ ...total, missingSlots: 0 })) !== canonicalJson({ ...factsOf(before), unheard: undefined });

/** Why the total is not taken. Whole quarter hours stand over it, and a final day stays as it is. */
const refusal = (total: DayTotal, { today, firstOpen, before }: Held): string | undefined => {
  if (!dayTotal.safeParse(total).success)
    return 'not a daily total: whole Wh of zero or more, a date and a quality are needed';
  if (total.date >= today) return 'the day is not over';
  if (!before || before.inputsHash === '') return undefined;
  if (before.source === 'measured' && before.missingSlots === 0) return 'the day is known from its readings';
  return total.date < firstOpen && saysOther(before, total)
    ? `the day is final since it is more than 30 days old, and it says otherwise`
    : undefined;
};

type Taken = { readonly good: readonly DayTotal[]; readonly refused: ImportReport['refused'] };

const sort = (
  days: readonly DayTotal[],
  { stored, ...held }: { today: LocalDate; firstOpen: LocalDate; stored: ReadonlyMap<LocalDate, StoredDay> },
): Taken => {
  const judged = days.map((day) => ({ day, reason: refusal(day, { ...held, before: stored.get(day.date)?.day }) }));
  return {
    good: judged.flatMap(({ day, reason }) => (reason === undefined ? [day] : [])),
    refused: judged.flatMap(({ day, reason }) => (reason === undefined ? [] : [{ date: day.date, reason }])),
  };
};

const importOnce = async (
  { table, clock }: Deps,
  householdId: string,
  days: readonly DayTotal[],
): Promise<ImportReport> => {
  const household = await readHome(table, householdId);
  if (!household) throw new Refused('not-found', 'this household does not exist any more');
  const today = localDate(clock.now());
  const firstOpen = firstOpenDay(today);
  const earliest = days
    .filter((day) => dayTotal.safeParse(day).success)
    .reduce((first, { date }) => (date < first ? date : first), today);
  const items = await readStoredDays(table, householdId, [readFrom(earliest), '9999-12-31']);
  const stored = new Map(items.map((one) => [one.day.date, one]));
  const { good, refused } = sort(days, { today, firstOpen, stored });
  const facts = new Map(good.map((day): [LocalDate, DayFacts] => [day.date, { ...day, missingSlots: 0 }]));

  const wanted = [...new Set([...stored.keys(), ...facts.keys()])]
    .filter((date) => date >= earliest && (date >= firstOpen || !stored.get(date)?.day.inputsHash))
    .toSorted();
  const changed = changedDays({ home: household.home, basisOn: fingerprints(household.home), stored, facts, wanted });
  const after = new Map([...stored.values(), ...changed].map(({ day }) => [day.date, day]));
  const last = [...after.keys()].toSorted().at(-1) ?? today;
  await writeDays(table, { householdId, changed, days: after, last });
  // the next run holds these against the quarter hours of their days
  const open = good.filter(({ date }) => date >= firstOpen);
  await Promise.all(open.map(({ date }) => markLate(table, { householdId, date, atMs: clock.now() })));
  return { imported: good.length, refused };
};

/**
 * Takes daily totals of days before the first quarter hours: history from a utility, or of a demo home, and makes their figures.
 * Good days are kept whatever the others are; a repeat changes nothing.
 */
export const importDays = async (deps: Deps, householdId: string, days: readonly DayTotal[]): Promise<ImportReport> =>
  untilWon(
    () => Promise.resolve(),
    () => importOnce(deps, householdId, days),
  );
