import fc from 'fast-check';
import { expect, it } from 'vitest';
import { linear, ticksFromZero } from './scale.ts';

const maximum = fc.double({ min: 0.01, max: 1e6, noNaN: true });

it('covers any greatest power with at most the wanted number of steps and wastes at most the last one', () => {
  fc.assert(
    fc.property(maximum, fc.integer({ min: 2, max: 8 }), (max, most) => {
      const ticks = ticksFromZero(max, most);
      const [zero, step = 0] = ticks;
      const top = ticks.at(-1) ?? 0;
      expect(zero).toBe(0);
      expect(ticks.length - 1).toBeLessThanOrEqual(most);
      expect(top).toBeGreaterThanOrEqual(max * (1 - 1e-9));
      expect(top - step).toBeLessThan(max * (1 + 1e-9));
    }),
  );
});

it('chooses steps a person can read', () => {
  expect(ticksFromZero(3.4, 4)).toEqual([0, 1, 2, 3, 4]);
  expect(ticksFromZero(900, 4)).toEqual([0, 500, 1000]);
  expect(ticksFromZero(5000, 4)).toEqual([0, 2000, 4000, 6000]);
});

it('maps both ends of the domain exactly, also upside down', () => {
  const y = linear([0, 4], [200, 0]);
  expect([y(0), y(4), y(1)]).toEqual([200, 0, 150]);
});
