import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Observation } from '../reading/point.ts';
import { mergeSlots, slotOf, type Slot } from './slot.ts';

const observation = fc.record({
  // some in one second, some in the next
  ts: fc.integer({ min: 0, max: 9 }).map((step) => step * 400),
  boot: fc.integer({ min: 1, max: 2 }),
  seq: fc.integer({ min: 1, max: 3 }),
  q: fc.constantFrom(0, 2),
  quantities: fc.oneof(
    fc.record({ energy_import_wh: fc.integer({ min: 0, max: 3 }), power_w: fc.constant(1) }),
    fc.record({ power_w: fc.integer({ min: 0, max: 2 }) }),
  ),
});

const fold = (observations: readonly Observation[]): Slot =>
  observations.map((one) => slotOf([one])).reduce(mergeSlots, []);

describe('a quarter hour of one device', () => {
  test('is the same whatever the order and the number of times its points come', () => {
    fc.assert(
      fc.property(fc.array(observation, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (observations, random) => {
        const shuffled = [...observations, ...observations]
          .map((one) => ({ one, at: random.next().value }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ one }) => one);
        expect(fold(shuffled)).toEqual(fold(observations));
        expect(slotOf(observations)).toEqual(fold(observations));
      }),
    );
  });

  test('is the same however its points were grouped before they were merged', () => {
    fc.assert(
      fc.property(fc.array(observation), fc.array(observation), fc.array(observation), (a, b, c) => {
        const [x, y, z] = [fold(a), fold(b), fold(c)];
        expect(mergeSlots(mergeSlots(x, y), z)).toEqual(mergeSlots(x, mergeSlots(y, z)));
      }),
    );
  });
});
