import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { localDate } from '@hems/models/calendar/seoul';
import { FOLDS } from '@hems/models/forecast/back-test/folds';
import { readReportHomes } from './forecast-report-homes.ts';
import { FONTANA, readSolarHome } from './plan-report-homes.ts';
import type { Job, Material, Result } from './plan-report-jobs.ts';
import { figuresOf, isMet, planPage } from './plan-report-page.ts';
import { runJobs } from './report-pool.ts';
import { CommandRefused } from './sign-in.ts';

const USAGE = `plan:report: what a battery saves by plan, beside perfect foresight, one plan a day and no plan
  --data FOLDER   recorded homes: HOMES.csv and a <home>.csv.gz for each, those of Fontana among them
  [--json]        the figures instead of docs/reports/plan.md
It ends with 1 when a goal is not met. Two cores take about four minutes, most of it to train the forecasts of each fold.`;

const REPORT = fileURLToPath(new URL('../../../docs/reports/plan.md', import.meta.url));
const OPTIONS = {
  data: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;
const JOBS: readonly Job[] = [...FOLDS.map((fold) => ({ kind: 'fold', fold }) as const), { kind: 'solvers' }];

const commit = (): string =>
  execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: dirname(REPORT), encoding: 'utf8' }).trim();

const run = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const { data } = values;
  if (data === undefined) throw new CommandRefused(`plan:report: --data is needed\n${USAGE}`);
  const from = performance.now();
  const { homes } = await readReportHomes(data);
  const solar = await Promise.all(FONTANA.map((name) => readSolarHome(data, name)));
  const results = await runJobs<Result, Job, Material>({
    worker: './plan-report-worker.ts',
    material: { train: homes, solar },
    jobs: JOBS,
    done: (job) =>
      console.error(
        `${job.kind === 'fold' ? `fold ${job.fold}` : job.kind} done after ${Math.round((performance.now() - from) / 1000)} s`,
      ),
  });
  const solvers = results.find((result) => result.kind === 'solvers');
  if (!solvers) throw new Error('the solvers were not measured');
  const figures = figuresOf(
    results.filter((result) => result.kind === 'fold'),
    solvers,
  );
  if (values.json) console.log(JSON.stringify(figures, null, 2));
  else {
    const page = planPage(figures, { date: localDate(Date.now()), commit: commit() });
    mkdirSync(dirname(REPORT), { recursive: true });
    writeFileSync(REPORT, page);
    console.log(page);
  }
  return isMet(figures) ? 0 : 1;
};

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof CommandRefused ? error.message : error);
  process.exitCode = 1;
}
