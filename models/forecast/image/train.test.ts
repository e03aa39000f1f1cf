import { expect, test } from 'vitest';
import { aHome } from '../testing/homes.ts';
import { trainingOf } from './train.ts';

const days = ({ from, to }: { from: number; to: number }): number => to - from;

test('no training learns from the last four weeks of any home, however young: a model may be judged by them', () => {
  const homes = [20, 29, 30, 60, 116, 117, 500].map((age) => aHome('a', age));
  expect(trainingOf(homes, 1).map(({ series, from, to }) => [series.wh.length / 24, from, to])).toEqual([
    [30, 1, 2],
    [60, 1, 32],
    [116, 1, 88],
    [117, 1, 89],
    [500, 107, 472],
  ]);
});

test('of more hours than one machine learns from, it learns a stretch of every home, over all seasons', () => {
  const homes = Array.from({ length: 40 }, () => aHome('a', 393));
  const stretches = trainingOf(homes, 1, 40 * 91 * 24);
  expect(stretches.map(days)).toEqual(homes.map(() => 91));
  const starts = stretches.map(({ from }) => from);
  expect(Math.min(...starts)).toBeLessThan(40);
  expect(Math.max(...stretches.map(({ to }) => to))).toBeGreaterThan(325);
  expect(Math.max(...stretches.map(({ to }) => to))).toBeLessThanOrEqual(365);
});
