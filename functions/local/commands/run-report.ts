import type { Run } from '@hems/shared/api/runs';
import { accuracyOfRun } from '../../use-cases/runs/forecast-figures.ts';

type Counts = Run['days'];

const counted = (counts: Counts): string => {
  const told = Object.entries(counts).map(([name, n]) => `${n.toLocaleString('en')} ${name}`);
  return told.length === 0 ? 'none' : told.join(', ');
};

/** Rows of a table of counts by two names, sorted by the first. */
const rowsOf = (countsBy: Run['corrections'], row: (name: string, counts: Counts) => string): string[] =>
  Object.entries(countsBy)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, counts]) => `  ${row(name, counts)}`);

const moved = (name: string, by: number, unit: string): string[] =>
  by === 0 ? [] : [`${name} ${by.toLocaleString('en', { signDisplay: 'always' })} ${unit}`];

/** Days that moved, oldest first: of how many households, why, and by how much together. */
const movedLines = (run: Run): string[] =>
  Object.entries(run.moved)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([date, byCause]) =>
      Object.entries(byCause).map(([cause, { households, importWh, costWon, savedWon }]) => {
        const of = `${households.toLocaleString('en')} household${households === 1 ? '' : 's'}`;
        const by = [
          ...moved('grid use', importWh, 'Wh'),
          ...moved('cost', costWon, 'won'),
          ...moved('saved', savedWon, 'won'),
        ];
        return `  ${date} moved for ${of}: ${[cause, ...by].join(', ')}`;
      }),
    );

const secondsOf = ({ startedMs, endedMs }: Run): string =>
  endedMs === null ? '' : ` in ${((endedMs - startedMs) / 1000).toFixed(1)} s`;

const openLines = ({ shards, openShards }: Run): string[] => {
  if (shards.open === 0) return [];
  const silent = shards.open - shards.refused - shards.failed;
  const left = shards.open - openShards.length;
  return [
    `open: ${shards.open} of ${shards.total} shards (${shards.refused} refused, ${shards.failed} failed, ${silent} silent); start the day again once the cause is mended`,
    ...openShards.map(({ shard, stage, state, reason }) => `  shard ${shard}: ${stage} ${state}, ${reason}`),
    ...(left > 0 ? [`  and ${left} more`] : []),
  ];
};

const foreseenLine = (run: Run): string[] => {
  const went = accuracyOfRun(run);
  if (!went) return [];
  const households = (run.foreseen.households ?? 0).toLocaleString('en');
  const { accuracy, naiveAccuracy, within80 } = went;
  return [
    `  the day as ${households} households were forecast: ${accuracy} % accurate, ${naiveAccuracy} % by the mean of seven days, ${within80} % of the hours in their range`,
  ];
};

/** The report of a run, line by line: how it ended, what moved and why, what is open and why. */
export const reportOf = (run: Run): string[] => [
  `${run.state}, attempt ${run.attempt}${secondsOf(run)}: ${run.shards.done} of ${run.shards.total} shards done, ${run.households.toLocaleString('en')} households`,
  `days: ${counted(run.days)}`,
  ...movedLines(run),
  `forecasts: ${counted(run.forecasts)}`,
  ...foreseenLine(run),
  `settled: ${Object.keys(run.settled).length === 0 ? 'no period closed' : ''}`.trimEnd(),
  ...rowsOf(run.settled, (programme, outcomes) => {
    const amount = run.amounts[programme];
    return `${programme}: ${counted(outcomes)}${amount === undefined ? '' : `, ${amount.toLocaleString('en')} entered`}`;
  }),
  ...rowsOf(run.corrections, (programme, periods) => `${programme} corrected: ${counted(periods)}`),
  `ranking: ${run.ranking.ranked} of ${run.ranking.segments} segments${run.ranking.reason === null ? '' : `; ${run.ranking.reason}`}`,
  ...openLines(run),
];
