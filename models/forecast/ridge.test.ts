import { expect, test } from 'vitest';
import { fitRidge, ridgeValue } from './ridge.ts';

const rows = Array.from({ length: 50 }, (_, i) => [i % 7, (i * 3) % 11]);
const matrix = { rows: 50, columns: 2, values: Float64Array.from(rows.flat()) };
const targets = Float64Array.from(rows, ([a, b]) => 3 * a! - 2 * b! + 5);
const even = new Float64Array(50).fill(1);

test('a line is found again when nothing holds it back', () => {
  const ridge = fitRidge(matrix, targets, { penalty: 1e-9, weights: even });
  expect([...ridge].map((weight) => weight.toFixed(4))).toEqual(['3.0000', '-2.0000', '5.0000']);
  expect(ridgeValue(ridge, matrix, 4)).toBeCloseTo(targets[4]!);
});

test('a penalty holds the weights back, and not the constant', () => {
  const ridge = fitRidge(matrix, targets, { penalty: 1e9, weights: even });
  expect(Math.abs(ridge[0]!) + Math.abs(ridge[1]!)).toBeLessThan(1e-3);
  expect(ridge[2]).toBeCloseTo(targets.reduce((sum, y) => sum + y, 0) / 50, 1);
});

test('a row without weight is not learnt from', () => {
  const wrong = targets.map((y, i) => (i < 10 ? y + 1000 : y));
  const ridge = fitRidge(matrix, wrong, { penalty: 1e-9, weights: even.map((_, i) => (i < 10 ? 0 : 1)) });
  expect(ridge[0]).toBeCloseTo(3);
});
