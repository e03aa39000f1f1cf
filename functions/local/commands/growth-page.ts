import { cpus, totalmem } from 'node:os';
import * as z from 'zod';
import type { RunFigures } from './bench-run.ts';

export const growthCost = z.object({ homes: z.int(), readingUsd: z.number(), batchUsd: z.number() });
export type Growth = {
  readonly measured: readonly RunFigures[];
  /** sizes that were left out of this run */
  readonly notRun: readonly number[];
  readonly costs: readonly z.infer<typeof growthCost>[];
  readonly date: string;
};

const whole = (value: number): string => Math.round(value).toLocaleString('en');
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `| ${head.map(() => '--:').join(' | ')} |`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
];

const HEAD = [
  'homes',
  'nightly run, s',
  'processor, s',
  'ms of it a home',
  'peak, MB',
  'store, GB',
  'KB a home',
  'a reading of each home, s of processor',
  'ms a reading',
];
const row = (one: RunFigures): string[] => [
  whole(one.households),
  one.seconds.toFixed(0),
  one.cpuSeconds.toFixed(0),
  ((1000 * one.cpuSeconds) / one.households).toFixed(1),
  whole(one.peakMb),
  (one.storedBytes / 1e9).toFixed(2),
  (one.storedBytes / 1000 / one.households).toFixed(0),
  one.ingest.cpuSeconds.toFixed(1),
  ((1000 * one.ingest.cpuSeconds) / one.households).toFixed(2),
];

/** docs/reports/growth.md. */
export const growthPage = ({ measured, notRun, costs, date }: Growth): string =>
  [
    '# Growth: time, store and cost with homes',
    '',
    `Written by \`npm run growth\` on ${date}; ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}.`,
    '',
    '![Four charts: nightly run, store, ingest and cost by the number of homes](growth.svg)',
    '',
    'Both scales are logarithmic: what grows as the homes do is a straight line at the slope of the grid.',
    '',
    '## Measured: one host, one SQLite file',
    '',
    ...table(HEAD, measured.map(row)),
    '',
    'The nightly run is that of the last night of a month, in a process of its own: state machine, every stage, ranking and report; one home in three takes part in the cashback, one in',
    'two in the community. Each home has a meter, 60 days of daily figures, and the weeks of earlier years that baselines rest on. *Peak*: memory of the process of the run. *Store*: the',
    'database file after the run. *A reading of each home*: one reading of every meter through the function of the rules, a thousand at a time, in that file.',
    'Processor time is the figure to compare between machines and sizes: time by the clock holds waiting for a core that others use.',
    '',
    ...(notRun.length === 0
      ? []
      : [
          `Not run: ${notRun.map(whole).join(' and ')} homes. What a home takes did not grow over the sizes above; that it does not beyond them is an assumption.`,
          '',
        ]),
    '## Reckoned: a month in the cloud',
    '',
    ...table(
      ['homes', '$ a month, a message each minute', '$ a home', '$ a month, a message each quarter hour', '$ a home'],
      costs.map(({ homes, readingUsd, batchUsd }) => [
        whole(homes),
        whole(readingUsd),
        (readingUsd / homes).toFixed(4),
        whole(batchUsd),
        (batchUsd / homes).toFixed(4),
      ]),
    ),
    '',
    'From `infra/cost/monthly.ts` at list prices, with the blocks store, a reading each minute and ESSENTIALS sign-in; `npm run cost` prints every line. Nothing of it was billed.',
    '',
  ].join('\n');
