import { addDays, dayStart, HOUR_MS, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { datesBetween } from '@hems/models/day/open-days';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { readHours, type DayHours, type HoursOfDay } from '../stores/hours.ts';
import { listDevices } from '../stores/households.ts';
import { runsOfDates } from './derive-days.ts';
import { withoutOpen } from './heard-until.ts';
import { HOUR_FLOWS, hoursByDate, UNKNOWN_HOURS } from './hours-of-day.ts';
import { quartersOf, samplesOfDays } from './household-quarters.ts';

type Deps = { readonly table: Table; readonly clock: Clock };

/** Whole hours that follow each other from the midnight on which `firstDate` begins, Wh; null: not known. */
export type HoursUntilNow = {
  readonly firstDate: LocalDate;
  readonly loadWh: DayHours;
  readonly importWh: DayHours;
  readonly solarWh: DayHours;
};

/** Of so many days those that no daily run has reached are read from their quarter hours; older ones stay a gap. */
const UNREACHED_DAYS = 7;

const isKnown = (day: HoursOfDay): boolean => HOUR_FLOWS.some((flow) => day[flow].some((wh) => wh !== null));

/** The days as their quarter hours have them so far; those of which nothing is known are left out. */
const readUnreached = async (
  { table, clock }: Deps,
  householdId: string,
  unreached: readonly LocalDate[],
): Promise<[LocalDate, HoursOfDay][]> => {
  const home = { householdId, devices: await listDevices(table, householdId) };
  const runs = runsOfDates(unreached).map(async (dates) => {
    const said = await samplesOfDays(table, home, dates);
    return [...hoursByDate(withoutOpen(quartersOf(said, dates, clock.now()), said))];
  });
  return (await Promise.all(runs)).flat().filter(([, day]) => isKnown(day));
};

/** What is kept of today is of a demo home without devices, which has lived the whole of it. */
const readKnown = async (deps: Deps, householdId: string, dates: readonly LocalDate[]) => {
  const [first = '', today = ''] = [dates[0], dates.at(-1)];
  const stored = await readHours(deps.table, householdId, [first, today]);
  const reached = new Set(stored.map(({ date }) => date));
  const recent = datesBetween(addDays(today, -UNREACHED_DAYS), addDays(today, -1)).filter((date) => !reached.has(date));
  const unreached = await readUnreached(deps, householdId, [...recent, today]);
  return new Map([...stored.map((day): [LocalDate, HoursOfDay] => [day.date, day]), ...unreached]);
};

/**
 * The hours of a household from the midnight `days` days ago, or of the first day of which something is known, to the last hour that is over:
 * past days as the daily run left them, today from its quarter hours. Undefined where nothing is known.
 */
export const hoursUntilNow = async (
  deps: Deps,
  householdId: string,
  days: number,
): Promise<HoursUntilNow | undefined> => {
  const nowMs = deps.clock.now();
  const today = localDate(nowMs);
  const dates = datesBetween(addDays(today, -days), today);
  const byDate = await readKnown(deps, householdId, dates);
  const first = dates.findIndex((date) => {
    const day = byDate.get(date);
    return day !== undefined && isKnown(day);
  });
  const firstDate = dates[first];
  if (firstDate === undefined) return undefined;
  const hours = Math.floor((nowMs - dayStart(firstDate)) / HOUR_MS);
  const flow = (of: (typeof HOUR_FLOWS)[number]): DayHours =>
    dates
      .slice(first)
      .flatMap((date) => byDate.get(date)?.[of] ?? UNKNOWN_HOURS)
      .slice(0, hours);
  return { firstDate, loadWh: flow('loadWh'), importWh: flow('importWh'), solarWh: flow('solarWh') };
};
