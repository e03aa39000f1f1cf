import { dayStart } from '@hems/models/calendar/seoul';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planChart } from './plan-chart.ts';

const STEP_MS = 30 * 60_000;
const START_MS = dayStart('2026-11-22');
const step = fc.record({
  batteryW: fc.integer({ min: -5000, max: 5000 }),
  carW: fc.integer({ min: 0, max: 7000 }),
  storedWh: fc.integer({ min: 0, max: 20_000 }),
  buyWon: fc.integer({ min: -50, max: 800 }),
});

it('keeps every bar in its panel, what leaves the battery above the line and what enters battery or car below it', () => {
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 96 }),
      fc.integer({ min: 240, max: 1200 }),
      (drawn, width) => {
        const steps = drawn.map((one, index) => ({ ...one, startMs: START_MS + index * STEP_MS }));
        const { bars, panels, zeroY, left, right } = planChart(steps, { width, height: 340, stepMs: STEP_MS });
        const within = (value: number, low: number, high: number): void => {
          expect(value).toBeGreaterThanOrEqual(low - 1e-6);
          expect(value).toBeLessThanOrEqual(high + 1e-6);
        };
        for (const [index, { discharge, charge, car }] of bars.entries()) {
          const { batteryW, carW } = steps[index]!;
          expect([discharge !== undefined, charge !== undefined, car !== undefined]).toEqual([
            batteryW > 0,
            batteryW < 0,
            carW > 0,
          ]);
          for (const box of [discharge, charge, car]) {
            if (box === undefined) continue;
            expect(box.height).toBeGreaterThan(0);
            within(box.x, left, right - box.width);
            within(box.y, panels.power.top, panels.power.bottom - box.height);
          }
          if (discharge) within(discharge.y + discharge.height, zeroY, zeroY);
          if (charge) within(charge.y, zeroY, zeroY);
          // the car hangs below what the battery takes
          if (car) within(car.y, charge ? charge.y + charge.height : zeroY, charge ? charge.y + charge.height : zeroY);
        }
      },
    ),
  );
});
