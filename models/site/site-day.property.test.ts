import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MIN_COHORT } from '../community/cohort.ts';
import { flexibilityOf, HOMES_STEP_WH, homesHourOf, homesTold } from './site-day.ts';

const loads = fc.array(fc.integer({ min: 0, max: 6000 }), { maxLength: 60 });

describe('the homes of a building in an hour', () => {
  it('are told from 20 on, and never where one of them is more than 15 % of all', () => {
    fc.assert(
      fc.property(loads, (wh) => {
        const told = homesHourOf(wh);
        const total = wh.reduce((sum, one) => sum + one, 0);
        const maySay = wh.length >= MIN_COHORT && Math.max(0, ...wh) * 100 <= total * 15;
        expect(told !== undefined).toBe(maySay);
      }),
    );
  });

  it('are told in one step whatever the largest of them uses, and never further off than half of it', () => {
    fc.assert(
      fc.property(loads, (wh) => {
        const told = homesHourOf(wh);
        if (!told) return;
        expect(told.loadWh % HOMES_STEP_WH).toBe(0);
        expect(Math.abs(told.loadWh - wh.reduce((sum, one) => sum + one, 0))).toBeLessThanOrEqual(HOMES_STEP_WH / 2);
      }),
    );
  });

  it('are counted in fives, rounded down', () => {
    expect([19, 20, 24, 25].map(homesTold)).toEqual([15, 20, 20, 25]);
  });
});

describe('what plans could do otherwise', () => {
  const HOUR_MS = 3_600_000;
  const charging = (batteryW: number, carW = 0) => [
    { startMs: 0, batteryW, carW },
    { startMs: HOUR_MS / 2, batteryW, carW },
  ];

  it('is what they draw for batteries and cars, and what batteries give', () => {
    const plans = [
      ...Array.from({ length: 20 }, () => charging(-1500, 3000)),
      ...Array.from({ length: 10 }, () => charging(3000)),
    ];
    expect(flexibilityOf(plans, { fromMs: 0, hours: 2 })).toEqual([
      { fromMs: 0, canReduceW: 90_000, canIncreaseW: 30_000 },
      { fromMs: HOUR_MS, canReduceW: 0, canIncreaseW: 0 },
    ]);
  });

  it('is not told of an hour in which one car is all there is', () => {
    const plans = [...Array.from({ length: 19 }, () => charging(0)), charging(0, 7000)];
    expect(flexibilityOf(plans, { fromMs: 0, hours: 1 })).toEqual([{ fromMs: 0, canReduceW: null, canIncreaseW: 0 }]);
  });

  it('is not told of 19 homes', () => {
    expect(
      flexibilityOf(
        Array.from({ length: 19 }, () => charging(-1500)),
        { fromMs: 0, hours: 1 },
      ),
    ).toBeUndefined();
  });
});
