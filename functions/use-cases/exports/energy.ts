import { addDays, dayStart, isoSeoul, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import type { DayItem } from '@hems/models/day/day-value';
import { KEPT_DAYS, type History } from '@hems/models/reading/retention';
import { QUANTITY_NAMES } from '@hems/models/reading/quantities';
import { monthOf, monthPeriod, monthsIn, type Period } from '@hems/models/incentive/periods';
import type { HouseholdQuarter } from '@hems/models/usage/balance';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import type { PointsQuery, TelemetryStore } from '../../ports/telemetry-store.ts';
import { quartersOfDays } from '../days/household-quarters.ts';
import { readDays } from '../stores/days.ts';
import { listDevices, readProfile } from '../stores/households.ts';
import { readMonths } from '../stores/months.ts';
import { CSV_START, csvLine } from './section.ts';
import type { Section } from '../../ports/files.ts';

export type EnergyDeps = { readonly table: Table; readonly clock: Clock; readonly telemetry: TelemetryStore };

const FLOWS = ['importWh', 'exportWh', 'solarWh', 'toBatteryWh', 'fromBatteryWh', 'loadWh'] as const;
type Flows = { readonly [flow in (typeof FLOWS)[number]]?: number | undefined };
const flowsOf = (one: Flows) => FLOWS.map((flow) => one[flow]);

/** Days are read so many at a time. */
const DAYS_AT_ONCE = 31;
const FIRST_DATE = '2000-01-01';

const savedWh = ({ saving }: DayItem): number | undefined => (saving?.status === 'saved' ? saving.savedWh : undefined);
/** What the day's energy is worth; what it changed of its period's bills is in the sums of the months. */
const worthWon = ({ saving }: DayItem): number | null | undefined =>
  saving?.status === 'saved' ? saving.worthWon : undefined;

const DAY_COLUMNS = [
  'date',
  ...FLOWS,
  'quality',
  'source',
  'missingQuarterHours',
  'costWon',
  'savedWh',
  'worthWon',
  'footprintG',
  'score',
];

async function* daysCsv({ table }: EnergyDeps, householdId: string): AsyncGenerator<string> {
  yield CSV_START + csvLine(DAY_COLUMNS);
  for (const day of await readDays(table, householdId, [FIRST_DATE, '9999-12-31']))
    yield csvLine([
      day.date,
      ...flowsOf(day),
      day.quality,
      day.source,
      day.missingSlots,
      day.cost?.won,
      savedWh(day),
      worthWon(day),
      day.co2?.footprintG,
      day.score?.score,
    ]);
}

const MONTH_COLUMNS = ['month', ...FLOWS, 'quality', 'knownDays', 'missingDays', 'costWon', 'savedWon'];

async function* monthsCsv({ table }: EnergyDeps, householdId: string): AsyncGenerator<string> {
  yield CSV_START + csvLine(MONTH_COLUMNS);
  for (const { month: one } of await readMonths(table, householdId, ['2000-01', '9999-12']))
    yield csvLine([one.month, ...flowsOf(one), one.quality, one.knownDays, one.missingDays, one.costWon, one.savedWon]);
}

/** The quarter hours as long as they are kept, a month at a time. */
export async function* keptQuarters(deps: EnergyDeps, householdId: string): AsyncGenerator<HouseholdQuarter[]> {
  const today = localDate(deps.clock.now());
  const last = addDays(today, -1);
  for (let from = addDays(today, -KEPT_DAYS.quarterHours); from <= last; from = addDays(from, DAYS_AT_ONCE)) {
    const to = addDays(from, DAYS_AT_ONCE - 1);
    const range: readonly [LocalDate, LocalDate] = [from, to < last ? to : last];
    const quarters = await quartersOfDays(deps, householdId, range);
    // before the first word of the first device nothing is known, and nothing is told
    yield quarters.filter((quarter) => FLOWS.some((flow) => quarter[flow] !== undefined));
  }
}

async function* quartersCsv(deps: EnergyDeps, householdId: string): AsyncGenerator<string> {
  yield CSV_START + csvLine(['start', ...FLOWS, 'quality']);
  for await (const quarters of keptQuarters(deps, householdId))
    for (const one of quarters) yield csvLine([isoSeoul(one.startMs), ...flowsOf(one), one.quality]);
}

type Device = Pick<PointsQuery, 'household' | 'deviceId' | 'kind'>;
/** Air of the rooms is kept for another time, with flags of its own. */
type MonthOfDevice = Device & { readonly history: History; readonly month: Period };

/** One line per moment with the quantities that were told in the month, so that all are read at once. */
async function* readingsCsv(
  { telemetry }: EnergyDeps,
  { month: { from, to }, ...device }: MonthOfDevice,
): AsyncGenerator<string> {
  const points = await telemetry.points({ ...device, fromMs: dayStart(from), toMs: dayStart(addDays(to, 1)) });
  const told = QUANTITY_NAMES.filter((name) => points.some(({ quantities }) => quantities[name] !== undefined));
  if (told.length === 0) return;
  yield CSV_START + csvLine(['epoch_ms', 'q', ...told]);
  let text = '';
  for (const { ts, q, quantities } of points)
    text += `${ts},${q},${told.map((name) => quantities[name] ?? '').join()}\n`;
  yield text;
}

/** The months in which a day may still be kept. */
const keptMonths = (today: LocalDate, keptDays: number): Period[] =>
  monthsIn(monthPeriod(monthOf(addDays(today, -keptDays))).from, monthPeriod(monthOf(today)).to);

const HISTORIES: readonly History[] = ['electrical', 'environment'];

const readingSections = async (deps: EnergyDeps, householdId: string): Promise<Section[]> => {
  const [profile, devices] = await Promise.all([
    readProfile(deps.table, householdId),
    listDevices(deps.table, householdId),
  ]);
  if (!profile) return [];
  const today = localDate(deps.clock.now());
  return devices.flatMap(({ deviceId, kind }) =>
    HISTORIES.flatMap((history) =>
      keptMonths(today, KEPT_DAYS[history]).map((month) => ({
        path: `readings/${deviceId}/${history}-${month.id}.csv`,
        texts: () => readingsCsv(deps, { household: profile.telemetryId, deviceId, kind, history, month }),
      })),
    ),
  );
};

/** Energy as tables: days and months for the life of the household, quarter hours and raw readings as long as they are kept. */
export const energySections = async (deps: EnergyDeps, householdId: string): Promise<Section[]> => [
  { path: 'energy/days.csv', texts: () => daysCsv(deps, householdId) },
  { path: 'energy/months.csv', texts: () => monthsCsv(deps, householdId) },
  { path: 'energy/quarter-hours.csv', texts: () => quartersCsv(deps, householdId) },
  ...(await readingSections(deps, householdId)),
];
