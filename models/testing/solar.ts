import { dayNumber, type LocalDate } from '../calendar/seoul.ts';
import { randomFrom, seedOf, smoothNoise } from './random.ts';

const MINUTES = 1440;
const LATITUDE = (37.57 * Math.PI) / 180;
/** Roof pitch, facing south. */
const TILT = (30 * Math.PI) / 180;
/** Seoul lies 8° west of the meridian of its clock. */
const SOLAR_NOON_MINUTE = 752;
/** Inverter, wiring, heat and dust take the rest. */
const PERFORMANCE = 0.84;

const HOUR_ANGLE_COSINES = Float64Array.from({ length: MINUTES }, (_, minute) =>
  Math.cos((2 * Math.PI * (minute - SOLAR_NOON_MINUTE)) / MINUTES),
);

/** Solar declination in radians after Cooper (1969). */
const declination = (date: LocalDate): number => {
  const dayOfYear = dayNumber(date) - dayNumber(`${date.slice(0, 4)}-01-01`) + 1;
  return ((23.45 * Math.PI) / 180) * Math.sin((2 * Math.PI * (284 + dayOfYear)) / 365);
};

/** Sine of the sun's height over a plane facing south and tilted by `tilt`; a tilted roof sees the sky of a place further south. */
const heights = (date: LocalDate, tilt: number): ((minute: number) => number) => {
  const sun = declination(date);
  const constant = Math.sin(LATITUDE - tilt) * Math.sin(sun);
  const swing = Math.cos(LATITUDE - tilt) * Math.cos(sun);
  return (minute) => constant + swing * (HOUR_ANGLE_COSINES[minute] ?? 0);
};

/** Whether the sun is up, by minute. */
export const daylight = (date: LocalDate): ((minute: number) => boolean) => {
  const height = heights(date, 0);
  return (minute) => height(minute) > 0.05;
};

/**
 * Power of a roof by minute, W: clear-sky curve (1,000 W/m² on the plane, dimmed by the air near the horizon) times
 * clouds, which come and go on half-clear days and neither on clear nor on dull ones.
 */
export const solarPower = (date: LocalDate, { kwp, clearness }: { kwp: number; clearness: number }): Uint16Array => {
  if (kwp === 0) return new Uint16Array(MINUTES);
  const sky = heights(date, 0);
  const roof = heights(date, TILT);
  const clouds = seedOf('clouds', date);
  const flicker = randomFrom(clouds);
  const broken = 4 * clearness * (1 - clearness);
  return Uint16Array.from({ length: MINUTES }, (_, minute) => {
    const up = sky(minute);
    if (up <= 0 || roof(minute) <= 0) return 0;
    const dimmed = roof(minute) * Math.min(1, 0.55 + 0.9 * up);
    const shade = 1 + 0.55 * broken * smoothNoise(clouds, minute / 22) + 0.04 * broken * (flicker() - 0.5);
    return Math.round(kwp * 1000 * PERFORMANCE * dimmed * Math.min(1, clearness * Math.max(0.1, shade)));
  });
};
