import { dayStart, HOUR_MS, localDate, SLOT_MS } from '@hems/models/calendar/seoul';
import { figureToday, usualHourWh, type TodayFigures } from '@hems/models/day/today';
import type { Today, TodaySaving } from '@hems/shared/api/today';
import type { Clock } from '../ports/clock.ts';
import type { Table } from '../ports/table.ts';
import { withoutOpen } from './days/heard-until.ts';
import { readHome } from './days/household.ts';
import { quartersOf, samplesOfDays, type Dates } from './days/household-quarters.ts';
import { readTodayPast } from './read-today-past.ts';
import { Refused } from './refusal.ts';

type Deps = { readonly table: Table; readonly clock: Clock };

const toSaving = ({ saving, comparedDates }: TodayFigures): TodaySaving => {
  if (saving.status === 'refused') return saving;
  const { expectedBandWh: _ofTheBill, savedWon: _ofThePeriod, worthWon = null, ...told } = saving;
  return { ...told, worthWon, comparedDates: [...comparedDates] };
};

/** Today so far: what was used, what it added to the bill, and what it saved against the usual day until the same time. */
export const readToday = async (deps: Deps, householdId: string): Promise<Today> => {
  const nowMs = deps.clock.now();
  const date = localDate(nowMs);
  const household = await readHome(deps.table, householdId);
  if (!household) throw new Refused('not-found', 'this household does not exist any more');
  const dates: Dates = [date, date];
  const hour = Math.floor((nowMs - dayStart(date)) / HOUR_MS);
  const [past, said] = await Promise.all([
    readTodayPast(deps, household, date),
    samplesOfDays(deps.table, household, dates),
  ]);
  const quarters = quartersOf(said, dates, nowMs);
  const closed = withoutOpen(quarters, said);
  const figures = figureToday({ home: household.home, date, ...past, quarters, closed });
  const { soFar, costWon, footprintG, untilMs } = figures;
  return {
    householdId,
    date,
    loadWh: soFar.loadWh ?? null,
    importWh: soFar.importWh ?? null,
    quality: soFar.quality,
    missingSlots: quarters.filter(({ startMs, loadWh }) => startMs + SLOT_MS <= nowMs && loadWh === undefined).length,
    costWon,
    footprintG,
    untilMs,
    saving: toSaving(figures),
    usualPowerW: usualHourWh({ date, hours: past.hours }, hour),
    usualHourMs: dayStart(date) + hour * HOUR_MS,
  };
};
