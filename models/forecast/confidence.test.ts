import { expect, test } from 'vitest';
import { confidenceOf } from './confidence.ts';

const EVEN = [50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950].map((wh) => wh * 10);

test('half of the distribution within a fifth of the value shown is a confidence of one half', () => {
  // 5,000 Wh shown: 4,000 to 6,000 are the levels 0.4 to 0.6
  expect(confidenceOf(EVEN, 5000)).toBeCloseTo(0.2);
});

test('0.2 kWh around a small value count as right', () => {
  const small = [10, 20, 40, 60, 80, 100, 150, 200, 300, 500, 900];
  // up to 300 Wh, which is level 0.8; nothing below 0
  expect(confidenceOf(small, 100)).toBeCloseTo(0.8);
});

test('a home that rests is all but certain to rest: nothing is certain', () => {
  expect(
    confidenceOf(
      EVEN.map(() => 0),
      0,
    ),
  ).toBe(0.99);
});

test('hours of no use count as within reach of a small value', () => {
  const oftenOff = [0, 0, 0, 0, 0, 100, 1000, 1500, 2000, 2500, 3000];
  // half of the hours up to 100 Wh, then a ninth of the way from 100 to 1,000
  expect(confidenceOf(oftenOff, 100)).toBeCloseTo(0.5 + 0.1 * (200 / 900));
});
