import { createHash } from 'node:crypto';
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
import { readDays } from '../stores/days.ts';
import { keptQuarters, type EnergyDeps } from './energy.ts';
import type { Section } from '../../ports/files.ts';

const QUARTERS = {
  import: { number: 1, flow: 'import', seconds: 900 },
  export: { number: 2, flow: 'export', seconds: 900 },
} as const;
const DAYS = {
  import: { number: 3, flow: 'import', seconds: 86_400 },
  export: { number: 4, flow: 'export', seconds: 86_400 },
} as const;
const ALL: readonly Series[] = [QUARTERS.import, QUARTERS.export, DAYS.import, DAYS.export];
const FIELD = { import: 'importWh', export: 'exportWh' } as const;

/** A UUID by name (RFC 9562, version 5 by its form) that says the same of the same file each time. */
const uuidOf =
  (exportId: string) =>
  (name: string): string => {
    const hex = createHash('sha256').update(`${exportId} ${name}`).digest('hex');
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `5${hex.slice(13, 16)}`,
      `8${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join('-');
  };

type Flow = Series['flow'];
const QUARTERS_A_DAY = 96;

const quarterReadings = (quarters: readonly HouseholdQuarter[], flow: Flow): WrittenReading[] =>
  quarters.flatMap(({ startMs, quality, [FIELD[flow]]: wh }) =>
    wh === undefined ? [] : [{ startS: startMs / 1000, wh, estimated: quality !== 'good' }],
  );

const dayReadings = (days: readonly DayItem[], flow: Flow): WrittenReading[] =>
  days
    .filter(isWhole)
    .flatMap(({ date, quality, [FIELD[flow]]: wh }) =>
      wh === undefined ? [] : [{ startS: dayStart(date) / 1000, wh, estimated: quality !== 'good' }],
    );

const isSome = (readings: WrittenReading[]): readings is [WrittenReading, ...WrittenReading[]] => readings.length > 0;

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
