import { addDays, dayNumber, weekday, type LocalDate } from '../calendar/seoul.ts';
import { seedOf, uniformAt } from '../testing/random.ts';
import { meanCdegcOn } from '../testing/weather.ts';
import { kindOf } from './back-test.ts';
import type { Baseline, NoBaseline, Use } from './baseline.ts';
import { coolingDegrees, heatingDegrees } from './degree-days.ts';
import { asNumber } from './exact-wh.ts';
import { OWN_DAY_DEFAULT, TEN_OF_TEN_SAME_KIND } from './methods.ts';
import { fitWeather, weatherBaseline, WEATHER_REGRESSION, type WeatherDay } from './regression.ts';
import { sameHalfBaseline, SAME_HALF, sameMonthBaseline, SAME_MONTH, type NamedUse } from './same-period.ts';
import { seasonOf, type Outcome } from './scorecard.ts';
import type { HomeWeather } from './weather-scaled.ts';
import { DAILY_REGRESSION, scaledByWeather, similarDays, type TestedMethod } from './tested-method.ts';

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
  const known = temperatures.get(date) ?? meanCdegcOn(date);
  temperatures.set(date, known);
  return known;
};

const truths = new WeakMap<KnownHome, Map<LocalDate, number>>();
/** What the home uses on a day without a saving; each is asked for many times. */
export const trueWh = (home: KnownHome, date: LocalDate): number => {
  const known = truths.get(home) ?? new Map<LocalDate, number>();
  const wh = known.get(date) ?? drawnWh(home, date);
  truths.set(home, known.set(date, wh));
  return wh;
};
const drawnWh = (home: KnownHome, date: LocalDate): number => {
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

const FIT_DATES = monthsOf(FIT_YEAR).flatMap(datesOf);
const REPORT_DATES = monthsOf(REPORT_YEAR).flatMap(datesOf);

/** Every third day: all weekdays and seasons alike, in a third of the time. */
const JUDGED_DATES = REPORT_DATES.filter((_, i) => i % 3 === 0);

const isDark = (date: LocalDate): boolean => BLACKOUT[0] <= date && date <= BLACKOUT[1];
const cutBy = (wh: number, percent: number): number => Math.round((wh * (100 - percent)) / 100);
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

type Case = { readonly dates: readonly LocalDate[]; readonly baseline: Baseline | NoBaseline };
const outcomeOf = (home: KnownHome, cutPercent: number, { dates, baseline }: Case): Outcome => {
  const actualWh = dates.reduce((sum, date) => sum + cutBy(trueWh(home, date), cutPercent), 0);
  const season = seasonOf(dates[0] ?? '', false);
  if (baseline.status === 'refused') return { season, actualWh, expectedWh: null, held: null };
  const { expected, interval } = baseline;
  const held = interval && interval.lowWh <= actualWh && actualWh <= interval.highWh;
  return { season, actualWh, expectedWh: asNumber(expected), held };
};

const EARLIER = [2, 1] as const;
const sameMonthCases = (home: KnownHome): Case[] =>
  monthsOf(REPORT_YEAR).map((month) => ({
    dates: datesOf(month),
    baseline: sameMonthBaseline(EARLIER.map((back) => monthUse(home, `${REPORT_YEAR - back}${month.slice(4)}`))),
  }));

const HALVES: readonly [number, number][] = [
  [1, 6],
  [7, 12],
];
const sameHalfCases = (home: KnownHome): Case[] =>
  HALVES.map(([from, to]) => ({
    dates: monthsOf(REPORT_YEAR, from, to).flatMap(datesOf),
    baseline: sameHalfBaseline(
      EARLIER.map((back) => monthsOf(REPORT_YEAR - back, from, to).map((month) => monthUse(home, month))),
    ),
  }));

const models = new WeakMap<KnownHome, ReturnType<typeof fitWeather>>();
const fitted = (home: KnownHome): ReturnType<typeof fitWeather> => {
  const day = (date: LocalDate): WeatherDay => ({ date, use: usedOn(home, date), meanCdegc: meanCdegc(date) });
  const model = models.get(home) ?? fitWeather(FIT_DATES.map(day));
  models.set(home, model);
  return model;
};
const regressionCases = (home: KnownHome): Case[] => {
  const model = fitted(home);
  return monthsOf(REPORT_YEAR).map((month) => ({
    dates: datesOf(month),
    baseline: 'status' in model ? model : weatherBaseline(model, datesOf(month).map(meanCdegc)),
  }));
};

const NO_EVENTS: ReadonlySet<LocalDate> = new Set();

/** Day by day; `keptUpPercent`: by how much the days of the last year were cut already, which a rolling baseline learns. */
const dayCases =
  (method: TestedMethod) =>
  (home: KnownHome, keptUpPercent: number): Case[] => {
    const history = new Map(
      [...FIT_DATES, ...REPORT_DATES].flatMap((date): [LocalDate, Use][] => {
        const use = usedOn(home, date);
        const cut = date.startsWith(`${REPORT_YEAR}`) ? keptUpPercent : 0;
        return use ? [[date, { ...use, wh: cutBy(use.wh, cut) }]] : [];
      }),
    );
    const weather = (): HomeWeather | NoBaseline => {
      const model = fitted(home);
      return 'status' in model ? model : { model, meanCdegc };
    };
    return JUDGED_DATES.map((eventDate) => ({
      dates: [eventDate],
      baseline: method.baseline({ eventDate, earlierEventDates: NO_EVENTS, calendar: kindOf, history }, weather),
    }));
  };
/** A method on homes of known truth. `seasonal`: its seasons mean something. `rolling`: it learns a cut that is kept up. */
export type KnownTruthMethod = {
  readonly id: string;
  readonly name: string;
  readonly seasonal: boolean;
  readonly rolling: boolean;
  readonly cases: (home: KnownHome, keptUpPercent: number) => Case[];
};

const byDay = (method: TestedMethod, rolling: boolean): KnownTruthMethod => ({
  ...method,
  name: `${method.name}, every third day`,
  seasonal: true,
  rolling,
  cases: dayCases(method),
});
const SCALED = scaledByWeather({
  id: 'ten-of-ten-same-kind-weather',
  version: 1,
  name: '10-of-10 by day kind, scaled by the weather regression',
  of: TEN_OF_TEN_SAME_KIND,
});

/** The methods that need two years or a temperature, and the whole-day methods beside them. A half-year spans seasons. */
export const KNOWN_TRUTH_METHODS: readonly KnownTruthMethod[] = [
  { ...SAME_MONTH, name: 'Same month of two years', seasonal: true, rolling: false, cases: sameMonthCases },
  { ...SAME_HALF, name: 'Same half of two years', seasonal: false, rolling: false, cases: sameHalfCases },
  {
    ...WEATHER_REGRESSION,
    name: 'Weather regression, by month',
    seasonal: true,
    rolling: false,
    cases: regressionCases,
  },
  byDay({ ...DAILY_REGRESSION, id: 'weather-regression-by-day', name: 'Weather regression' }, false),
  byDay(similarDays(TEN_OF_TEN_SAME_KIND), true),
  byDay(similarDays(OWN_DAY_DEFAULT), true),
  byDay(SCALED, true),
];

/** What a home did in the last year, percent: `cut` on the day that is judged, `keptUp` on the days before it as well. */
export type KnownCut = { readonly cutPercent: number; readonly keptUpPercent: number };

/** The method held against the last year of a home, once for each way in which it cut its use. */
export const knownTruthTest = (method: KnownTruthMethod, home: KnownHome, cuts: readonly KnownCut[]): Outcome[][] => {
  const cases = new Map(
    [...new Set(cuts.map(({ keptUpPercent }) => keptUpPercent))].map((percent) => [
      percent,
      method.cases(home, percent),
    ]),
  );
  return cuts.map(({ cutPercent, keptUpPercent }) =>
    (cases.get(keptUpPercent) ?? []).map((one) => outcomeOf(home, cutPercent, one)),
  );
};
