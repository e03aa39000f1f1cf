import type { LocalDate } from '../calendar/seoul.ts';
import { dayStart, HOUR_MS } from '../calendar/seoul.ts';
import type { Band, Region } from '../tariff/rows/time-of-use.ts';
import { bandOf } from '../tariff/time-bands.ts';
import { aggregate } from '../usage/aggregate.ts';
import type { HouseholdQuarter } from '../usage/balance.ts';
import type { BandWh, DayItem } from './day-value.ts';

/** What is known of a day before anything is made of it. */
export type DayFacts = Pick<
  DayItem,
  | 'date'
  | 'importWh'
  | 'exportWh'
  | 'solarWh'
  | 'toBatteryWh'
  | 'fromBatteryWh'
  | 'loadWh'
  | 'quality'
  | 'missingSlots'
  | 'missingImportSlots'
  | 'unheard'
  | 'source'
  | 'bandWh'
>;

/** Without the figures that were made of it. */
export const factsOf = (day: DayFacts): DayFacts => ({
  date: day.date,
  importWh: day.importWh,
  exportWh: day.exportWh,
  solarWh: day.solarWh,
  toBatteryWh: day.toBatteryWh,
  fromBatteryWh: day.fromBatteryWh,
  loadWh: day.loadWh,
  quality: day.quality,
  missingSlots: day.missingSlots,
  missingImportSlots: day.missingImportSlots,
  unheard: day.unheard,
  source: day.source,
  bandWh: day.bandWh,
});

export const SLOTS_PER_DAY = 96;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** The bands of the hours of a date are the same for every household of a region; a run asks for few dates, for very many. */
const bandsByDate = new Map<string, readonly (Band | undefined)[]>();
const bandsOn = (region: Region, date: LocalDate): readonly (Band | undefined)[] => {
  const key = `${region} ${date}`;
  const known = bandsByDate.get(key);
  if (known) return known;
  const bands = HOURS.map((hour) => bandOf(region, date, hour));
  if (bandsByDate.size >= 1024) bandsByDate.clear();
  bandsByDate.set(key, bands);
  return bands;
};

/** `hour` 0 to 23; several parts of one add up. */
export type Hour = { readonly hour: number; readonly importWh: number };

const bandsIn = (region: Region, date: LocalDate, hours: readonly Hour[]): BandWh | undefined => {
  const bands = bandsOn(region, date);
  const wh = { off: 0, mid: 0, peak: 0 };
  for (const { hour, importWh } of hours) {
    const band = bands[hour];
    if (band === undefined) return undefined;
    wh[band] += importWh;
  }
  return wh;
};

/** By the hours of both regions: which of them counts is decided when the day is billed. */
export const bandWhOf = (date: LocalDate, hours: readonly Hour[]): DayFacts['bandWh'] => {
  const [mainland, jeju] = [bandsIn('mainland', date, hours), bandsIn('jeju', date, hours)];
  return mainland || jeju ? { ...(mainland && { mainland }), ...(jeju && { jeju }) } : undefined;
};

/** The day of a home from its quarter hours; those that are left out are not known. */
export const deriveDay = (date: LocalDate, quarters: readonly HouseholdQuarter[], unheard: number): DayFacts => {
  const { missingSlots, ...figure } = aggregate(quarters);
  const leftOut = SLOTS_PER_DAY - quarters.length;
  const missingImportSlots = leftOut + quarters.filter(({ importWh }) => importWh === undefined).length;
  const start = dayStart(date);
  const hours = quarters.map(({ startMs, importWh }) => ({
    hour: Math.floor((startMs - start) / HOUR_MS),
    importWh: importWh ?? 0,
  }));
  const bandWh = figure.importWh === undefined ? undefined : bandWhOf(date, hours);
  return {
    date,
    ...figure,
    missingSlots: missingSlots + leftOut,
    ...(missingImportSlots > 0 && { missingImportSlots }),
    ...(unheard > 0 && { unheard }),
    source: 'measured',
    ...(bandWh && { bandWh }),
  };
};

/** A total that was handed in stands until the quarter hours of its day are whole. */
export const standing = (stored: DayFacts | undefined, derived: DayFacts): DayFacts => {
  if (!stored || stored.source === 'measured' || derived.missingSlots === 0) return derived;
  const { unheard: _before, ...total } = stored;
  return derived.unheard === undefined ? total : { ...total, unheard: derived.unheard };
};
