import fc from 'fast-check';
import { expect, test } from 'vitest';
import { brokenBy } from './broken.ts';
import { courseOf } from './course.ts';
import { planHome, restingActions, worthOf } from './plan.ts';
import { scenario, type Scenario } from './scenario.ts';

const upTo = (max: number) => fc.integer({ min: 0, max });
const per = (value: fc.Arbitrary<number>, steps: number) => fc.array(value, { minLength: steps, maxLength: steps });

const aBattery = fc
  .record({
    capacityWh: fc.integer({ min: 500, max: 20_000 }),
    reserve: upTo(60),
    chargeW: upTo(7000),
    dischargeW: upTo(7000),
    efficiency: fc.integer({ min: 80, max: 100 }),
  })
  .map(({ reserve, efficiency, ...own }) => ({
    ...own,
    reserveWh: (own.capacityWh * reserve) / 100,
    efficiency: efficiency / 100,
  }));

/** Homes of every kind, also such as contradict themselves. */
const aScenario = fc.integer({ min: 4, max: 24 }).chain((steps): fc.Arbitrary<Scenario> =>
  fc
    .record({
      startMs: fc.constant(1_795_316_400_000),
      stepMinutes: fc.constantFrom(15, 30, 60),
      loadWh: per(upTo(3000), steps),
      pvWh: per(fc.oneof(fc.constant(0), upTo(4000)), steps),
      buyWon: per(fc.integer({ min: 80, max: 700 }), steps),
      sellWon: per(upTo(80), steps),
      battery: fc.option(aBattery),
      stored: upTo(110),
      end: upTo(100),
      importW: fc.integer({ min: 500, max: 20_000 }),
      exportW: fc.oneof(fc.constant(0), upTo(10_000)),
      wearWon: upTo(50),
      car: fc.option(
        fc.record({
          needWh: upTo(20_000),
          fromStep: upTo(steps - 1),
          byStep: upTo(steps - 1),
          leastW: fc.constantFrom(0, 1400),
          mostW: fc.integer({ min: 1400, max: 7000 }),
        }),
      ),
      appliances: fc.array(
        fc.record({
          useWh: fc.array(upTo(800), { minLength: 1, maxLength: 4 }),
          fromStep: upTo(steps - 1),
          byStep: upTo(steps - 1),
        }),
        { maxLength: 2 },
      ),
    })
    .map(({ stored, end, appliances, ...rest }) => ({
      ...rest,
      storedWh: ((rest.battery?.capacityWh ?? 0) * stored) / 100,
      endWh: ((rest.battery?.capacityWh ?? 0) * end) / 100,
      appliances: appliances.map((own, i) => ({ id: `appliance-${i}`, ...own })),
    })),
);

test('a plan keeps power, content, grid, car and appliance limits, or says which of them contradict each other', () => {
  fc.assert(
    fc.property(aScenario, (home) => {
      expect(scenario.safeParse(home).success).toBe(true);
      const plan = planHome(home);
      if (plan.status === 'planned') {
        expect(brokenBy(home, plan.steps)).toEqual([]);
        return;
      }
      expect(plan.conflicts.length).toBeGreaterThan(0);
      expect(plan.steps.every(({ batteryW }) => batteryW === 0)).toBe(true);
    }),
  );
});

test('a plan never costs more than the home at rest, what is left in the cells counted at the usual price', () => {
  fc.assert(
    fc.property(aScenario, (home) => {
      const plan = planHome(home);
      const resting = restingActions(home);
      fc.pre(plan.status === 'planned' && brokenBy(home, courseOf(home, resting)).length === 0);
      expect(worthOf(home, plan.steps)).toBeLessThanOrEqual(worthOf(home, resting) + 1e-9);
    }),
  );
});

test('energy balances in every step: grid, roof and battery give what home and car take', () => {
  fc.assert(
    fc.property(aScenario, (home) => {
      for (const { gridW, pvW, curtailedW, batteryW, loadW, carW } of planHome(home).steps)
        expect(gridW + pvW - curtailedW + batteryW).toBeCloseTo(loadW + carW, 6);
    }),
  );
});

test('the plan before stays while the new one gains less than what a change has to gain', () => {
  fc.assert(
    fc.property(aScenario, (home) => {
      const before = planHome(home);
      fc.pre(before.status === 'planned');
      const dearer = { ...home, buyWon: home.buyWon.map((won, step) => won + (step % 2)) };
      const after = planHome(dearer, { before: before.steps, leastGainWon: 1_000_000 });
      fc.pre(brokenBy(dearer, courseOf(dearer, before.steps)).length === 0);
      expect(after.steps.map(({ batteryW }) => batteryW)).toEqual(before.steps.map(({ batteryW }) => batteryW));
    }),
  );
});
