import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planHome, type Plan } from './plan.ts';
import type { Scenario } from './scenario.ts';
import { aPlannedHome } from './testing/homes.ts';

const HOURS = 24;
const drawn = fc.record({
  seed: fc.integer({ min: 0, max: 100_000 }),
  needWh: fc.integer({ min: 500, max: 30_000 }),
  fromStep: fc.integer({ min: 0, max: 8 }),
  longHours: fc.integer({ min: 6, max: 14 }),
  leastW: fc.constantFrom(0, 1400, 7000),
  /** how far each hour's use turns out from what was expected */
  errors: fc.array(fc.double({ min: 0, max: 2.5, noNaN: true }), { minLength: HOURS, maxLength: HOURS }),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

/** The rest of the day as it is seen at an hour: what the car has is no more needed, and its window has come nearer. */
const seenAt = (
  home: Scenario,
  hour: number,
  { givenWh, storedWh }: { givenWh: number; storedWh: number },
): Scenario => ({
  ...home,
  ...(['loadWh', 'pvWh', 'buyWon', 'sellWon'] as const).reduce(
    (own, name) => ({ ...own, [name]: home[name].slice(hour) }),
    {},
  ),
  startMs: home.startMs + hour * 3_600_000,
  storedWh,
  endWh: 640,
  car:
    home.car && home.car.byStep >= hour && givenWh < home.car.needWh
      ? {
          ...home.car,
          needWh: home.car.needWh - givenWh,
          fromStep: Math.max(0, home.car.fromStep - hour),
          byStep: home.car.byStep - hour,
        }
      : null,
});

/** Plans anew each hour with another expectation of the use, and gives the car what the plan's first hour says. */
const chargedWh = (home: Scenario, { errors }: Drawn): { givenWh: number; safe: number } => {
  let [givenWh, storedWh, safe] = [0, home.storedWh, 0];
  let before: Plan | undefined;
  for (let hour = 0; hour < HOURS; hour++) {
    const seen = seenAt(home, hour, { givenWh, storedWh });
    const expected = { ...seen, loadWh: seen.loadWh.map((wh) => wh * (errors[hour] ?? 1)) };
    before = planHome(expected, before ? { before: before.steps.slice(1), leastGainWon: 5 } : {});
    const [step] = before.steps;
    givenWh += step?.carW ?? 0;
    storedWh = step?.storedWh ?? storedWh;
    safe += before.status === 'safe' ? 1 : 0;
  }
  return { givenWh, safe };
};

test('a car has what it needs when it has to be ready, however often the plan is made anew on other expectations', () => {
  fc.assert(
    fc.property(drawn, (one) => {
      const byStep = one.fromStep + one.longHours;
      // what fits into the window with an hour to spare
      const needWh = Math.min(one.needWh, 7000 * (one.longHours - 1));
      const car = { needWh, fromStep: one.fromStep, byStep, leastW: one.leastW, mostW: 7000 };
      const home = aPlannedHome(one.seed, HOURS, { car, importW: 30_000 });
      const { givenWh, safe } = chargedWh(home, one);
      expect(safe).toBe(0);
      expect(givenWh).toBeGreaterThanOrEqual(needWh - HOURS);
    }),
    { numRuns: 60 },
  );
});
