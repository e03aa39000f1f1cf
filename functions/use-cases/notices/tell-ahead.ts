import { addDays, localDate, weekday, type LocalDate } from '@hems/models/calendar/seoul';
import type { DayItem } from '@hems/models/day/day-value';
import type { RunningBill } from '@hems/shared/api/bill';
import type { Told } from '@hems/shared/events/bus';
import type { Clock } from '../../ports/clock.ts';
import type { EventBus } from '../../ports/event-bus.ts';
import type { Table } from '../../ports/table.ts';
import { readRunningBill } from '../read-running-bill.ts';
import { Refused } from '../refusal.ts';
import { readDays } from '../stores/days.ts';
import { membersOf } from '../stores/households.ts';
import { readSettings } from '../stores/notices.ts';
import { rememberHours } from './remember-hours.ts';

type Deps = { readonly table: Table; readonly clock: Clock; readonly bus: EventBus };
type Place = { readonly householdId: string; readonly date: LocalDate };

/** Undefined where nothing can be billed: a home without a supply that is priced, or before its first period. */
const billOf = async (deps: Deps, householdId: string): Promise<RunningBill | undefined> => {
  try {
    return await readRunningBill(deps, { householdId });
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
};

/** As soon as the limit is likely to be passed, whenever that is: mostly more than three days ahead (docs/reports/running-bill.md). */
const tierAhead = ({ householdId, period: { from }, tierBar }: RunningBill, atMs: number): Told[] => {
  const crossing = tierBar?.crossing;
  if (!crossing?.alert) return [];
  const facts = { from, intoTier: String(crossing.intoTier), atKwh: crossing.atKwh, crossesOn: crossing.date };
  return [{ type: 'bill.tier-ahead', detail: { householdId, atMs, key: `${from}#${facts.intoTier}`, facts } }];
};

/** Budgets are of persons. Another budget is another happening, so that who raises it is told when that is passed too. */
const overBudget = async (
  table: Table,
  { householdId, period: { from }, projected }: RunningBill,
  atMs: number,
): Promise<Told[]> => {
  if (projected?.status !== 'projected') return [];
  const projectedWon = projected.billWon.middle;
  const members = await membersOf(table, householdId);
  const told = members.map(async ({ sub }): Promise<Told[]> => {
    const budgetWon = (await readSettings(table, sub)).budgetWon[householdId];
    if (budgetWon === undefined || projectedWon <= budgetWon) return [];
    const facts = { from, projectedWon, budgetWon };
    const key = `${from}#${budgetWon}`;
    return [{ type: 'bill.over-budget', detail: { householdId, personId: sub, atMs, key, facts } }];
  });
  return (await Promise.all(told)).flat();
};

const SUNDAY = 6;
const WEEK = 7;
/** A part of a day added up as if it were the day would tell of savings that nobody made. */
const isWhole = ({ importWh, missingImportSlots = 0 }: DayItem): boolean =>
  importWh !== undefined && missingImportSlots === 0;

/** On the run of a Sunday: what seven whole days drew from the grid, and the seven before them where they are whole. Of fewer nothing is told. */
const weekEnded = async (table: Table, { householdId, date }: Place, atMs: number): Promise<Told[]> => {
  if (weekday(date) !== SUNDAY) return [];
  const from = addDays(date, 1 - WEEK);
  const days = await readDays(table, householdId, [addDays(from, -WEEK), date]);
  const known = days.filter(isWhole);
  const week = known.filter((day) => day.date >= from);
  const before = known.filter((day) => day.date < from);
  if (week.length < WEEK) return [];
  const sum = (of: typeof known): number => of.reduce((all, { importWh = 0 }) => all + importWh, 0);
  const isPriced = week.every(({ cost }) => cost !== undefined);
  const facts = {
    from,
    to: date,
    importWh: sum(week),
    ...(before.length === WEEK && { beforeImportWh: sum(before) }),
    ...(isPriced && { costWon: week.reduce((all, { cost }) => all + (cost?.won ?? 0), 0) }),
  };
  return [{ type: 'week.ended', detail: { householdId, atMs, key: date, facts } }];
};

/**
 * What the day that is over lets a home know of the days to come: a tier or a budget that its bill heads for, the week behind it, and what use
 * is usual for it from now on. Again is harmless: each is one happening by its key. The run of an older day says nothing of the future.
 */
export const tellAhead = async (deps: Deps, place: Place): Promise<void> => {
  const { table, clock, bus } = deps;
  const atMs = clock.now();
  if (place.date !== addDays(localDate(atMs), -1)) return;
  await rememberHours(table, place);
  const bill = await billOf(deps, place.householdId);
  const ahead = bill ? [...tierAhead(bill, atMs), ...(await overBudget(table, bill, atMs))] : [];
  await bus.publish([...ahead, ...(await weekEnded(table, place, atMs))]);
};
