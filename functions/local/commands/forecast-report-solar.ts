import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { scoreSolar, type SolarHome, type SolarScore } from '@hems/models/forecast/back-test/solar-days';
import { HOURS } from '@hems/models/forecast/series';

/** Generation of the recorded homes, on the clock of their files: as they are, whole days from the first midnight. */

const numberOf = (text: string | undefined): number => (text === undefined || text === '' ? NaN : Number(text));

const rowsOf = async (
  path: string,
): Promise<{ readonly columns: readonly string[]; readonly rows: readonly string[][] }> => {
  const [head = '', ...lines] = gunzipSync(await readFile(path))
    .toString()
    .trimEnd()
    .split('\n');
  return { columns: head.split(','), rows: lines.map((line) => line.split(',')) };
};

const fromMidnight = <T extends readonly string[]>(rows: readonly T[]): readonly T[] =>
  rows.slice(
    Math.max(
      0,
      rows.findIndex(([ts = '']) => /T00:00Z?$/.test(ts)),
    ),
  );

const withoutWeather = (name: string, wh: Float64Array): SolarHome => ({
  name,
  wh,
  irradiance: new Float64Array(wh.length).fill(NaN),
});

const readRoof = async (folder: string, name: string): Promise<SolarHome[]> => {
  const { columns, rows } = await rowsOf(join(folder, `${name}.csv.gz`));
  const column = columns.indexOf('pv_kwh');
  if (column < 0) return [];
  const wh = fromMidnight(rows).map((row) => 1000 * numberOf(row[column]));
  return [withoutWeather(name, Float64Array.from(wh.slice(0, wh.length - (wh.length % HOURS))))];
};

/** A home with a published forecast of its generation, W, which stands for the weather that no home has. */
export type PublishedHome = {
  readonly home: SolarHome;
  /** NMAE of its half-hours, as the fact sheet has them: nights left out */
  readonly anchor: { readonly yesterday: number; readonly published: number };
};

const HALF_HOURS = 48;
const YEAR_DAYS = 365;

const nmaeOf = (actual: readonly number[], forecastOf: (at: number) => number): number => {
  let [error, total] = [0, 0];
  for (let at = Math.max(0, actual.length - YEAR_DAYS * HALF_HOURS); at < actual.length; at++) {
    const [own = NaN, other] = [actual[at], forecastOf(at)];
    if (Number.isNaN(own - other)) continue;
    error += Math.abs(own - other);
    total += own;
  }
  return (100 * error) / total;
};

const readPublished = async (folder: string): Promise<PublishedHome | undefined> => {
  const path = join(folder, 'emhass1_30min.csv.gz');
  if (!existsSync(path)) return undefined;
  const { columns, rows } = await rowsOf(path);
  const column = (name: string, own: readonly (readonly string[])[]): number[] => {
    const at = columns.indexOf(name);
    return own.map((row) => numberOf(row[at]));
  };
  const whole = fromMidnight(rows);
  const hourly = (watts: readonly number[]): Float64Array =>
    Float64Array.from({ length: Math.floor(watts.length / HALF_HOURS) * HOURS }, (_, hour) => {
      const known = watts.slice(2 * hour, 2 * hour + 2).filter((value) => !Number.isNaN(value));
      return known.length === 0 ? NaN : known.reduce((sum, value) => sum + value, 0) / known.length;
    });
  const actual = column('pv_w', rows);
  // below nothing means nothing
  const published = column('pv_forecast_w', rows).map((watts) => Math.max(0, watts));
  return {
    home: {
      name: 'emhass1',
      // what is empty at night is nothing
      wh: hourly(column('pv_w', whole).map((watts) => (Number.isNaN(watts) ? 0 : watts))),
      irradiance: hourly(column('pv_forecast_w', whole).map((watts) => Math.max(0, watts))),
    },
    anchor: {
      yesterday: nmaeOf(actual, (at) => actual[at - HALF_HOURS] ?? NaN),
      published: nmaeOf(actual, (at) => published[at] ?? NaN),
    },
  };
};

export type SolarHomes = { readonly roofs: readonly SolarHome[]; readonly published: PublishedHome | undefined };

export const readSolarHomes = async (folder: string, names: readonly string[]): Promise<SolarHomes> => ({
  roofs: (await Promise.all(names.map((name) => readRoof(folder, name)))).flat(),
  published: await readPublished(folder),
});

const LAST_DAYS = 112;

export type SolarFigures = {
  /** each home's last 112 days */
  readonly roofs: readonly SolarScore[];
  /**
   * the same days of the home with a published forecast: without it, and with it in place of irradiance; and with it the whole year, which
   * holds the days its numbers were chosen on
   */
  readonly published:
    | {
        readonly without: SolarScore;
        readonly with: SolarScore;
        readonly year: SolarScore;
        readonly anchor: PublishedHome['anchor'];
      }
    | undefined;
};

export const scoreSolarHomes = ({ roofs, published }: SolarHomes): SolarFigures => ({
  roofs: roofs.map((home) => scoreSolar(home, LAST_DAYS)),
  published: published && {
    without: scoreSolar(withoutWeather(published.home.name, published.home.wh), LAST_DAYS),
    with: scoreSolar(published.home, LAST_DAYS),
    year: scoreSolar(published.home, YEAR_DAYS),
    anchor: published.anchor,
  },
});
