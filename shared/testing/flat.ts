import {
  addDays,
  DAY_MS,
  dayNumber,
  dayStart,
  HOUR_MS,
  localDate,
  SLOT_MS,
  weekday,
} from '@hems/models/calendar/seoul';
import { NOW_MS } from './now.ts';

/**
 * A flat with solar cells, a battery and a car: its energy by quarter hours, from which every other figure of it is summed.
 * Nothing of it is measured; the same instant always has the same value. In each quarter hour
 * import − export + solar + from battery − to battery = load.
 */

/** A quarter hour, whole Wh. */
export type Quarter = {
  readonly startMs: number;
  readonly importWh: number;
  readonly exportWh: number;
  readonly solarWh: number;
  readonly toBatteryWh: number;
  readonly fromBatteryWh: number;
  /** all that was used, the car with it */
  readonly loadWh: number;
  readonly carWh: number;
};

/** Nothing is known before it. */
export const FIRST_DATE = '2025-01-01';
export const TODAY = localDate(NOW_MS);
/** The quarter hours before it are over. */
export const SETTLED_MS = Math.floor(NOW_MS / SLOT_MS) * SLOT_MS;

const QUARTERS = DAY_MS / SLOT_MS;
const BATTERY_WH = 6400;

/** Between 0 and 1, always the same for the same number. */
const chance = (seed: number): number => {
  const mixed = Math.imul(seed ^ (seed >>> 15), 0x2c1b3c6d);
  const again = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return ((again ^ (again >>> 15)) >>> 0) / 2 ** 32;
};

/** Power without heating, cooling or car at an hour of the day, W. */
const USUAL_W = [
  190, 170, 165, 165, 170, 210, 420, 690, 520, 330, 300, 330, 420, 340, 310, 320, 360, 560, 910, 1020, 930, 820, 560,
  320,
];
const WEEKEND_MORE_W = 160;
/** What heating and cooling add, by month. */
const SEASON = [1.25, 1.2, 1.05, 0.95, 0.92, 1, 1.35, 1.45, 1.05, 0.92, 1.02, 1.2];

const monthOf = (date: string): number => Number(date.slice(5, 7)) - 1;

/** What is to be expected without chance, Wh in a quarter hour. */
export const usualWh = (date: string, quarter: number): number => {
  const hour = Math.floor(quarter / 4);
  const atHome = weekday(date) >= 5 && hour >= 9 && hour < 18 ? WEEKEND_MORE_W : 0;
  return (((USUAL_W[hour] ?? 0) + atHome) * (SEASON[monthOf(date)] ?? 1)) / 4;
};

/** The car is charged three nights a week, after one in the morning. */
const carWhOf = (date: string, quarter: number): number =>
  [1, 3, 5].includes(weekday(date)) && quarter >= 4 && quarter < 12 ? 560 : 0;

/** 1.8 kW of cells under a sky that differs from day to day. */
const solarWhOf = (date: string, quarter: number): number => {
  const summer = 0.5 - 0.5 * Math.cos((2 * Math.PI * (monthOf(date) + 0.5)) / 12);
  const [rise, set] = [7.4 - 1.9 * summer, 17.5 + 1.9 * summer];
  const hour = quarter / 4 + 0.125;
  if (hour <= rise || hour >= set) return 0;
  const height = Math.sin((Math.PI * (hour - rise)) / (set - rise)) * (0.65 + 0.35 * summer);
  const sky = 0.35 + 0.65 * chance(dayNumber(date) * 13);
  return Math.round((1800 / 4) * height * sky);
};

const loadWhOf = (date: string, quarter: number): number => {
  const seed = dayNumber(date) * QUARTERS + quarter;
  const spread = 0.72 + 0.5 * chance(seed) + (chance(seed * 3) > 0.94 ? 1.1 : 0);
  return Math.round(usualWh(date, quarter) * spread) + carWhOf(date, quarter);
};

/** The battery takes what the sun leaves over and covers the evening with it. */
const dayOf = (date: string): readonly Quarter[] => {
  let storedWh = 0;
  return Array.from({ length: QUARTERS }, (_, quarter) => {
    const [loadWh, solarWh] = [loadWhOf(date, quarter), solarWhOf(date, quarter)];
    const leftWh = solarWh - loadWh;
    const toBatteryWh = Math.max(0, Math.min(leftWh, 375, BATTERY_WH - storedWh));
    const fromBatteryWh = quarter >= 68 ? Math.max(0, Math.min(-leftWh, 300, storedWh)) : 0;
    storedWh += toBatteryWh - fromBatteryWh;
    const gridWh = loadWh - solarWh + toBatteryWh - fromBatteryWh;
    return {
      startMs: dayStart(date) + quarter * SLOT_MS,
      importWh: Math.max(0, gridWh),
      exportWh: Math.max(0, -gridWh),
      solarWh,
      toBatteryWh,
      fromBatteryWh,
      loadWh,
      carWh: carWhOf(date, quarter),
    };
  });
};

const kept = new Map<string, readonly Quarter[]>();
/** The whole day, what is still to come of it too. */
export const quartersOf = (date: string): readonly Quarter[] => {
  const known = kept.get(date) ?? dayOf(date);
  kept.set(date, known);
  return known;
};

export const datesOf = (from: string, to: string): string[] => {
  const dates: string[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) dates.push(date);
  return dates;
};

/** What is known of the dates: nothing before the flat began and nothing that is still to come. */
export const knownQuarters = (from: string, to: string): Quarter[] =>
  datesOf(from < FIRST_DATE ? FIRST_DATE : from, to > TODAY ? TODAY : to)
    .flatMap((date) => quartersOf(date))
    .filter(({ startMs }) => startMs < SETTLED_MS);

export type Flow = Exclude<keyof Quarter, 'startMs'>;
export const sumOf = (quarters: readonly Quarter[], flow: Flow): number =>
  quarters.reduce((sum, quarter) => sum + quarter[flow], 0);

/** Energy of the hour that begins at the instant, past or to come. */
export const hourQuarters = (startMs: number): Quarter[] =>
  quartersOf(localDate(startMs)).filter((quarter) => quarter.startMs >= startMs && quarter.startMs < startMs + HOUR_MS);
