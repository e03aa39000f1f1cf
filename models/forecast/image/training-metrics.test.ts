import { expect, test } from 'vitest';
import { scoreHome } from '../back-test/home-score.ts';
import { DAY_AHEAD } from '../features.ts';
import { SIZE_GROUPS } from '../promotion.ts';
import { aHome, smallModels } from '../testing/homes.ts';
import { metricsOf, rivalMetricsOf } from './training-metrics.ts';

const DAYS = 118;
const models = smallModels();
const homes = [aHome('large', DAYS, 3), aHome('small', DAYS, 0.3), aHome('middling', DAYS, 1)];
const metrics = metricsOf(models, homes);

test('each third of the homes is measured by itself, in the order of its use', () => {
  const own = (name: string): number | undefined => {
    const home = homes.find((one) => one.name === name);
    return home && scoreHome({ set: DAY_AHEAD, model: models.dayAhead }, home, 0)?.quantiles.wql;
  };
  for (const [index, name] of ['small', 'middling', 'large'].entries())
    expect(metrics[`wql${SIZE_GROUPS[index]}`]).toBeCloseTo(own(name) ?? NaN, 9);
  expect(metrics['homesScored']).toBe(3);
});

test('a home that stands empty and one that is too young spoil nobody’s figures', () => {
  const empty = { ...aHome('empty', DAYS), wh: new Float64Array(DAYS * 24) };
  expect(metricsOf(models, [...homes, empty, aHome('young', 60)])).toEqual(metrics);
  expect(metricsOf(models, [empty])).toEqual({});
});

/** A home of whose last four weeks so large a share is left. */
const leaving = (share: (wh: number, i: number) => number) => {
  const home = aHome('leaving', DAYS);
  return { ...home, wh: home.wh.map((wh, i) => (i < (DAYS - 28) * 24 ? wh : share(wh, i))) };
};
const wqlAlone = (home: ReturnType<typeof leaving>): number =>
  scoreHome({ set: DAY_AHEAD, model: models.dayAhead }, home, 0)?.quantiles.wql ?? NaN;

test('a home that moved out does not decide: its errors are thousands of times what it still uses', () => {
  const gone = leaving((_, i) => Number(i === (DAYS - 7) * 24));
  expect(wqlAlone(gone)).toBeGreaterThan(10_000);
  expect(metricsOf(models, [...homes, gone])).toEqual(metrics);
});

test('a home that uses a fifth of what it did counts as a fifth of a home', () => {
  const less = leaving((wh) => wh / 5);
  const weight = 1 / 5 / (1 - (28 / DAYS) * (4 / 5));
  const expected = (3 * (metrics['wql'] ?? NaN) + weight * wqlAlone(less)) / (3 + weight);
  expect(metricsOf(models, [...homes, less])['wql']).toBeCloseTo(expected, 0);
});

test('a meter that counts nearly the same each day has no figures of its own', () => {
  const steady = {
    ...aHome('steady', DAYS),
    wh: Float64Array.from({ length: DAYS * 24 }, (_, i) => 100 + Number(i % 97 === 0) * 0.5),
  };
  expect(metricsOf(models, [...homes, steady])).toEqual(metrics);
});

test('the model in force is measured on the same homes and thirds', () => {
  const champion = rivalMetricsOf('champion', metrics);
  expect(Object.keys(champion).toSorted()).toEqual(
    [
      'championBias',
      'championMase',
      'championNextHourNmae',
      'championWql',
      ...SIZE_GROUPS.map((group) => `championWql${group}`),
    ].toSorted(),
  );
  expect(champion['championWqlLarge']).toBe(metrics['wqlLarge']);
});
