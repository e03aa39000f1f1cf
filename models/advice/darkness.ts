import { dayNumber, type LocalDate } from '../calendar/seoul.ts';
import { column, leastSquares } from '../baseline/least-squares.ts';
import { kindOfDay, mean, type WholeDay } from './whole-days.ts';

/** Middle of the country; from Busan to Seoul the sunset differs by minutes. */
const LATITUDE = 36.5;
const LONGITUDE = 127.5;
/** Of Korea Standard Time. */
const MERIDIAN = 135;
const RAD = Math.PI / 180;
/** Lamps are lit about so long before and are needed in full so long after the sun has set. */
const TWILIGHT_HOURS = 0.5;

/**
 * Clock time of the sunset in the middle of Korea, hours, within five minutes: declination by Cooper (1969), equation of time by
 * Spencer's short form, the sun's edge and refraction at −0.833°.
 */
export const sunsetHour = (date: LocalDate): number => {
  const dayOfYear = dayNumber(date) - dayNumber(`${date.slice(0, 4)}-01-01`) + 1;
  const declination = 23.45 * RAD * Math.sin(2 * Math.PI * ((284 + dayOfYear) / 365));
  const b = 2 * Math.PI * ((dayOfYear - 81) / 364);
  const equationMinutes = 9.87 * Math.sin(2 * b) - 7.53 * Math.cos(b) - 1.5 * Math.sin(b);
  const noon = 12 + (4 * (MERIDIAN - LONGITUDE) - equationMinutes) / 60;
  const [sine, cosine] = [Math.sin(LATITUDE * RAD), Math.cos(LATITUDE * RAD)];
  const half = Math.acos((Math.sin(-0.833 * RAD) - sine * Math.sin(declination)) / (cosine * Math.cos(declination)));
  return noon + half / RAD / 15;
};

/** How much of a clock hour of the afternoon or evening is dark, 0 to 1. */
export const darknessAt = (date: LocalDate, hour: number): number =>
  Math.min(1, Math.max(0, hour + 1 - (sunsetHour(date) + TWILIGHT_HOURS)));

/** Hours in which the dusk falls in some season, and people are home. */
const DUSK_HOURS = [17, 18, 19, 20];
/** A mild day: what is used then is neither heating nor cooling. Hundredths of a degree Celsius. */
const MILD = [800, 2000] as const;
const LEAST_DAYS = 40;
/** The hours of a day resemble each other, so more is asked for than of days. */
const CERTAIN = 6;

/**
 * W more that a home uses when it is dark than at the same hour of a mild day when it is not: its lighting, about. Undefined where dusk and
 * light were not both seen often enough, or the difference may be chance.
 */
export const lightingW = (days: readonly WholeDay[], meanCdegc: ReadonlyMap<LocalDate, number>): number | undefined => {
  const mild = days.filter(({ date }) => {
    const cdegc = meanCdegc.get(date);
    return cdegc !== undefined && cdegc >= MILD[0] && cdegc <= MILD[1];
  });
  if (mild.length < LEAST_DAYS) return undefined;
  const xs: number[] = [];
  const ys: number[] = [];
  for (const hour of DUSK_HOURS)
    for (const own of Map.groupBy(mild, ({ date }) => kindOfDay(date)).values()) {
      const dark = own.map(({ date }) => darknessAt(date, hour));
      const used = own.map(({ loadWh }) => loadWh[hour] ?? 0);
      const [darkMean, usedMean] = [mean(dark), mean(used)];
      xs.push(...dark.map((value) => value - darkMean));
      ys.push(...used.map((value) => value - usedMean));
    }
  const [x, y] = [column(xs), column(ys)];
  if (x.square < LEAST_DAYS / 4) return undefined;
  const fit = leastSquares(y, [x]);
  const [watts = 0] = fit?.slopes ?? [];
  const error = fit ? Math.sqrt(fit.residual / (xs.length - 2) / x.square) : Number.POSITIVE_INFINITY;
  return watts >= CERTAIN * error ? watts : undefined;
};
