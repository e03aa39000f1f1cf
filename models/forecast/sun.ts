import { DAY_MS, HOUR_MS } from '../calendar/seoul.ts';

/** Degrees north and east. */
export type Place = { readonly latitude: number; readonly longitude: number };

const MINUTE_MS = 60_000;
const RADIANS = Math.PI / 180;
/** The sun moves a degree in four minutes. */
const MINUTES_PER_DEGREE = 4;
/** The calendar strays from it by less than a day, and the declination by less than half a degree. */
const YEAR_MS = 365.2425 * DAY_MS;

/** Declination (radians) and equation of time (minutes): Spencer, Fourier series representation of the position of the sun, 1971. */
const orbit = (ms: number): { readonly declination: number; readonly equationMinutes: number } => {
  const a = (2 * Math.PI * (ms % YEAR_MS)) / YEAR_MS;
  const [c1, s1, c2, s2] = [Math.cos(a), Math.sin(a), Math.cos(2 * a), Math.sin(2 * a)];
  return {
    declination:
      0.006918 -
      0.399912 * c1 +
      0.070257 * s1 -
      0.006758 * c2 +
      0.000907 * s2 -
      0.002697 * Math.cos(3 * a) +
      0.00148 * Math.sin(3 * a),
    equationMinutes: 229.18 * (0.000075 + 0.001868 * c1 - 0.032077 * s1 - 0.014615 * c2 - 0.040849 * s2),
  };
};

/** Cosine of the sun's angle from straight above; below 0 at night. */
export const cosineOfZenith = (ms: number, { latitude, longitude }: Place): number => {
  const { declination, equationMinutes } = orbit(ms);
  const minutes = (ms % DAY_MS) / MINUTE_MS + equationMinutes + MINUTES_PER_DEGREE * longitude;
  const hourAngle = (minutes / MINUTES_PER_DEGREE - 180) * RADIANS;
  return (
    Math.sin(latitude * RADIANS) * Math.sin(declination) +
    Math.cos(latitude * RADIANS) * Math.cos(declination) * Math.cos(hourAngle)
  );
};

/**
 * Irradiance on level ground under a clear sky, W/m², by the sun's height alone: Haurwitz, Insolation in relation to cloudiness and
 * cloud density, Journal of Meteorology 2 (1945); the form and figures of Reno, Hansen and Stein, SAND2012-2389.
 */
const clearSkyAt = (cosine: number): number => (cosine <= 0 ? 0 : 1098 * cosine * Math.exp(-0.059 / cosine));

const QUARTERS = [0.125, 0.375, 0.625, 0.875] as const;

/** Mean of the hour that begins at `startMs` (epoch ms), W/m². */
export const clearSkyOfHour = (startMs: number, place: Place): number =>
  QUARTERS.reduce((sum, part) => sum + clearSkyAt(cosineOfZenith(startMs + part * HOUR_MS, place)), 0) /
  QUARTERS.length;

/**
 * The share of a clear sky's irradiance that comes through, of cloud 0 to 1000: Kasten and Czeplak, Solar and terrestrial radiation
 * dependent on the amount and type of cloud, Solar Energy 24 (1980). A quarter comes through a closed sky, so that no ratio to it is
 * without bound.
 */
export const throughCloud = (permille: number): number => 1 - 0.75 * (permille / 1000) ** 3.4;
