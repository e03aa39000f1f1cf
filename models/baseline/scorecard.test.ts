import { describe, expect, test } from 'vitest';
import { addDays, weekday } from '../calendar/seoul.ts';
import { randomFrom } from '../testing/random.ts';
import { backTest, backTestDays, dayTotals, EVENT_HOURS, type HourlyHome } from './back-test.ts';
import type { Use } from './baseline.ts';
import { KNOWN_TRUTH_METHODS, knownHome, knownTruthTest, trueWh } from './known-homes.ts';
import {
  hoursBeforeEvent,
  MAX_4_OF_5,
  MID_6_OF_10,
  OWN_CANDIDATES,
  OWN_DAY_CANDIDATES,
  OWN_DAY_DEFAULT,
  OWN_DEFAULT,
  SIMILAR_DAY_METHODS,
  TEN_OF_TEN,
  TEN_OF_TEN_SAME_DAY,
  TEN_OF_TEN_SAME_KIND,
} from './methods.ts';
import { accuracyOf, chooseDefault, scoreOf, seasonOf, type MethodScore, type Outcome } from './scorecard.ts';
import {
  DAILY_REGRESSION,
  scaledByWeather,
  similarDays,
  TEN_OF_TEN_WEATHER,
  weatherBefore,
  type TestedMethod,
  type WeatherBefore,
} from './tested-method.ts';

const outcome = (expectedWh: number | null, actualWh: number, held: boolean | null = null): Outcome => ({
  season: 'winter',
  actualWh,
  expectedWh,
  held,
});

describe('accuracy', () => {
  test('bias weighs by energy, spread is about the bias, refusals count apart', () => {
    const { biasPercent, spreadPercent, ...counts } = accuracyOf([
      outcome(1200, 1000, true),
      outcome(3000, 3000, true),
      outcome(null, 5000),
      outcome(400, 1000, false),
    ]);
    // errors 200, 0 and −600 of 5,000 Wh; about their mean of −133.3: variance 115,556
    expect(biasPercent).toBeCloseTo(-8, 10);
    expect(spreadPercent).toBeCloseTo((100 * Math.sqrt(1_040_000 / 9)) / (5000 / 3), 10);
    expect(counts).toEqual({ baselines: 3, refused: 1, heldPercent: (100 * 2) / 3 });
  });

  test('homes that used nothing have no bias, rather than an infinite one', () => {
    expect(accuracyOf([outcome(100, 0)])).toMatchObject({ baselines: 1, biasPercent: null, spreadPercent: null });
    expect(accuracyOf([])).toMatchObject({ baselines: 0, biasPercent: null, heldPercent: null });
  });

  test('seasons are those of the hemisphere', () => {
    expect(['2026-01-15', '2026-04-15', '2026-07-15', '2026-12-01'].map((date) => seasonOf(date, false))).toEqual([
      'winter',
      'spring',
      'summer',
      'winter',
    ]);
    expect(['2026-01-15', '2026-04-15', '2026-07-15', '2026-12-01'].map((date) => seasonOf(date, true))).toEqual([
      'summer',
      'autumn',
      'winter',
      'summer',
    ]);
  });
});

describe('the default of our own programmes', () => {
  const score = (method: string, spread: number, [winter, spring, summer, autumn]: number[]): MethodScore => {
    const one = (biasPercent: number | undefined) => ({
      ...accuracyOf([]),
      biasPercent: biasPercent ?? null,
      spreadPercent: spread,
    });
    return {
      method,
      overall: one(0),
      seasons: { winter: one(winter), spring: one(spring), summer: one(summer), autumn: one(autumn) },
    };
  };

  test('is within 3 % in every season, and of those the one of least spread', () => {
    const candidates = [
      score('steady but biased in spring', 50, [0, 3.01, 0, 0]),
      score('fair', 72, [3, -3, 0, 0]),
      score('fair and steadier', 71, [2.9, 2.9, -2.9, 0]),
      score('never seen in autumn', 40, [0, 0, 0]),
    ];
    expect(chooseDefault(candidates)?.method).toBe('fair and steadier');
    expect(chooseDefault(candidates.slice(0, 1))).toBeUndefined();
  });

  test('is one of the candidates, and no prescribed baseline is', () => {
    expect(OWN_CANDIDATES).toContain(OWN_DEFAULT);
    expect(OWN_DAY_CANDIDATES).toContain(OWN_DAY_DEFAULT);
    expect(
      [...OWN_CANDIDATES, ...OWN_DAY_CANDIDATES].filter(({ dropHigh, dropLow }) => dropHigh + dropLow > 0),
    ).toEqual([]);
  });

  test('looks back from 18 h to the hours that its method names', () => {
    expect(hoursBeforeEvent(TEN_OF_TEN, 18)).toEqual([]);
    expect(hoursBeforeEvent(TEN_OF_TEN_SAME_DAY, 18)).toEqual([14, 15, 16]);
    expect(hoursBeforeEvent(OWN_DEFAULT, 18)).toEqual(Array.from({ length: 17 }, (_, hour) => hour));
    expect(hoursBeforeEvent(TEN_OF_TEN_SAME_DAY, 2)).toEqual([0]);
  });
});

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
type Generated = { readonly days: number; readonly celsius?: (day: number) => number };
/** Days from a Monday on; `wh` of a day and an hour. */
const home = (
  wh: (day: number, hour: number) => number | undefined,
  { days, celsius }: Generated = { days: 120 },
): HourlyHome => {
  const dates = Array.from({ length: days }, (_, day) => addDays('2013-02-04', day));
  return {
    name: 'generated',
    southern: false,
    days: new Map(
      dates.map((date, day) => [
        date,
        HOURS.map((hour): Use | undefined => {
          const use = wh(day, hour);
          return use === undefined ? undefined : { wh: use, quality: 'good' };
        }),
      ]),
    ),
    meanCdegc: new Map(celsius ? dates.map((date, day) => [date, Math.round(100 * celsius(day))]) : []),
  };
};
const weatherOf = (of: HourlyHome): WeatherBefore => weatherBefore(dayTotals(of), of.meanCdegc);
const evenings = (method: TestedMethod, of: HourlyHome): Outcome[] => backTest(method, of, weatherOf(of));
const bias = (method: (typeof SIMILAR_DAY_METHODS)[number], of: HourlyHome): number =>
  accuracyOf(evenings(similarDays(method), of)).biasPercent!;

describe('a back-test on a home', () => {
  test('whose evenings are all alike finds no bias in any method', () => {
    const alike = home((_, hour) => 100 * hour);
    for (const method of SIMILAR_DAY_METHODS) expect(bias(method, alike), method.id).toBe(0);
  });

  test('takes weekday evenings only, and the first four of them have no history', () => {
    const alike = evenings(
      similarDays(TEN_OF_TEN),
      home(() => 500),
    );
    const weekdays = Array.from({ length: 120 }, (_, i) => addDays('2013-02-04', i)).filter((d) => weekday(d) < 5);
    expect(alike).toHaveLength(weekdays.length * EVENT_HOURS.length);
    expect(accuracyOf(alike).refused).toBe(4 * EVENT_HOURS.length);
  });

  test('leaves out an hour that was not recorded', () => {
    const gappy = home((day, hour) => (day === 60 && hour === 19 ? undefined : 500));
    const whole = home(() => 500);
    const [some, every] = [gappy, whole].map((one) => evenings(similarDays(TEN_OF_TEN), one));
    expect(some).toHaveLength(every!.length - 1);
  });

  test('with rare high evenings shows what each prescription does: the middle is too low, the highest too high', () => {
    const random = randomFrom(7);
    const peaky = home(() => (random() < 0.25 ? 3000 : 500));
    expect(bias(MID_6_OF_10, peaky)).toBeLessThan(-10);
    expect(bias(MAX_4_OF_5, peaky)).toBeGreaterThan(5);
    expect(Math.abs(bias(TEN_OF_TEN, peaky))).toBeLessThan(6);
  });

  test('whose use falls day by day is overstated by its past, less so when adjusted to the day', () => {
    const falling = home((day) => 2000 - 10 * day);
    expect(bias(TEN_OF_TEN, falling)).toBeGreaterThan(4);
    expect(Math.abs(bias(OWN_DEFAULT, falling))).toBeLessThan(0.1);
  });
});

describe('a back-test on whole days', () => {
  const tested = (of: HourlyHome, method = similarDays(OWN_DAY_DEFAULT), frozen: 'day' | 'month' = 'day') =>
    accuracyOf(backTestDays(method, { home: of, weather: weatherOf(of) }, frozen));

  test('compares weekends with weekends: a home that doubles its use on them has no bias', () => {
    const doubled = home((day) => (day % 7 >= 5 ? 1000 : 500));
    expect(tested(doubled)).toMatchObject({ biasPercent: 0, spreadPercent: 0 });
    expect(tested(doubled, similarDays(TEN_OF_TEN)).biasPercent).toBeLessThan(-15);
  });

  test('leaves out a day of which an hour is missing', () => {
    const whole = tested(home(() => 500));
    const gappy = tested(home((day, hour) => (day === 60 && hour === 3 ? undefined : 500)));
    expect(gappy.baselines).toBe(whole.baselines - 1);
  });

  test('a falling use is overstated by the month before it more than by the days before', () => {
    const falling = home((day) => 2000 - 10 * day);
    const plain = similarDays(TEN_OF_TEN_SAME_KIND);
    const [rolling, frozen] = [tested(falling, plain).biasPercent!, tested(falling, plain, 'month').biasPercent!];
    expect(rolling).toBeGreaterThan(5);
    expect(frozen).toBeGreaterThan(1.5 * rolling);
    expect(tested(falling).biasPercent!).toBeLessThan(rolling / 4);
  });
});

describe('a home whose use follows the weather', () => {
  const celsius = (day: number): number => 12 - 13 * Math.cos((2 * Math.PI * (day + 34)) / 365) + 5 * Math.sin(day);
  const cooled = home((day) => Math.round(200 + 60 * Math.max(0, celsius(day) - 18)), { days: 520, celsius });
  const scaled = scaledByWeather(TEN_OF_TEN_WEATHER);
  const plain = similarDays(TEN_OF_TEN);

  test('is met better by similar days when the regression scales them', () => {
    const [with_, without] = [scaled, plain].map((method) => evenings(method, cooled));
    const summer = (all: Outcome[], i: number): boolean =>
      with_![i]!.expectedWh !== null && all[i]!.season === 'summer';
    const spread = (all: Outcome[]): number => accuracyOf(all.filter((_, i) => summer(all, i))).spreadPercent!;
    expect(spread(with_!)).toBeLessThan(spread(without!) / 4);
  });

  test('has no regression before a year of days, nor any where no temperature was recorded', () => {
    const first = evenings(scaled, cooled).findIndex(({ expectedWh }) => expectedWh !== null);
    // 328 of 365 days: the 235th weekday after the first 328 days
    expect(first).toBe(235 * EVENT_HOURS.length);
    const silent = { ...cooled, meanCdegc: new Map() };
    const refused = DAILY_REGRESSION.baseline(
      { eventDate: '2014-05-05', earlierEventDates: new Set(), history: new Map() },
      () => weatherOf(silent)('2014-05-05'),
    );
    expect(refused).toMatchObject({ status: 'refused', code: 'no-temperature', method: 'weather-regression-daily' });
  });
});

describe('homes of known truth', () => {
  const homes = Array.from({ length: 6 }, (_, index) => knownHome(index));
  const tested = (id: string, cutPercent: number, keptUpPercent = 0) => {
    const method = KNOWN_TRUTH_METHODS.find((one) => one.id === id)!;
    return scoreOf(
      id,
      homes.flatMap((one) => knownTruthTest(method, one, [{ cutPercent, keptUpPercent }])[0]!),
    );
  };

  test('are the same on every run, and differ from each other', () => {
    expect(trueWh(knownHome(3), '2024-08-01')).toBe(trueWh(knownHome(3), '2024-08-01'));
    expect(new Set(homes.map((one) => trueWh(one, '2024-08-01'))).size).toBe(homes.length);
  });

  test('the regression finds no saving where nothing changed, and 10 % where all was cut by 10 %', () => {
    const none = tested('weather-regression-daily', 0);
    const cut = tested('weather-regression-daily', 10);
    expect(none.overall).toMatchObject({ baselines: 72, refused: 0 });
    expect(Math.abs(none.overall.biasPercent!)).toBeLessThan(1);
    // expected over actual: 1 / 0.9
    expect(Math.abs(cut.overall.biasPercent! - 100 / 9)).toBeLessThan(1.2);
  });

  test('the two-year mean lives with the blackout by the other year, and misses more than the regression', () => {
    const month = tested('same-month-two-years', 0);
    expect(month.overall).toMatchObject({ baselines: 72, refused: 0 });
    expect(month.overall.spreadPercent!).toBeGreaterThan(tested('weather-regression-daily', 0).overall.spreadPercent!);
    expect(tested('same-half-two-years', 0).overall).toMatchObject({ baselines: 12, refused: 0 });
  });

  test('whole days find a cut of one day, and forget one that is kept up: they measure change, not thrift', () => {
    const saved = (keptUpPercent: number): number => {
      const expectedOverActual = 1 + tested(OWN_DAY_DEFAULT.id, 10, keptUpPercent).overall.biasPercent! / 100;
      return 100 * (1 - 1 / expectedOverActual);
    };
    expect(Math.abs(saved(0) - 10)).toBeLessThan(0.5);
    expect(Math.abs(saved(10))).toBeLessThan(1);
  });
});
