import { addDays, dayNumber, type LocalDate } from '../calendar/seoul.ts';
import { seedOf, smoothNoise, uniformAt } from './random.ts';

/**
 * A deterministic climate of Seoul: monthly normals plus seeded weather with heat and cold waves. Every demo home lives
 * under the same sky. It is not the weather of any real day.
 */
export type DayWeather = {
  readonly minC: number;
  readonly maxC: number;
  /** share of clear-sky sunshine, 0.1 to 1 */
  readonly clearness: number;
  /** heat wave: a day of 33 °C or more; cold wave: a morning of −12 °C or less (the limits of the Korean advisories) */
  readonly spell: 'heat-wave' | 'cold-wave' | undefined;
};

/** Daily minimum and maximum by month, °C: climate normals 1991-2020 of station Seoul (KMA), rounded. */
const NORMAL_MIN = [-5.5, -3.2, 1.9, 8.0, 13.5, 18.7, 22.3, 22.9, 17.7, 10.6, 3.5, -3.4];
const NORMAL_MAX = [2.1, 5.1, 11.0, 17.9, 23.6, 27.6, 29.0, 30.0, 26.2, 20.2, 11.9, 4.2];
/** Mean clearness by month: rain in July, clear in autumn; gives 3.3 to 3.6 full sun hours a day over the year. */
const NORMAL_CLEARNESS = [0.66, 0.66, 0.64, 0.64, 0.63, 0.55, 0.4, 0.47, 0.58, 0.7, 0.64, 0.62];
const SKY = seedOf('sky over Seoul');

/** The year, and how far it has gone in months: 0.5 in the middle of January. */
const seasonOf = (date: LocalDate): { year: number; months: number } => {
  const year = Number(date.slice(0, 4));
  return { year, months: ((dayNumber(date) - dayNumber(`${year}-01-01`)) / 365.25) * 12 };
};

/** Straight lines between the middles of the months. */
const normal = (byMonth: readonly number[], months: number): number => {
  const at = months - 0.5 + 12;
  const index = Math.floor(at);
  const from = byMonth[index % 12] ?? 0;
  const to = byMonth[(index + 1) % 12] ?? 0;
  return from + (to - from) * (at - index);
};

type Spell = { readonly firstDay: number; readonly days: number };

/** Two spells in a season of `seasonDays` that begins at `seasonStart`: one in each half, so that they never touch. */
const spells = (
  kind: string,
  seasonStart: number,
  [seasonDays, minDays, moreDays]: [number, number, number],
): Spell[] =>
  [0, 1].map((half) => {
    const seed = seedOf(kind, seasonStart, half);
    const days = minDays + Math.floor(uniformAt(seed, 1) * moreDays);
    const room = seasonDays / 2 - days;
    return { firstDay: seasonStart + (half * seasonDays) / 2 + Math.floor(uniformAt(seed, 2) * room), days };
  });

const within = (all: readonly Spell[], day: number): boolean =>
  all.some(({ firstDay, days }) => day >= firstDay && day < firstDay + days);

const spellOn = (day: number, year: number, months: number): DayWeather['spell'] => {
  if (months > 5 && months < 9) {
    const heat = spells('heat', dayNumber(`${year}-07-08`), [48, 5, 5]);
    return within(heat, day) ? 'heat-wave' : undefined;
  }
  const winter = months > 11 ? year : year - 1;
  const cold = spells('cold', dayNumber(`${winter}-12-10`), [70, 3, 4]);
  return within(cold, day) ? 'cold-wave' : undefined;
};

/** The weather of a Korean date. */
export const weatherOn = (date: LocalDate): DayWeather => {
  const day = dayNumber(date);
  const { year, months } = seasonOf(date);
  const spell = spellOn(day, year, months);
  const winterly = 1 + 0.4 * Math.cos((2 * Math.PI * months) / 12);
  const anomaly = winterly * (2.6 * smoothNoise(SKY, day / 3) + 2 * smoothNoise(SKY + 1, day / 11));
  const cloud = 0.36 * smoothNoise(SKY + 2, day / 1.4);
  const seasonal = normal(NORMAL_CLEARNESS, months);
  const clearness = Math.min(1, Math.max(0.1, seasonal + cloud + (spell ? 0.25 : 0)));
  const range = (clearness - seasonal) * 4;
  const maxC = normal(NORMAL_MAX, months) + anomaly + range / 2;
  const minC = normal(NORMAL_MIN, months) + anomaly - range / 2;
  const more = 2.5 * uniformAt(SKY + 3, day);
  if (spell === 'heat-wave') return { minC: Math.max(minC, 24.5 + more / 2), maxC: 33.2 + more, clearness, spell };
  if (spell === 'cold-wave') return { minC: -12.2 - more, maxC: Math.min(maxC, -1.5 - more), clearness, spell };
  return { minC, maxC: Math.min(maxC, 32.8), clearness, spell };
};

/** Coldest at 06:00, warmest at 15:00, a half cosine between. */
const COLDEST_MINUTE = 360;
const WARMEST_MINUTE = 900;
const MINUTES = 1440;

const between = (fromC: number, toC: number, share: number): number =>
  fromC + ((toC - fromC) * (1 - Math.cos(Math.PI * share))) / 2;

/** Outdoor temperature by minute of the day, °C, from the extremes of the day and its neighbours. */
export const outdoorTemperatures = (before: DayWeather, today: DayWeather, after: DayWeather): Float64Array => {
  const night = MINUTES - WARMEST_MINUTE + COLDEST_MINUTE;
  return Float64Array.from({ length: MINUTES }, (_, minute) => {
    if (minute < COLDEST_MINUTE) return between(before.maxC, today.minC, (minute + MINUTES - WARMEST_MINUTE) / night);
    if (minute < WARMEST_MINUTE) {
      return between(today.minC, today.maxC, (minute - COLDEST_MINUTE) / (WARMEST_MINUTE - COLDEST_MINUTE));
    }
    return between(today.maxC, after.minC, (minute - WARMEST_MINUTE) / night);
  });
};

const HOURS = 24;
const MINUTES_PER_HOUR = 60;

/** Mean outdoors by the hour of a Korean date as the simulated homes live it, hundredths of a degree Celsius. */
export const hourlyCdegcOn = (date: LocalDate): number[] => {
  const minutes = outdoorTemperatures(weatherOn(addDays(date, -1)), weatherOn(date), weatherOn(addDays(date, 1)));
  return Array.from({ length: HOURS }, (_, hour) => {
    const own = minutes.subarray(hour * MINUTES_PER_HOUR, (hour + 1) * MINUTES_PER_HOUR);
    return Math.round((100 * own.reduce((sum, celsius) => sum + celsius, 0)) / MINUTES_PER_HOUR);
  });
};

/** Daily mean outdoors as the simulated homes live it, hundredths of a degree Celsius. */
export const meanCdegcOn = (date: LocalDate): number => {
  const minutes = outdoorTemperatures(weatherOn(addDays(date, -1)), weatherOn(date), weatherOn(addDays(date, 1)));
  return Math.round((100 * minutes.reduce((sum, celsius) => sum + celsius, 0)) / MINUTES);
};
