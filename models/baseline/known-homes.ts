import { addDays, dayNumber, weekday, type LocalDate } from '../calendar/seoul.ts';
import { seedOf, uniformAt } from '../testing/random.ts';
import { weatherOn } from '../testing/weather.ts';
import type { Baseline, NoBaseline, Use } from './baseline.ts';
import { coolingDegrees, heatingDegrees } from './degree-days.ts';
import { asNumber } from './exact-wh.ts';
import { fitWeather, weatherBaseline, WEATHER_REGRESSION, type WeatherDay } from './regression.ts';
import { sameHalfBaseline, SAME_HALF, sameMonthBaseline, SAME_MONTH, type NamedUse } from './same-period.ts';
import { seasonOf, type Outcome } from './scorecard.ts';

/**
 * Generated homes whose truth is known, after the synthetic samples of EEmeter (korea.md 3.3): a base, a heating and a cooling
 * part under Seoul's generated weather, a blackout, and a last year in which all parts are cut by the same share.
 */
export type KnownHome = {
  readonly seed: number;
  readonly baseWh: number;
  readonly heatWhPerDegree: number;
  readonly coolWhPerDegree: number;
  /** half the width of the day's uniform noise, percent */
  readonly noisePercent: number;
};

const HEAT_BALANCE_CDEGC = 1556;
const COOL_BALANCE_CDEGC = 1833;
const WEEKEND_PERCENT = 108;
const YEARS = [2022, 2023, 2024] as const;
const [, FIT_YEAR, REPORT_YEAR] = YEARS;
const BLACKOUT: readonly [LocalDate, LocalDate] = ['2022-12-26', '2023-01-04'];

/** The `index`-th home: 4 to 9 kWh a day of base; two of three cool with electricity, one of three heats with it. */
export const knownHome = (index: number): KnownHome => {
  const seed = seedOf('home of known truth', index);
  const between = (draw: number, low: number, high: number): number => low + (high - low) * uniformAt(seed, -draw);
  return {
    seed,
    baseWh: between(1, 4000, 9000),
    heatWhPerDegree: index % 3 === 0 ? between(2, 200, 900) : 0,
    coolWhPerDegree: index % 3 < 2 ? between(3, 300, 1200) : 0,
    noisePercent: between(4, 10, 30),
  };
};

/** The same sky over all homes: each day of it is made once. */
const temperatures = new Map<LocalDate, number>();
const meanCdegc = (date: LocalDate): number => {
  const known = temperatures.get(date);
  if (known !== undefined) return known;
  const { minC, maxC } = weatherOn(date);
  const mean = Math.round(50 * (minC + maxC));
  temperatures.set(date, mean);
  return mean;
};

/** What the home uses on a day without a saving. */
export const trueWh = (home: KnownHome, date: LocalDate): number => {
  const temperature = meanCdegc(date);
  const wh =
    home.baseWh +
    home.heatWhPerDegree * heatingDegrees(HEAT_BALANCE_CDEGC, temperature) +
    home.coolWhPerDegree * coolingDegrees(COOL_BALANCE_CDEGC, temperature);
  const noise = 1 + (home.noisePercent / 100) * (2 * uniformAt(home.seed, dayNumber(date)) - 1);
  return Math.round(wh * noise * (weekday(date) >= 5 ? WEEKEND_PERCENT / 100 : 1));
};

const datesOf = (month: string): LocalDate[] =>
  Array.from({ length: 31 }, (_, i) => addDays(`${month}-01`, i)).filter((date) => date.startsWith(month));
const monthsOf = (year: number, from = 1, to = 12): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `${year}-${String(from + i).padStart(2, '0')}`);

const isDark = (date: LocalDate): boolean => BLACKOUT[0] <= date && date <= BLACKOUT[1];
const usedOn = (home: KnownHome, date: LocalDate): Use | undefined =>
  isDark(date) ? undefined : { wh: trueWh(home, date), quality: 'good' };

/** A month with a day missing is not known. */
const monthUse = (home: KnownHome, month: string): NamedUse => {
  const days = datesOf(month);
  return {
    period: month,
    use: days.some(isDark)
      ? undefined
      : { wh: days.reduce((sum, date) => sum + trueWh(home, date), 0), quality: 'good' },
  };
};

const reported = (home: KnownHome, months: readonly string[], cutPercent: number): number =>
  months.flatMap(datesOf).reduce((sum, date) => sum + Math.round((trueWh(home, date) * (100 - cutPercent)) / 100), 0);

type Case = { readonly months: readonly string[]; readonly baseline: Baseline | NoBaseline };
const outcomeOf = (home: KnownHome, cutPercent: number, { months, baseline }: Case): Outcome => {
  const actualWh = reported(home, months, cutPercent);
  const season = seasonOf(`${months[0]}-01`, false);
  if (baseline.status === 'refused') return { season, actualWh, expectedWh: null, held: null };
  const { expected, interval } = baseline;
  const held = interval && interval.lowWh <= actualWh && actualWh <= interval.highWh;
  return { season, actualWh, expectedWh: asNumber(expected), held };
};

const EARLIER = [2, 1] as const;
const sameMonthCases = (home: KnownHome): Case[] =>
  monthsOf(REPORT_YEAR).map((month) => ({
    months: [month],
    baseline: sameMonthBaseline(EARLIER.map((back) => monthUse(home, `${REPORT_YEAR - back}${month.slice(4)}`))),
  }));

const HALVES: readonly [number, number][] = [
  [1, 6],
  [7, 12],
];
const sameHalfCases = (home: KnownHome): Case[] =>
  HALVES.map(([from, to]) => ({
    months: monthsOf(REPORT_YEAR, from, to),
    baseline: sameHalfBaseline(
      EARLIER.map((back) => monthsOf(REPORT_YEAR - back, from, to).map((month) => monthUse(home, month))),
    ),
  }));

const regressionCases = (home: KnownHome): Case[] => {
  const weatherDay = (date: LocalDate): WeatherDay => ({
    date,
    use: usedOn(home, date),
    meanCdegc: meanCdegc(date),
  });
  const model = fitWeather(monthsOf(FIT_YEAR).flatMap(datesOf).map(weatherDay));
  return monthsOf(REPORT_YEAR).map((month) => ({
    months: [month],
    baseline: 'status' in model ? model : weatherBaseline(model, datesOf(month).map(meanCdegc)),
  }));
};

/** The methods that need two years or a temperature; the half-year spans seasons, only its overall figure means something. */
export const KNOWN_TRUTH_METHODS = [
  { ...SAME_MONTH, name: 'Same month of two years', seasonal: true, cases: sameMonthCases },
  { ...SAME_HALF, name: 'Same half of two years', seasonal: false, cases: sameHalfCases },
  { ...WEATHER_REGRESSION, name: 'Weather regression, daily', seasonal: true, cases: regressionCases },
] as const;

/** The method held against the last year of a home, once for each share by which it cut its use. */
export const knownTruthTest = (
  method: (typeof KNOWN_TRUTH_METHODS)[number],
  home: KnownHome,
  cutPercents: readonly number[],
): Outcome[][] => {
  const cases = method.cases(home);
  return cutPercents.map((cutPercent) => cases.map((one) => outcomeOf(home, cutPercent, one)));
};
