import { describe, expect, test } from 'vitest';
import { DAY_AHEAD, NEXT_HOUR } from '../features.ts';
import { HOURS, type HomeSeries } from '../series.ts';
import { HOMES, aHome, smallModels } from '../testing/homes.ts';
import { windowOf } from './folds.ts';
import { scoreHome, seasonalError } from './home-score.ts';
import { scoreHorizons } from './horizons.ts';
import { standsStill } from './leakage.ts';
import { pointScore, quantileScore, reliabilityBins } from './metrics.ts';
import { scoreMonths } from './months.ts';
import { scoreYoung } from './young-homes.ts';

const models = smallModels();
const dayAhead = { set: DAY_AHEAD, model: models.dayAhead };

describe('the leakage test', () => {
  test('passes for both models', () => {
    for (const home of HOMES) {
      expect(standsStill(dayAhead, home, 74)).toBe(true);
      expect(standsStill({ set: NEXT_HOUR, model: models.nextHour }, home, 74)).toBe(true);
    }
  });

  test('fails for a feature that looks at its own day', () => {
    const peeking = {
      ...DAY_AHEAD,
      write: (series: HomeSeries, day: number, into: Parameters<typeof DAY_AHEAD.write>[2]): number => {
        const scale = DAY_AHEAD.write(series, day, into);
        into.values[into.row * into.columns] = (series.wh[day * HOURS] ?? 0) / scale;
        return scale;
      },
    };
    expect(standsStill({ set: peeking, model: models.dayAhead }, HOMES[0]!, 74)).toBe(false);
  });

  test('fails for a level that looks at its own day', () => {
    const peeking = {
      ...DAY_AHEAD,
      analogues: (series: HomeSeries, day: number) => series.wh.slice(day * HOURS, (day + 1) * HOURS),
    };
    expect(standsStill({ set: peeking, model: models.dayAhead }, HOMES[0]!, 74)).toBe(false);
  });
});

describe('a fold', () => {
  test('tests the last four weeks, and learns from nothing after the four before them', () => {
    const window = windowOf(aHome('a', 200), 0)!;
    expect(window).toEqual({ testFrom: 172, testTo: 200, trainFrom: 28, trainTo: 144 });
    expect(windowOf(aHome('a', 200), 1)!.testTo).toBe(130);
  });
  test('of a home that is too young is none', () => {
    expect(windowOf(aHome('a', 116), 0)).toBeUndefined();
    expect(scoreHome(dayAhead, aHome('a', 116), 0)).toBeUndefined();
  });
});

describe('a score', () => {
  test('of "the same hour yesterday" over the whole series is a MASE of 1', () => {
    const wh = Float64Array.of(...Array.from({ length: 48 }, (_, i) => (i < 24 ? 100 : 300)));
    expect(seasonalError({ name: 'a', firstDay: 0, wh })).toBe(200);
    const pairs = [{ forecast: 100, actual: 300 }];
    const score = pointScore(pairs, 200);
    expect(score).toMatchObject({ mase: 1, withinTolerance: 100, withinFifth: 0 });
    expect(score.bias).toBeCloseTo(-66.7, 1);
  });
  test('of certain quantiles that come true costs nothing', () => {
    const quantiles = Array.from({ length: 11 }, () => 500);
    expect(quantileScore([{ quantiles, actual: 500 }])).toEqual({ wql: 0, cov80: 100, cov90: 100 });
  });
  test('of confidence puts an hour into the tenth that was stated', () => {
    const quantiles = [50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950].map((wh) => wh * 10);
    const bins = reliabilityBins([
      { quantiles, actual: 5900 },
      { quantiles, actual: 9000 },
    ]);
    expect(bins[2]!.hours + bins[1]!.hours).toBe(2);
    expect(bins[2]!.right + bins[1]!.right).toBe(1);
  });
  test('of a home stands beside every baseline', () => {
    const score = scoreHome(dayAhead, aHome('a', 130), 0)!;
    expect(score.median.nmae).toBeLessThan(score.naive.yesterday.nmae);
    expect(score.quantiles.cov80).toBeGreaterThan(50);
  });
});

test('a home as it was after one day is forecast from that day alone', () => {
  const home = aHome('a', 130);
  const before = { ...home, wh: home.wh.map((wh, i) => (i < 101 * HOURS ? wh * 50 : wh)) };
  expect(scoreYoung(dayAhead, before, 1)).toEqual({
    ...scoreYoung(dayAhead, home, 1),
    median: expect.anything(),
    available: expect.anything(),
  });
  expect(scoreYoung(dayAhead, before, 1)!.quantiles).toEqual(scoreYoung(dayAhead, home, 1)!.quantiles);
});

test('the second day is forecast without its eve', () => {
  const score = scoreHorizons(dayAhead, aHome('a', 130), 0)!;
  expect(score.dayTwo.nmae).toBeLessThan(score.dayTwoTwoDaysAgo.nmae);
  expect(score.dayTotal).toBeGreaterThan(0);
});

describe('a month', () => {
  test('of steady use is foreseen to the watt-hour, at any day of it', () => {
    const steady = { ...aHome('a', 130), wh: new Float64Array(130 * HOURS).fill(400) };
    for (const at of [0, 10, 20])
      for (const { ape, within } of scoreMonths(steady, at))
        expect([ape.toFixed(6), within]).toEqual(['0.000000', true]);
    // November, December and January
    expect(scoreMonths(steady, 10)).toHaveLength(3);
  });
  test('in which nothing was used has no relative error', () => {
    expect(scoreMonths({ ...aHome('a', 130), wh: new Float64Array(130 * HOURS) }, 10)).toEqual([]);
  });
});
