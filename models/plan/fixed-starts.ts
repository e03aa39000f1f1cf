import { startsOf } from './equations.ts';
import type { Action } from './course.ts';
import type { Appliance, Scenario } from './scenario.ts';

/** What so much more use in a step costs, when only the roof helps. */
export const wonOfUse = ({ buyWon, sellWon, loadWh, pvWh }: Scenario, wh: number, step: number): number => {
  const fromRoof = Math.min(wh, Math.max(0, (pvWh[step] ?? 0) - (loadWh[step] ?? 0)));
  return fromRoof * (sellWon[step] ?? 0) + (wh - fromRoof) * (buyWon[step] ?? 0);
};

/** What the appliance's programme costs when it starts at the step. */
const wonAt = (scenario: Scenario, { useWh }: Appliance, start: number): number =>
  useWh.reduce((sum, wh, i) => sum + wonOfUse(scenario, wh, start + i), 0);

/** The cheapest start of each appliance by itself, the earliest of equal ones; none where its window is too short. */
export const fixedStarts = (scenario: Scenario): Pick<Action, 'starts'>[] => {
  const starts: string[][] = scenario.loadWh.map(() => []);
  for (const appliance of scenario.appliances) {
    const [first, last] = startsOf(appliance, scenario.loadWh.length);
    let best: { step: number; won: number } | undefined;
    for (let step = first; step <= last; step++) {
      const won = wonAt(scenario, appliance, step);
      if (!best || won < best.won) best = { step, won };
    }
    if (best) starts[best.step]?.push(appliance.id);
  }
  return starts.map((own) => ({ starts: own }));
};

/** The scenario with the appliances as a part of the load. */
export const withStarts = (scenario: Scenario, actions: readonly Pick<Action, 'starts'>[]): Scenario => {
  const loadWh = [...scenario.loadWh];
  for (const [step, { starts }] of actions.entries())
    for (const { id, useWh } of scenario.appliances)
      if (starts.includes(id)) for (const [i, wh] of useWh.entries()) loadWh[step + i] = (loadWh[step + i] ?? 0) + wh;
  return { ...scenario, loadWh, appliances: [] };
};
