import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { middleOf, nearestOf } from './nearest.ts';

test('the nearest are those that sorting all candidates would put first', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 5 }), (distances) => {
      const nearest = nearestOf<number>(5);
      for (const [index, distance] of distances.entries()) nearest.offer(distance, index);
      const sorted = distances
        .map((distance, index) => ({ distance, index }))
        .toSorted((a, b) => a.distance - b.distance);
      expect(nearest.found()).toEqual(sorted.slice(0, 5).map(({ index }) => index));
    }),
  );
});

test('fewer candidates than asked for are none: a median of three days is a guess', () => {
  const nearest = nearestOf<string>(2);
  nearest.offer(1, 'one');
  expect(nearest.found()).toBeUndefined();
});

test('the middle leaves out what is not known', () => {
  expect(middleOf([5, NaN, 1, 9])).toBe(5);
  expect(middleOf([NaN])).toBeNaN();
});
