import { addDays, dayStart, HOUR_MS, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { worst } from '@hems/models/reading/quality';
import { hoursOf, REACH_DAYS, type HourUse, type Interval } from '@hems/models/site/intervals';
import { homesHourOf, homesTold, type SiteHour } from '@hems/models/site/site-day';
import type { Clock } from '../../ports/clock.ts';
import { ConditionFailed, type Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import { readHours } from '../stores/hours.ts';
import { readSiteDay } from '../stores/site-intervals.ts';
import { publishedPut, readPublished, type PublishedHomes, type Site } from '../stores/sites.ts';
import { ofEach, siteHomes } from './site-homes.ts';

type Deps = { readonly table: Table; readonly clock: Clock };

/** Hours after its end at which a day is told: what was late by a night is in it. */
const SETTLED_HOURS = 12;

const requireSettled = (date: LocalDate, nowMs: number): void => {
  const firstMs = dayStart(addDays(date, 1)) + SETTLED_HOURS * HOUR_MS;
  if (nowMs < firstMs)
    throw new Refused('conflict', `date: ${date} is told from noon of the day after it on`, 'not-settled');
  if (date < addDays(localDate(nowMs), -REACH_DAYS))
    throw new Refused('invalid', `date: at most ${REACH_DAYS} days back`);
};

/** A meter that was heard on one of so many days before belongs to the day, and is missed on it. */
const METER_DAYS = 7;

/** Hours of each meter of the day; of one that said nothing on it, as not known. */
const meterHours = async ({ table }: Deps, site: Site, date: LocalDate): Promise<HourUse[][]> => {
  const dates = Array.from({ length: METER_DAYS }, (_, back) => addDays(date, -back));
  const [today = new Map<string, readonly Interval[]>(), ...before] = await Promise.all(
    dates.map((one) => readSiteDay(table, site, one)),
  );
  const meters = new Set([today, ...before].flatMap((one) => [...one.keys()]));
  return [...meters].map((meterId) => hoursOf(dayStart(date), today.get(meterId) ?? []));
};

/** The meters of common areas together, hour by hour. */
const commonOf = (
  meters: readonly (readonly HourUse[])[],
  hour: number,
): Pick<SiteHour, 'commonImportWh' | 'commonQuality'> => {
  const parts = meters.flatMap((meter) => meter[hour] ?? []);
  const known = parts.flatMap(({ importWh }) => (importWh === null ? [] : [importWh]));
  if (parts.length === 0 || known.length < parts.length) return { commonImportWh: null, commonQuality: 'missing' };
  return {
    commonImportWh: known.reduce((sum, one) => sum + one, 0),
    commonQuality: worst(parts.map((one) => one.quality)),
  };
};

const make = async ({ table }: Deps, site: Site, date: LocalDate): Promise<PublishedHomes> => {
  const households = await siteHomes(table, site);
  const days = await ofEach(households, (householdId) => readHours(table, householdId, [date, date]));
  const loads = days.flat().map(({ loadWh }) => loadWh);
  return {
    homes: homesTold(loads.length),
    hours: Array.from({ length: 24 }, (_, hour) => homesHourOf(loads.flatMap((load) => load[hour] ?? [])) ?? null),
  };
};

const homesOf = async (deps: Deps, site: Site, date: LocalDate): Promise<PublishedHomes> => {
  const known = await readPublished(deps.table, site, date);
  if (known) return known;
  const made = await make(deps, site, date);
  try {
    await deps.table.put(publishedPut(site, date, made));
    return made;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    return (await readPublished(deps.table, site, date)) ?? made;
  }
};

export type SiteUsage = { readonly homes: number; readonly hours: readonly SiteHour[] };

/**
 * What a building used on a day: its common areas as they are known now, and the homes in it that agree, as a sum that tells of no single one. The
 * homes' part is made at the first request and kept: a later one gives the same, so that who withdraws in between cannot be told by the
 * difference.
 */
export const readSiteUsage = async (deps: Deps, site: Site, date: LocalDate): Promise<SiteUsage> => {
  requireSettled(date, deps.clock.now());
  const [meters, { homes, hours }] = await Promise.all([meterHours(deps, site, date), homesOf(deps, site, date)]);
  return {
    homes,
    hours: hours.map((one, hour) => ({
      fromMs: dayStart(date) + hour * HOUR_MS,
      ...commonOf(meters, hour),
      homes: one,
    })),
  };
};
