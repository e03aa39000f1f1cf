import { expect, test } from 'vitest';
import { opaqueId, randomFrom, seedOf, smoothNoise, uniformAt } from './random.ts';

test('a seed gives the same numbers on every machine', () => {
  const random = randomFrom(7);
  expect([random(), random(), random()]).toEqual([0.011704753153026104, 0.06195825757458806, 0.97690763277933]);
  expect(seedOf('home', 1)).toBe(2_213_522_635);
});

test('ten thousand numbers of one seed spread evenly over ten bins', () => {
  const random = randomFrom(seedOf('spread'));
  const bins = Object.groupBy(Array.from({ length: 10_000 }, random), (value) => Math.floor(10 * value));
  expect(Object.keys(bins)).toHaveLength(10);
  for (const bin of Object.values(bins)) expect(bin!.length).toBeGreaterThan(880);
});

test('neighbouring places of a seed are unrelated, and a curve runs through them without a jump', () => {
  const near = Array.from(
    { length: 1000 },
    (_, index) => (uniformAt(5, index) - 0.5) * (uniformAt(5, index + 1) - 0.5),
  );
  expect(Math.abs(near.reduce((sum, product) => sum + product, 0) / 1000)).toBeLessThan(0.01);
  expect(Math.abs(smoothNoise(5, 3 - 1e-9) - smoothNoise(5, 3))).toBeLessThan(1e-6);
});

test('ids look random, fit in a topic and differ by what they name', () => {
  expect(opaqueId('gateway', 1)).toMatch(/^[A-Za-z0-9_-]{22}$/);
  expect(opaqueId('gateway', 1)).toBe(opaqueId('gateway', 1));
  expect(new Set([opaqueId('gateway', 1), opaqueId('gateway', 2), opaqueId('household', 1)]).size).toBe(3);
});
