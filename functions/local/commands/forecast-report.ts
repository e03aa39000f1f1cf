import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { localDate } from '@hems/models/calendar/seoul';
import { FOLDS, type Fold } from '@hems/models/forecast/back-test/folds';
import { missedOf } from './forecast-report-check.ts';
import { figuresOf, type Figures } from './forecast-report-figures.ts';
import { readReportHomes, readStudyHome } from './forecast-report-homes.ts';
import { GROUPS, type Job, type Material, type Result } from './forecast-report-jobs.ts';
import { forecastPage } from './forecast-report-page.ts';
import { runJobs } from './report-pool.ts';
import { readSolarHomes } from './forecast-report-solar.ts';
import { rowsOf, soundness } from './forecast-report-rows.ts';
import { CommandRefused } from './sign-in.ts';

const USAGE = `forecast:report: how good the forecasts are, by rolling origin, beside what is naive
  --data FOLDER      recorded homes: HOMES.csv and a <home>.csv.gz for each
  [--train FOLDER]   other homes to learn from; else the same, up to the origin
  [--folds 0,1]      these instead of all four; fold 0 alone has next hour, cold start and cost
  [--json]           the figures instead of docs/reports/forecast.md
  [--check]          nothing but what is missed of the targets that the committed report meets; what CI runs, on all folds
It ends with 1 when the leakage or the storage test fails, or --check finds something. Four folds take some minutes on two cores.`;

const REPORT = fileURLToPath(new URL('../../../docs/reports/forecast.md', import.meta.url));
const OPTIONS = {
  data: { type: 'string' },
  train: { type: 'string' },
  folds: { type: 'string', default: FOLDS.join(',') },
  json: { type: 'boolean', default: false },
  check: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const foldsOf = (text: string): Fold[] =>
  text.split(',').map((part) => {
    const fold = FOLDS.find((own) => String(own) === part.trim());
    if (fold === undefined)
      throw new CommandRefused(`forecast:report: --folds: "${part}" is none of ${FOLDS.join(', ')}`);
    return fold;
  });

/** The long ones first, so that the last do not wait for each other. */
const jobsOf = (folds: readonly Fold[]): Job[] => [
  ...(folds.includes(0) ? [{ kind: 'speed' } as const, { kind: 'next-hour' } as const] : []),
  ...folds.map((fold) => ({ kind: 'fold', fold }) as const),
  ...(folds.includes(0) ? Array.from({ length: GROUPS }, (_, group) => ({ kind: 'unseen', group }) as const) : []),
  { kind: 'study' },
  { kind: 'solar' },
];

const nameOf = (job: Job): string =>
  job.kind === 'fold' ? `fold ${job.fold}` : job.kind === 'unseen' ? `unseen homes ${job.group}` : job.kind;

const commit = (): string =>
  execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: dirname(REPORT), encoding: 'utf8' }).trim();

const checked = (figures: Figures): number => {
  for (const { row, measure, value, goal, met } of rowsOf(figures))
    console.log(`${row} ${measure}: ${value} (${goal})${met ? '' : ' not met'}`);
  const missed = missedOf(figures);
  for (const one of missed) console.error(`forecast:report: missed: ${one}`);
  return missed.length === 0 ? 0 : 1;
};

type Asked = { readonly data: string; readonly train: string | undefined; readonly folds: readonly Fold[] };

const measured = async ({ data, train, folds }: Asked) => {
  const { homes, apart } = await readReportHomes(data);
  const names = homes.map(({ name }) => name);
  const material = {
    homes,
    train: train === undefined ? undefined : (await readReportHomes(train)).homes,
    study: await readStudyHome(data),
    solar: await readSolarHomes(data, names),
  };
  const from = performance.now();
  const results = await runJobs<Result, Job, Material>({
    worker: './forecast-report-worker.ts',
    material,
    jobs: jobsOf(folds),
    done: (job) => console.error(`${nameOf(job)} done after ${Math.round((performance.now() - from) / 1000)} s`),
  });
  return { figures: figuresOf(results, homes), apart };
};

const written = (figures: Figures, apart: readonly string[]): void => {
  const page = forecastPage(figures, { date: localDate(Date.now()), commit: commit(), apart });
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, page);
  console.log(page);
};

const run = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (values.data === undefined) throw new CommandRefused(`forecast:report: --data is needed\n${USAGE}`);
  if (values.check && !existsSync(values.data)) {
    console.log(`SKIPPED forecast:report: there is no folder ${values.data}; its recorded homes are what is measured`);
    return 0;
  }
  const { figures, apart } = await measured({ data: values.data, train: values.train, folds: foldsOf(values.folds) });
  if (values.check) return checked(figures);
  const sound = soundness(figures);
  if (values.json) console.log(JSON.stringify({ rows: rowsOf(figures), sound, ...figures }, null, 2));
  else written(figures, apart);
  return sound && !(sound.leakage && sound.storage) ? 1 : 0;
};

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof CommandRefused ? error.message : error);
  process.exitCode = 1;
}
