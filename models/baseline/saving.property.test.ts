import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type LocalDate } from '../calendar/seoul.ts';
import { meanCdegcOn } from '../testing/weather.ts';
import { refusalCode, type Baseline, type NoBaseline, type Use } from './baseline.ts';
import { asNumber } from './exact-wh.ts';
import { OWN_DAY_CANDIDATES, SIMILAR_DAY_METHODS } from './methods.ts';
import { sameHalfBaseline, sameMonthBaseline } from './same-period.ts';
import type { SimilarDayCase } from './similar-days.ts';
import {
  DAILY_REGRESSION,
  scaledByWeather,
  similarDays,
  TEN_OF_TEN_WEATHER,
  weatherBefore,
  type TestedMethod,
} from './tested-method.ts';

/** What each method makes of a home that changes nothing, and of one that cuts its use by a tenth on the judged day. */

const DAY = '2026-11-20';
const PAST = Array.from({ length: 400 }, (_, i) => addDays(DAY, i - 400));
const temperatures = new Map([...PAST, DAY].map((date) => [date, meanCdegcOn(date)]));

/** A home around `levelWh` a day whose days deviate by at most `noisePercent`, drawn anew by `draws`. */
const homes = fc.record({
  levelWh: fc.integer({ min: 2000, max: 40_000 }),
  noisePercent: fc.integer({ min: 0, max: 10 }),
  draws: fc.array(fc.integer({ min: -100, max: 100 }), { minLength: PAST.length, maxLength: PAST.length }),
});
type Home = { readonly levelWh: number; readonly noisePercent: number; readonly draws: readonly number[] };
const historyOf = ({ levelWh, noisePercent, draws }: Home): Map<LocalDate, Use> =>
  new Map(
    PAST.map((date, i) => [
      date,
      { wh: Math.round(levelWh * (1 + (noisePercent * (draws[i] ?? 0)) / 10_000)), quality: 'good' },
    ]),
  );
const caseOf = (home: Home): SimilarDayCase => ({
  eventDate: DAY,
  earlierEventDates: new Set<LocalDate>(),
  history: historyOf(home),
});

const METHODS: readonly TestedMethod[] = [
  ...[...SIMILAR_DAY_METHODS, ...OWN_DAY_CANDIDATES].map(similarDays),
  scaledByWeather(TEN_OF_TEN_WEATHER),
  DAILY_REGRESSION,
];
const ask = (method: TestedMethod, home: Home): Baseline | NoBaseline => {
  const asked = caseOf(home);
  return method.baseline(asked, () => weatherBefore(asked.history, temperatures)(DAY));
};
const based = (method: TestedMethod, home: Home): Baseline => {
  const answer = ask(method, home);
  if (answer.status === 'refused') throw new Error(`${method.id}: ${answer.detail}`);
  return answer;
};
const savedShare = (baseline: Baseline, actualWh: number): number => 1 - actualWh / asNumber(baseline.expected);

describe.each(METHODS.map((method) => [method.id, method] as const))('%s', (_, method) => {
  // a regression is dear: a fit takes milliseconds
  const runs = method.id.includes('weather') ? { numRuns: 20 } : {};
  test('sees no saving where nothing changed and a tenth where a tenth was cut, within what the days themselves vary', () => {
    fc.assert(
      fc.property(homes, (home) => {
        const baseline = based(method, home);
        const tolerance = (3 * home.noisePercent) / 100 + 1e-3;
        expect(Math.abs(savedShare(baseline, home.levelWh))).toBeLessThan(tolerance);
        expect(Math.abs(savedShare(baseline, 0.9 * home.levelWh) - 0.1)).toBeLessThan(tolerance);
      }),
      runs,
    );
  });

  test('carries its method, version, interval and quality, and its expectation lies inside the interval', () => {
    fc.assert(
      fc.property(homes, (home) => {
        const { interval, expected, ...answer } = based(method, home);
        expect(answer).toMatchObject({ method: method.id, version: method.version, quality: 'good' });
        expect(interval).toMatchObject({ confidencePercent: 80 });
        expect(interval!.lowWh).toBeLessThanOrEqual(asNumber(expected) + 1);
        expect(interval!.highWh).toBeGreaterThanOrEqual(asNumber(expected) - 1);
      }),
      { numRuns: 20 },
    );
  });

  test('refuses a home without history by a code, in its own name and version', () => {
    const asked = { ...caseOf({ levelWh: 0, noisePercent: 0, draws: [] }), history: new Map<LocalDate, Use>() };
    const answer = method.baseline(asked, () => weatherBefore(asked.history, temperatures)(DAY));
    if (answer.status !== 'refused') throw new Error('there is a baseline');
    expect(answer).toMatchObject({ method: method.id, version: method.version });
    expect(refusalCode.options).toContain(answer.code);
    expect(answer.detail).not.toBe('');
  });
});

describe('the means of the two years before', () => {
  const months = fc.integer({ min: 50_000, max: 900_000 });
  const noise = fc.integer({ min: -50, max: 50 });
  const use = (wh: number): Use => ({ wh, quality: 'good' });
  const cases = (wh: number, permille: number) => {
    const [first, second] = [Math.round(wh * (1 + permille / 1000)), Math.round(wh * (1 - permille / 1000))];
    const half = (year: number, each: number) =>
      Array.from({ length: 6 }, (_, i) => ({ period: `${year}-0${i + 1}`, use: use(each) }));
    return [
      {
        actualWh: wh,
        answer: sameMonthBaseline([
          { period: '2024-10', use: use(first) },
          { period: '2025-10', use: use(second) },
        ]),
      },
      { actualWh: 6 * wh, answer: sameHalfBaseline([half(2024, first), half(2025, second)]) },
    ];
  };

  test('see no saving where nothing changed and a tenth where a tenth was cut', () => {
    fc.assert(
      fc.property(months, noise, (wh, permille) => {
        for (const { actualWh, answer } of cases(wh, permille)) {
          if (answer.status === 'refused') throw new Error(answer.detail);
          expect(Math.abs(savedShare(answer, actualWh))).toBeLessThan(1e-4);
          expect(Math.abs(savedShare(answer, 0.9 * actualWh) - 0.1)).toBeLessThan(1e-4);
          expect(answer).toMatchObject({ version: 1, quality: 'good', interval: { confidencePercent: 80 } });
        }
      }),
    );
  });
});
