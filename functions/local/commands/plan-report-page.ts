import { LEAST_GAIN_WON } from '@hems/models/plan/plan';
import { f1, table } from './forecast-report-table.ts';
import type { FoldResult, HomeScore, SolversResult } from './plan-report-jobs.ts';

export type PlanFigures = {
  readonly scores: readonly HomeScore[];
  /** CPU ms of each plan */
  readonly planMs: readonly number[];
  readonly solvers: SolversResult;
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(0.95 * values.length)] ?? NaN;

type Share = 'hourly' | 'daily' | 'known' | 'selfUse';
/** Won saved of the won that could be saved, of all home-folds together; percent. */
const sharePercent = (scores: readonly HomeScore[], of: Share): number =>
  (100 * scores.reduce((sum, score) => sum + score[of] * score.possibleWon, 0)) /
  scores.reduce((sum, { possibleWon }) => sum + possibleWon, 0);

/** What was paid more than with perfect foresight, of what was paid then; percent. */
const regretPercent = (scores: readonly HomeScore[]): number =>
  (100 * scores.reduce((sum, { hourly, possibleWon }) => sum + (1 - hourly) * possibleWon, 0)) /
  scores.reduce((sum, { restingWon, possibleWon }) => sum + restingWon - possibleWon, 0);

export const figuresOf = (folds: readonly FoldResult[], solvers: SolversResult): PlanFigures => ({
  scores: folds.flatMap(({ scores }) => scores),
  planMs: folds.flatMap(({ planMs }) => planMs),
  solvers,
});

/** The sheet's objective of the 40 days; the margin for whole W and Wh makes a plan so much dearer. */
const SHEET = 366.528;
const SHEET_SLACK = 0.2;

const GOALS = { share: 95, regret: 1, continuousMs: 20, mixedMs: 1000 };
const rowsOf = ({ scores, planMs, solvers }: PlanFigures) => {
  const share = sharePercent(scores, 'hourly');
  const withoutGain = scores.reduce((sum, score) => sum + score.withoutGain, 0);
  const apart = Math.max(Math.abs(solvers.continuous - SHEET), Math.abs(solvers.mixed - SHEET));
  return [
    {
      measure: 'share of the perfect-foresight saving (#16)',
      value: `${f1(share)} %`,
      goal: '≥ 95 % (98 %)',
      met: share >= GOALS.share,
    },
    {
      measure: 'regret: paid more than with perfect foresight',
      value: `${regretPercent(scores).toFixed(2)} %`,
      goal: '≤ 1 %',
      met: regretPercent(scores) <= GOALS.regret,
    },
    {
      measure: 'p95 of 48 steps, continuous (#15)',
      value: `${f1(p95(solvers.continuousMs))} ms`,
      goal: '≤ 20 ms',
      met: p95(solvers.continuousMs) <= GOALS.continuousMs,
    },
    {
      measure: 'p95 of 48 steps, with choices (#15)',
      value: `${f1(p95(solvers.mixedMs))} ms`,
      goal: '≤ 1,000 ms',
      met: p95(solvers.mixedMs) <= GOALS.mixedMs,
    },
    {
      measure: 'p95 of a plan in use: equations, solver, check',
      value: `${f1(p95(planMs))} ms`,
      goal: '≤ 20 ms',
      met: p95(planMs) <= GOALS.continuousMs,
    },
    {
      measure: 'objective of the 40 days, both solvers',
      value: `${solvers.continuous.toFixed(3)}, ${solvers.mixed.toFixed(3)}`,
      goal: `${SHEET} ± ${SHEET_SLACK}`,
      met: apart <= SHEET_SLACK,
    },
    {
      measure: `revisions that gain less than ${LEAST_GAIN_WON} won`,
      value: String(withoutGain),
      goal: '0',
      met: withoutGain === 0,
    },
  ];
};

/** Whether every goal is met; what a run of the command ends with. */
export const isMet = (figures: PlanFigures): boolean => rowsOf(figures).every(({ met }) => met);

const WAYS: readonly { readonly name: string; readonly of: Share }[] = [
  { name: '**planned anew each hour, from our forecasts**', of: 'hourly' },
  { name: 'planned once a day, at midnight, from our forecasts', of: 'daily' },
  { name: 'the battery covers the home, no plan', of: 'selfUse' },
  { name: 'planned anew each hour, all use and sun known', of: 'known' },
];

const shares = (scores: readonly HomeScore[], folds: readonly number[]): string[] =>
  table(
    [
      'share of what perfect foresight saves, %',
      'all',
      ...folds.map((fold) => `fold ${fold}`),
      'mean of homes',
      'worst',
    ],
    WAYS.map(({ name, of }) => [
      name,
      f1(sharePercent(scores, of)),
      ...folds.map((fold) =>
        f1(
          sharePercent(
            scores.filter((score) => score.fold === fold),
            of,
          ),
        ),
      ),
      f1(100 * mean(scores.map((score) => score[of]))),
      f1(100 * Math.min(...scores.map((score) => score[of]))),
    ]),
  );

const homes = (scores: readonly HomeScore[]): string[] =>
  table(
    ['home', 'no battery', 'possible saving', 'each hour %', 'once a day %', 'self-use %', 'changes a day'],
    [...new Set(scores.map(({ home }) => home))].map((home) => {
      const own = scores.filter((score) => score.home === home);
      return [
        home,
        f1(own.reduce((sum, { restingWon }) => sum + restingWon, 0) / 1000),
        f1(own.reduce((sum, { possibleWon }) => sum + possibleWon, 0) / 1000),
        ...(['hourly', 'daily', 'selfUse'] as const).map((of) => f1(sharePercent(own, of))),
        f1(mean(own.map(({ changesADay }) => changesADay))),
      ];
    }),
  );

const TRIED = [
  '## What limits it, and what was tried',
  '',
  'Tried on folds 1 to 3; fold 0 chose nothing. Share of the perfect-foresight saving, all home-folds together.',
  '',
  ...table(
    ['step', '%'],
    [
      ['the solution as it comes, held to its power, simple sun (fold 1)', '67.8'],
      ['a step that covers the home or stores a surplus is left to the battery (fold 1)', '89.9'],
      ['what is left in the cells at the end has a worth (fold 1)', '90.3'],
      ['among equal prices the sun and the home first, the grid last (fold 1)', '97.6'],
      ['the same on folds 1 to 3', '97.5'],
      ['also where it gives a part of what the home takes', '97.9'],
      ['also where it rests and two thirds of the use are generated', '98.1'],
      ['the sun of the hours just before told in the forecast', '98.7'],
      ['a revision has to gain 5 won (20, 50)', '98.7 (98.4, 97.8)'],
    ],
  ),
  'With the use and the sun of the coming hour known, and no other, 99.1 % were reached, and with all hours known 99.7 %: what is lost is lost',
  'within the hour, to a use that is not what was expected when it began, and hardly to the length of the plan.',
  'A higher threshold for revisions saves no change of the battery: most changes are those of the sun and the tariff.',
  '',
];

const DIFFERS = [
  '## What differs from the plan in use',
  '',
  'Planner, losses of the battery, what is left to the battery by itself and the won that a plan has to gain are the same code and the same',
  'values. This page does not measure what a home is served, for:',
  '',
  '- The recordings are by the hour: steps and plans are hours here and half hours in use, and a battery that covers the home by itself covers',
  '  the mean of the hour here, not its surges.',
  '- Prices and wear are those of the benchmark (wear 10 won a kWh); in use they are those of the',
  '  tariff and 30 won. The sun is foreseen without the weather, and capacity and power are told, not seen.',
  '- Nothing keeps a reserve that the battery does not know, nobody overrides, no order is lost. Days of a simulated home that the use case',
  '  itself steers through all of that are in ADR 0024.',
  '',
];

export const planPage = (figures: PlanFigures, about: { readonly date: string; readonly commit: string }): string => {
  const { scores } = figures;
  const folds = [...new Set(scores.map(({ fold }) => fold))].toSorted((a, b) => a - b);
  const each = (of: (score: HomeScore) => number): string => f1(mean(scores.map(of)));
  return [
    '# How good the plans are',
    '',
    `Made by \`npm run plan:report\` on ${about.date} at commit ${about.commit}; times are of that machine.`,
    'Homes of California, replayed as they were: no Korean result. Prices in units of the benchmark (forecasting.md 7), which are no won.',
    '',
    '## Goals',
    '',
    ...table(
      ['measure', 'measured', 'goal', 'met'],
      rowsOf(figures).map(({ measure, value, goal, met }) => [measure, value, goal, met ? 'yes' : '**no**']),
    ),
    '## Saving',
    '',
    `${scores.length} home-folds of 28 days: battery of 6.4 kWh and 2.5 kW, time-of-use prices 0.22, 0.30 and 0.54, fed in 0.05, wear 0.01.`,
    'Each hour is planned from what was known when it began, to the end of the next day, by models that were trained without the four',
    'weeks and the four before them. The battery carries out orders on the use and the sun as they were. What is left in the cells at the',
    'end counts for what it saves at the usual price. Perfect foresight is one solution of all 672 hours.',
    '',
    ...shares(scores, folds),
    ...homes(scores),
    '## Stability',
    '',
    ...table(
      ['a day', 'planned each hour', 'self-use'],
      [
        [
          'changes between charging, discharging and rest',
          each((score) => score.changesADay),
          each((score) => score.selfUseChangesADay),
        ],
        ['hours whose mode a new plan took back', each((score) => score.revisedADay), ''],
      ],
    ),
    `A plan is kept until another gains ${LEAST_GAIN_WON} won over it.`,
    '',
    ...DIFFERS,
    ...TRIED,
  ].join('\n');
};
