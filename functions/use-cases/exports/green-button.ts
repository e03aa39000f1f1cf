import { dayStart, isoSeoul, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { isWhole } from '@hems/models/day/day-use';
import type { DayItem } from '@hems/models/day/day-value';
import {
  FEED_END,
  feedBlock,
  feedOpening,
  type FeedFacts,
  type Series,
  type WrittenReading,
} from '@hems/models/green-button/feed-writer';
import type { HouseholdQuarter } from '@hems/models/usage/balance';
import { FIELD, isSome, QUARTERS, quarterReadings, uuidOf } from '../green-button/quarter-readings.ts';
import { readDays } from '../stores/days.ts';
import { keptQuarters, type EnergyDeps } from './energy.ts';
import type { Section } from '../../ports/files.ts';

const DAYS = {
  import: { number: 3, flow: 'import', seconds: 86_400 },
  export: { number: 4, flow: 'export', seconds: 86_400 },
} as const;
const ALL: readonly Series[] = [QUARTERS.import, QUARTERS.export, DAYS.import, DAYS.export];

type Flow = Series['flow'];
const QUARTERS_A_DAY = 96;

const dayReadings = (days: readonly DayItem[], flow: Flow): WrittenReading[] =>
  days
    .filter(isWhole)
    .flatMap(({ date, quality, [FIELD[flow]]: wh }) =>
      wh === undefined ? [] : [{ startS: dayStart(date) / 1000, wh, estimated: quality !== 'good' }],
    );

/** By flow the whole days that are still to be told. */
type Untold = Readonly<Record<Flow, Map<LocalDate, DayItem>>>;

/**
 * Energy is told once, so that a reader may add it all up: a day by its quarter hours where all of them are known, else as its total where
 * that is, else by the quarter hours that are.
 */
const asQuarters = (
  untold: Map<LocalDate, DayItem>,
  { flow, date }: { readonly flow: Flow; readonly date: LocalDate },
  quarters: readonly HouseholdQuarter[],
): WrittenReading[] => {
  const readings = quarterReadings(quarters, flow);
  if (readings.length < QUARTERS_A_DAY && untold.has(date)) return [];
  untold.delete(date);
  return readings;
};

const wholeDays = (days: readonly DayItem[], flow: Flow) =>
  new Map(days.filter((day) => dayReadings([day], flow).length > 0).map((day) => [day.date, day]));

async function* feed(deps: EnergyDeps, facts: FeedFacts, householdId: string): AsyncGenerator<string> {
  yield feedOpening(facts, ALL);
  const days = await readDays(deps.table, householdId, ['2000-01-01', '9999-12-31']);
  const untold: Untold = { import: wholeDays(days, 'import'), export: wholeDays(days, 'export') };
  for await (const quarters of keptQuarters(deps, householdId))
    for (const [date, ofDay] of Map.groupBy(quarters, ({ startMs }) => localDate(startMs)))
      for (const series of [QUARTERS.import, QUARTERS.export]) {
        const readings = asQuarters(untold[series.flow], { flow: series.flow, date }, ofDay);
        if (isSome(readings)) yield feedBlock(facts, series, readings);
      }
  for (const series of [DAYS.import, DAYS.export])
    for (const ofMonth of Map.groupBy(untold[series.flow].values(), ({ date }) => date.slice(0, 7)).values()) {
      const readings = dayReadings(ofMonth, series.flow);
      if (isSome(readings)) yield feedBlock(facts, series, readings);
    }
  yield FEED_END;
}

/** Energy over the grid connection as Green Button (ESPI 1.1): by the quarter hour as long as it is kept, before that whole days. */
export const greenButtonSection = (
  deps: EnergyDeps,
  { householdId, exportId }: { readonly householdId: string; readonly exportId: string },
): Section => {
  const facts = { idOf: uuidOf(exportId), updated: isoSeoul(deps.clock.now()), title: 'HEMS' };
  return { path: 'energy/green-button.xml', texts: () => feed(deps, facts, householdId) };
};
