import { trainingHomes, windowOf, type Fold } from '@hems/models/forecast/back-test/folds';
import { DAY_AHEAD, NEXT_HOUR } from '@hems/models/forecast/features';
import { trainModel } from '@hems/models/forecast/model';
import { HOURS, type HomeSeries } from '@hems/models/forecast/series';
import { BENCHMARK, BENCHMARK_STORED_WH, benchmarkPrices } from '@hems/models/plan/back-test/benchmark';
import { expectedLoads, expectedSolar, type PlanModels } from '@hems/models/plan/back-test/expected';
import { scenarioFrom, type PlayedHome } from '@hems/models/plan/back-test/rolling';
import { scorePlans, type PlanScore } from '@hems/models/plan/back-test/score';
import { costsOf, equationsOf, type Equations } from '@hems/models/plan/equations';
import { mixedEquationsOf, textOf } from '@hems/models/plan/mixed';
import { LEAST_GAIN_WON } from '@hems/models/plan/plan';
import { solveContinuous, type Columns } from '@hems/models/plan/solve';
import { highsSolver } from '../../adapters/providers/highs.ts';
import type { SolarHome } from './plan-report-homes.ts';

/** What the report measures, each part by itself, so that two may run at once. */
export type Job = { readonly kind: 'fold'; readonly fold: Fold } | { readonly kind: 'solvers' };
export type Material = {
  /** homes to learn from */
  readonly train: readonly HomeSeries[];
  readonly solar: readonly SolarHome[];
};

export type HomeScore = PlanScore & { readonly home: string; readonly fold: Fold };
export type FoldResult = {
  readonly kind: 'fold';
  readonly scores: readonly HomeScore[];
  readonly planMs: readonly number[];
};
export type SolversResult = {
  readonly kind: 'solvers';
  readonly continuousMs: readonly number[];
  readonly mixedMs: readonly number[];
  /** sums of the objective over the starts, in units of the sheet */
  readonly continuous: number;
  readonly mixed: number;
};
export type Result = FoldResult | SolversResult;

/** Keeps how long each call took, ms of this thread's CPU, so that what else the machine does is no part of it. */
const stopwatch = () => {
  const ms: number[] = [];
  const timed = <T>(run: () => T): T => {
    const before = process.threadCpuUsage();
    const value = run();
    const { user, system } = process.threadCpuUsage(before);
    ms.push((user + system) / 1000);
    return value;
  };
  return { ms, timed };
};

/** The hours of a window; a plan made on its last day reaches a day beyond them. */
const playedOf = ({ series, pvWh }: SolarHome, from: number, to: number): PlayedHome => ({
  home: BENCHMARK,
  storedWh: BENCHMARK_STORED_WH,
  loadWh: [...series.wh.subarray(from, to)],
  pvWh: [...pvWh.subarray(from, to)],
  ...benchmarkPrices(to - from + 2 * HOURS),
});

const foldResult = async ({ train, solar }: Material, fold: Fold): Promise<FoldResult> => {
  const learnt = trainingHomes(train, fold);
  const models: PlanModels = { dayAhead: trainModel(DAY_AHEAD, learnt), nextHour: trainModel(NEXT_HOUR, learnt) };
  const solve = await highsSolver();
  const { ms, timed } = stopwatch();
  const scores = solar.flatMap((home) => {
    const window = windowOf(home.series, fold);
    if (!window) return [];
    const [from, to] = [window.testFrom * HOURS, window.testTo * HOURS];
    const loads = expectedLoads(models, home.series, [window.testFrom, window.testTo]);
    const score = scorePlans({
      played: playedOf(home, from, to),
      expectedAt: (hour) => ({ loadWh: loads(from + hour), pvWh: expectedSolar(home.pvWh, from + hour) }),
      solve: (equations) => solve(textOf(equations)),
      leastGainWon: LEAST_GAIN_WON,
      timed,
    });
    return [{ ...score, home: home.series.name, fold }];
  });
  return { kind: 'fold', scores, planMs: ms };
};

const STARTS = 40;
const STEPS = 48;

/** The scenarios of the sheet: row 24·(10 + 8i) of the file of the first home is hour 0. Its first row is no whole day's. */
const benchmarkStarts = ({ series, pvWh }: SolarHome) =>
  Array.from({ length: STARTS }, (_, i) => {
    const from = 24 * (10 + 8 * i) - 1;
    const played = {
      ...playedOf({ series, pvWh }, from, from + STEPS),
      home: { ...BENCHMARK, endWh: BENCHMARK_STORED_WH },
    };
    return scenarioFrom(played, 0, played);
  });

const solversResult = async ({ solar }: Material): Promise<SolversResult> => {
  const solve = await highsSolver();
  const [home] = solar;
  const scenarios = home ? benchmarkStarts(home) : [];
  const [one, other] = [stopwatch(), stopwatch()];
  // what the sheet leaves out is left out: what is left in the cells, and the order among equal prices
  const plainly = (equations: Equations, costs: Equations['costs']): Equations => ({
    ...equations,
    costs: costs.filter(([name]) => !name.startsWith('s')),
  });
  const valueOf = (columns: Columns | undefined, costs: Equations['costs']): number =>
    costs.reduce((sum, [name, won]) => sum + won * (columns?.get(name) ?? NaN), 0) / 1000;
  let [continuous, mixed] = [0, 0];
  for (const scenario of scenarios) {
    const { costs } = plainly(equationsOf(scenario), costsOf(scenario));
    const zero = (columns: Columns | undefined): Columns | undefined =>
      columns && new Map(costs.map(([name]) => [name, columns.get(name) ?? 0]));
    continuous += valueOf(zero(one.timed(() => solveContinuous(plainly(equationsOf(scenario), costs)))), costs);
    mixed += valueOf(zero(other.timed(() => solve(textOf(plainly(mixedEquationsOf(scenario), costs))))), costs);
  }
  return { kind: 'solvers', continuousMs: one.ms, mixedMs: other.ms, continuous, mixed };
};

export const runJob = (job: Job, material: Material): Promise<Result> =>
  job.kind === 'fold' ? foldResult(material, job.fold) : solversResult(material);
