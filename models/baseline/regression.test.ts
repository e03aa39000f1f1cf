import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../calendar/seoul.ts';
import type { Use } from './baseline.ts';
import { coolingDegrees, heatingDegrees } from './degree-days.ts';
import { asNumber } from './exact-wh.ts';
import { fitWeather, weatherBaseline, type WeatherDay, type WeatherModel } from './regression.ts';

/** A home whose truth is known, after the synthetic samples of EEmeter: base, heat and cool by balance points of 60 and 65 °F. */
type Truth = { baseWh: number; heatWhPerDegree: number; coolWhPerDegree: number; noiseWh: number };
const HEAT_BALANCE = 1556;
const COOL_BALANCE = 1833;
const BOTH: Truth = { baseWh: 5500, heatWhPerDegree: 900, coolWhPerDegree: 1500, noiseWh: 0 };

/** Seoul's year as a cosine, −3 °C in January to 27 °C in July, with a five-day weather swing of ± 4 °C. */
const meanCdegc = (day: number): number =>
  Math.round(1200 - 1500 * Math.cos((2 * Math.PI * (day - 15)) / 365) + 400 * Math.sin((2 * Math.PI * day) / 5));
/** A fixed, nearly normal sequence of standard deviation 1: three uniform ones added up. */
const noise = (day: number): number => [389, 613, 271].reduce((sum, step) => sum + ((day * step) % 997) / 498.5 - 1, 0);
const trueWh = ({ baseWh, heatWhPerDegree, coolWhPerDegree, noiseWh }: Truth, day: number): number =>
  Math.round(
    baseWh +
      heatWhPerDegree * heatingDegrees(HEAT_BALANCE, meanCdegc(day)) +
      coolWhPerDegree * coolingDegrees(COOL_BALANCE, meanCdegc(day)) +
      noiseWh * noise(day),
  );
const day = (i: number, use: Use | undefined): WeatherDay => ({
  date: addDays('2025-01-01', i),
  use,
  meanCdegc: meanCdegc(i),
});
const year = (
  truth: Truth,
  over: (i: number) => Use | undefined = (i) => ({ wh: trueWh(truth, i), quality: 'good' }),
): WeatherDay[] => Array.from({ length: 365 }, (_, i) => day(i, over(i)));
const fitted = (days: WeatherDay[]): WeatherModel => {
  const model = fitWeather(days);
  if ('status' in model) throw new Error(model.detail);
  return model;
};
const nextYear = Array.from({ length: 365 }, (_, i) => 365 + i);
const expectedWh = (model: WeatherModel): number => asNumber(weatherBaseline(model, nextYear.map(meanCdegc)).expected);
const actualWh = (truth: Truth): number => nextYear.reduce((sum, i) => sum + trueWh(truth, i), 0);

describe('the weather regression finds what a home was made of', () => {
  test('heating and cooling: base and slopes within 10 %, balance points within a step of the grid', () => {
    const model = fitted(year({ ...BOTH, noiseWh: 200 }));
    expect(Math.abs(model.baseWh / 5500 - 1)).toBeLessThan(0.1);
    expect(Math.abs(model.heatWhPerDegree / 900 - 1)).toBeLessThan(0.1);
    expect(Math.abs(model.coolWhPerDegree / 1500 - 1)).toBeLessThan(0.1);
    expect(Math.abs(model.heatBalanceCdegc! - HEAT_BALANCE)).toBeLessThan(167);
    expect(Math.abs(model.coolBalanceCdegc! - COOL_BALANCE)).toBeLessThan(167);
  });

  test.each([
    ['cooling only', { ...BOTH, heatWhPerDegree: 0, noiseWh: 500 }, [null, expect.any(Number)]],
    ['heating only', { ...BOTH, coolWhPerDegree: 0, noiseWh: 500 }, [expect.any(Number), null]],
  ] as [string, Truth, unknown[]][])('%s', (_, truth, balances) => {
    const model = fitted(year(truth));
    // a spurious second slope would be tiny; the share it explains must be
    const heat = model.heatWhPerDegree > 50 ? model.heatBalanceCdegc : null;
    const cool = model.coolWhPerDegree > 50 ? model.coolBalanceCdegc : null;
    expect([heat, cool]).toEqual(balances);
  });

  test('a home that does not feel the weather has its mean', () => {
    const model = fitted(year({ baseWh: 8000, heatWhPerDegree: 0, coolWhPerDegree: 0, noiseWh: 0 }));
    expect(model).toMatchObject({
      baseWh: 8000,
      heatWhPerDegree: 0,
      coolWhPerDegree: 0,
      heatBalanceCdegc: null,
      coolBalanceCdegc: null,
    });
  });
});

describe('savings against it', () => {
  test('no change is no saving, within 1 % of the year', () => {
    const truth = { ...BOTH, noiseWh: 800 };
    expect(Math.abs(expectedWh(fitted(year(truth))) / actualWh(truth) - 1)).toBeLessThan(0.01);
  });

  test('a cut of 10 % in every part is a saving of 10 %, within 1 %', () => {
    const cut = { baseWh: 4950, heatWhPerDegree: 810, coolWhPerDegree: 1350, noiseWh: 720 };
    const expected = expectedWh(fitted(year({ ...BOTH, noiseWh: 800 })));
    expect(Math.abs((expected - actualWh(cut)) / expected - 0.1)).toBeLessThan(0.01);
  });

  test('its 80 % interval holds 75 to 85 % of the days of the next year', () => {
    const truth = { ...BOTH, noiseWh: 1500 };
    const model = fitted(year(truth));
    const held = nextYear.filter((i) => {
      const { lowWh, highWh } = weatherBaseline(model, [meanCdegc(i)]).interval!;
      return lowWh <= trueWh(truth, i) && trueWh(truth, i) <= highWh;
    });
    expect(held.length / nextYear.length).toBeGreaterThan(0.75);
    expect(held.length / nextYear.length).toBeLessThan(0.85);
  });

  test('whatever the home, the year it was fitted on comes back as its own sum', () => {
    const truths = fc.record({
      baseWh: fc.integer({ min: 2000, max: 20_000 }),
      heatWhPerDegree: fc.integer({ min: 0, max: 3000 }),
      coolWhPerDegree: fc.integer({ min: 0, max: 3000 }),
      noiseWh: fc.integer({ min: 0, max: 500 }),
    });
    fc.assert(
      fc.property(truths, (truth) => {
        const days = year(truth);
        const sum = days.reduce((total, { use }) => total + use!.wh, 0);
        const model = fitted(days);
        expect(
          Math.abs(
            asNumber(
              weatherBaseline(
                model,
                days.map((one) => one.meanCdegc!),
              ).expected,
            ) - sum,
          ),
        ).toBeLessThanOrEqual(1);
        expect(Math.min(model.baseWh, model.heatWhPerDegree, model.coolWhPerDegree)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the data-quality gate', () => {
  const truth = { ...BOTH, noiseWh: 300 };
  const blackout = (days: number): WeatherDay[] =>
    year(truth, (i) => ({ wh: i < days ? 0 : trueWh(truth, i), quality: 'good' }));

  test('37 days of 0, a blackout, are missing days and change nothing else; 38 refuse', () => {
    expect(Math.abs(fitted(blackout(37)).coolWhPerDegree / 1500 - 1)).toBeLessThan(0.05);
    expect(fitWeather(blackout(38))).toMatchObject({ status: 'refused', code: 'insufficient-history' });
  });

  test('days without a temperature count as missing', () => {
    const days = year(truth).map((one, i) => (i < 38 ? { ...one, meanCdegc: undefined } : one));
    expect(fitWeather(days)).toMatchObject({ code: 'insufficient-history' });
  });

  test('a year that is mostly estimated refuses', () => {
    expect(
      fitWeather(year(truth, (i) => ({ wh: trueWh(truth, i), quality: i % 2 ? 'estimated' : 'good' }))),
    ).toMatchObject({
      code: 'estimated-history',
    });
  });

  test('a home whose days have nothing in common refuses instead of guessing', () => {
    const erratic = year(truth, (i) => ({ wh: i % 9 === 0 ? 90_000 : 100, quality: 'good' }));
    expect(fitWeather(erratic)).toMatchObject({ code: 'poor-fit' });
  });
});
