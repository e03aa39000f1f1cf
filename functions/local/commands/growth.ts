import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import * as z from 'zod';
import { benchRun, type RunFigures } from './bench-run.ts';
import { growthChart } from './growth-chart.ts';
import { growthCost, growthPage, type Growth } from './growth-page.ts';

/**
 * `npm run growth`: the nightly run, the store and ingest with more and more homes, measured; the cost of them in the cloud, reckoned; both as a
 * page with a chart. At 46 ms of a processor a home, a hundred thousand take
 * more than an hour, and 16 GB of disk for a while; `--most HOMES` stops before.
 */
const REPORTS = fileURLToPath(new URL('../../../docs/reports/', import.meta.url));
const COST = fileURLToPath(new URL('../../../infra/bin/growth-cost.ts', import.meta.url));
const SIZES = [1000, 10_000, 30_000, 100_000];

const { values } = parseArgs({ options: { most: { type: 'string', default: '100000' } } });
const sizes = SIZES.filter((homes) => homes <= Number(values.most));

const measured: RunFigures[] = [];
const folder = await mkdtemp(join(tmpdir(), 'hems-growth-'));
try {
  for (const homes of sizes) {
    measured.push(await benchRun(folder, homes));
    console.log(measured.at(-1));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
// infra knows prices, and nothing here may import it: it is asked as a program
const { stdout } = await promisify(execFile)(process.execPath, [COST, ...SIZES.map(String)]);
const costs = z.array(growthCost).parse(JSON.parse(stdout));
const growth: Growth = {
  measured,
  costs,
  notRun: SIZES.filter((homes) => homes > Number(values.most)),
  date: new Date().toISOString().slice(0, 10),
};
await writeFile(join(REPORTS, 'growth.svg'), growthChart(growth));
await writeFile(join(REPORTS, 'growth.md'), growthPage(growth));
console.log('written to docs/reports/growth.md');
