import { beforeAll, describe, expect, test } from 'vitest';
import { brokenBy } from '@hems/models/plan/broken';
import { equationsOf, type Equations } from '@hems/models/plan/equations';
import { mixedEquationsOf, textOf } from '@hems/models/plan/mixed';
import { planHome } from '@hems/models/plan/plan';
import { solveContinuous, type Columns } from '@hems/models/plan/solve';
import { aPlannedHome } from '@hems/models/plan/testing/homes';
import { highsSolver } from './highs.ts';

let solve: Awaited<ReturnType<typeof highsSolver>>;
beforeAll(async () => {
  solve = await highsSolver();
});

const wonOf = ({ costs }: Equations, columns: Columns): number =>
  costs.reduce((sum, [name, won]) => sum + won * (columns.get(name) ?? 0), 0);

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);

describe('two solvers of their own make', () => {
  test.each(SEEDS)('cost home %i the same won over two days, to a hundredth of a per cent', (seed) => {
    const equations = equationsOf(aPlannedHome(seed, 48));
    const [own, other] = [solveContinuous(equations), solve(textOf(equations))];
    const won = wonOf(equations, other ?? new Map());
    expect(Math.abs(wonOf(equations, own ?? new Map()) - won)).toBeLessThan(Math.abs(won) * 1e-4);
  });

  test('find no plan for a home that may import less than it uses', () => {
    const equations = equationsOf(aPlannedHome(1, 24, { importW: 100, battery: null }));
    expect([solveContinuous(equations), solve(textOf(equations))]).toEqual([undefined, undefined]);
  });
});

describe('what is on or off', () => {
  const home = aPlannedHome(7, 24, {
    car: { needWh: 9000, fromStep: 8, byStep: 19, leastW: 1400, mostW: 7000 },
    appliances: [
      { id: 'washing-machine', useWh: [600, 400], fromStep: 2, byStep: 20 },
      { id: 'dishwasher', useWh: [900, 300, 700], fromStep: 0, byStep: 23 },
    ],
  });

  test('is planned within all limits, and costs no more than with each thing at its own cheapest time', () => {
    const mixed = solve(textOf(mixedEquationsOf(home)));
    const planned = planHome(home, { mixed });
    expect(planned.status).toBe('planned');
    expect(brokenBy(home, planned.steps)).toEqual([]);
    expect(planned.won).toBeLessThanOrEqual(planHome(home).won + 1);
  });

  test('does not make the battery charge and discharge at once, even where selling pays more than buying', () => {
    const selling = aPlannedHome(3, 24, { sellWon: Array.from({ length: 24 }, () => 400) });
    const columns = solve(textOf(mixedEquationsOf(selling)));
    for (let step = 0; step < 24; step++)
      expect(Math.min(columns?.get(`c${step}`) ?? 0, columns?.get(`d${step}`) ?? 0)).toBeLessThan(1e-6);
  });
});
