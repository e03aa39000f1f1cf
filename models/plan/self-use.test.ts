import { describe, expect, test } from 'vitest';
import type { Passed } from './course.ts';
import { followsHome, selfUseW } from './self-use.ts';
import { aPlannedHome } from './testing/homes.ts';

const home = aPlannedHome(1, 2, { buyWon: [300, 300], sellWon: [50, 50] });
const step = (over: Partial<Passed>): Passed => {
  const own = { startMs: home.startMs, batteryW: 0, carW: 0, starts: [], loadW: 1000, pvW: 0, curtailedW: 0, ...over };
  return { storedWh: 3200, gridW: own.loadW + own.carW - own.pvW - own.batteryW, ...own };
};
const follows = (over: Partial<Passed>, scenario = home): boolean => followsHome(scenario, [step(over)], 0);

test('a battery by itself covers the home and stores the surplus, as far as power and content go', () => {
  expect([800.4, 9000, -700, -9000].map((netW) => selfUseW(home, 3200, netW))).toEqual([800, 2432, -700, -2500]);
  expect(selfUseW(home, 640, 800)).toBe(0);
  expect(selfUseW(home, 6400, -800)).toBeCloseTo(0);
});

describe('a step is left to the battery itself', () => {
  test('where it gives the home all or a part of what it takes', () => {
    expect([1000, 400].map((batteryW) => follows({ batteryW }))).toEqual([true, true]);
  });
  test('where it stores all or a part of a surplus', () => {
    expect([-1500, -600].map((batteryW) => follows({ batteryW, pvW: 2500 }))).toEqual([true, true]);
  });
  test('where it rests while the sun gives most of what the home takes, and a surplus is worth storing', () => {
    expect(follows({ pvW: 800 })).toBe(true);
    expect(follows({ pvW: 400 })).toBe(false);
    expect(follows({ pvW: 800 }, { ...home, sellWon: [300, 300] })).toBe(false);
  });
  test('where it is at its reserve and has nothing to give, or next to nothing', () => {
    expect(follows({}, { ...home, storedWh: 640 })).toBe(true);
    expect(follows({}, { ...home, storedWh: 735 })).toBe(true);
    expect(follows({}, { ...home, storedWh: 745 })).toBe(false);
  });
});

describe('a step is ordered', () => {
  test('where it charges from the grid, sells, or waits for a dearer hour', () => {
    expect([-2000, 2000, 0].map((batteryW) => follows({ batteryW }))).toEqual([false, false, false]);
  });
  test('where a battery by itself would empty itself into the car', () => {
    expect(follows({ batteryW: 1000, carW: 7000 })).toBe(false);
    expect(follows({ batteryW: 0, carW: 7000, pvW: 900 })).toBe(false);
  });
});
