import { addDays, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { factsOf, SLOTS_PER_DAY, standing, type DayFacts } from '@hems/models/day/derive-day';
import type { Region } from '@hems/models/tariff/rows/time-of-use';
import type { DayUse } from '@hems/models/tariff/use-series';
import type { Clock } from '../ports/clock.ts';
import type { Table } from '../ports/table.ts';
import { deriveDays } from './days/derive-days.ts';
import { viewOfDays } from './days/read-days-parts.ts';
import { readBilledDays, type BilledDay } from './stores/days.ts';

type Deps = { readonly table: Table; readonly clock: Clock };

/** A home's past is looked at so far back: the same season of last year, and the weeks before it. */
const HISTORY_DAYS = 395;

/**
 * The days of a period up to today, and the home's past before it: from their items; today and days whose item is still to be
 * made or corrected from their quarter hours, as the usage of the day is told.
 */
export const readBillDays = async (
  deps: Deps,
  householdId: string,
  { from, to }: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<{ items: Map<LocalDate, BilledDay>; facts: Map<LocalDate, DayFacts> }> => {
  const today = localDate(deps.clock.now());
  const last = to < today ? to : today;
  const [view, days] = await Promise.all([
    viewOfDays(deps, householdId),
    readBilledDays(deps.table, householdId, [addDays(from, -HISTORY_DAYS), last]),
  ]);
  const items = new Map(days.map((day) => [day.date, day]));
  const open = [...new Set([...view.open, today])].filter((date) => from <= date && date <= last).toSorted();
  const derived = await deriveDays(deps, { householdId, devices: view.devices }, open);
  const facts = new Map(days.map((day) => [day.date, factsOf(day)]));
  for (const [date, own] of derived) facts.set(date, standing(items.get(date), own.facts));
  return { items, facts };
};

/** Undefined where nothing of the grid use is known; by the hours of the region, where it is known. */
export const toDayUse = (
  { date, importWh, exportWh = 0, missingImportSlots = 0, bandWh }: DayFacts,
  region: Region | undefined,
): DayUse | undefined => {
  if (importWh === undefined) return undefined;
  const bands = region && bandWh?.[region];
  return { date, importWh, exportWh, share: 1 - missingImportSlots / SLOTS_PER_DAY, ...(bands && { bandWh: bands }) };
};
