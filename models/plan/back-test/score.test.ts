import { beforeAll, describe, expect, test } from 'vitest';
import { HOURS } from '../../forecast/series.ts';
import { aHome, smallModels } from '../../forecast/testing/homes.ts';
import { uniformAt } from '../../testing/random.ts';
import { LEAST_GAIN_WON } from '../plan.ts';
import { solveContinuous } from '../solve.ts';
import { BENCHMARK, BENCHMARK_STORED_WH, benchmarkPrices } from './benchmark.ts';
import { expectedLoads, expectedSolar } from './expected.ts';
import { playPlans, type Expected, type PlayedHome } from './rolling.ts';
import { scorePlans, type PlanScore } from './score.ts';

const [FROM, DAYS] = [60, 3];
const home = aHome('a', FROM + DAYS, 2);
/** A roof under other clouds each day. */
const pvWh = home.wh.map((_, at) =>
  Math.round(Math.max(0, 2500 * Math.sin((Math.PI * ((at % HOURS) - 6)) / 12)) * uniformAt(3, Math.floor(at / HOURS))),
);
const from = FROM * HOURS;
const played: PlayedHome = {
  home: BENCHMARK,
  storedWh: BENCHMARK_STORED_WH,
  loadWh: [...home.wh.subarray(from)],
  pvWh: [...pvWh.subarray(from)],
  ...benchmarkPrices((DAYS + 2) * HOURS),
};
const untimed = <T>(run: () => T): T => run();

const models = smallModels();
let loads: (now: number) => number[];
const expected = (hour: number): Expected => ({
  loadWh: loads(from + hour),
  pvWh: expectedSolar(pvWh, from + hour),
});
let score: PlanScore;
beforeAll(() => {
  loads = expectedLoads(models, home, [FROM, FROM + DAYS]);
  score = scorePlans({
    played,
    expectedAt: expected,
    solve: solveContinuous,
    leastGainWon: LEAST_GAIN_WON,
    timed: untimed,
  });
});

describe('three days of a home with a battery', () => {
  test('planned each hour from forecasts save 95 % of what could be saved, more than one plan a day, more than no plan', () => {
    expect(score.hourly).toBeGreaterThan(0.95);
    expect(score.hourly).toBeGreaterThan(score.daily);
    expect(score.daily).toBeGreaterThan(score.selfUse);
  });

  test('can save no more than with everything known, and almost that when everything is told to the plans', () => {
    expect(score.possibleWon).toBeGreaterThan(0);
    for (const share of [score.hourly, score.daily, score.selfUse, score.known]) expect(share).toBeLessThanOrEqual(1);
    expect(score.known).toBeGreaterThan(0.99);
  });

  test('change the battery’s mode a few times a day, and take nothing back that gains less than its threshold', () => {
    expect(score.changesADay).toBeLessThan(8);
    expect(score.withoutGain).toBe(0);
  });

  test('save less the worse they are foreseen', () => {
    const wrong = (hour: number): Expected => ({
      loadWh: loads(from + hour).toReversed(),
      pvWh: expectedSolar(pvWh, from + hour).map(() => 0),
    });
    const [good, bad] = [expected, wrong].map((expectedAt) => {
      const { won, storedWh } = playPlans(played, { everyHours: 1, leastGainWon: 0, timed: untimed, expectedAt });
      return won - (storedWh / 1000) * 275;
    });
    expect(bad! - good!).toBeGreaterThan(0.02 * score.possibleWon);
  });
});

test('a plan of an hour looks at no use or generation from that hour on', () => {
  const changed = { ...home, wh: home.wh.map((wh, at) => (at >= from + 30 ? wh * 3 : wh)) };
  const other = expectedLoads(models, changed, [FROM, FROM + DAYS]);
  const sun = pvWh.map((wh, at) => (at >= from + 30 ? wh + 500 : wh));
  for (const now of [from + 6, from + 30]) {
    expect(other(now)).toEqual(loads(now));
    expect(expectedSolar(sun, now)).toEqual(expectedSolar(pvWh, now));
  }
  expect(other(from + 31)).not.toEqual(loads(from + 31));
});

test('a plan once a day is carried out to the next, from the same midnight', () => {
  const asked: number[] = [];
  playPlans(played, {
    everyHours: HOURS,
    leastGainWon: 0,
    timed: untimed,
    expectedAt: (hour) => {
      asked.push(hour);
      return expected(hour);
    },
  });
  expect(asked).toEqual([0, 24, 48]);
});
