import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleAll } from '../bundles.ts';
import { HIGHS_WASM } from '../constructs/function.ts';
import { tooLarge, tooSlow, weighed } from '../weight/limits.ts';
import { slowness } from '../weight/machine.ts';
import { measure } from '../weight/measure.ts';
import { reportOf } from '../weight/report.ts';

/** `npm run weight [-- --rounds 3] [--write]`: measures every function, fails for what is over its limit, writes docs/reports/weight.md. */
const ROOT = join(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, write: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds must be a whole number from 1 on');

/** Outside of a checkout it is `unknown`, as in the other reports; asked before the work, so that it names what ran. */
const commitOf = (): string => {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  } catch {
    return 'unknown';
  }
};
const commit = commitOf();

const directory = mkdtempSync(join(tmpdir(), 'hems-weight-'));
const metafile = await bundleAll(directory);
const before = slowness();
const { bareLoadMs, measured } = await measure(directory, rounds);
const slower = Math.max(before, slowness());
rmSync(directory, { recursive: true });

const all = weighed(metafile, measured);
const report = reportOf({
  all,
  bareLoadMs,
  rounds,
  slowness: slower,
  wasmBytes: statSync(join(ROOT, HIGHS_WASM)).size,
  commit,
  date: new Date().toISOString().slice(0, 10),
  machine: `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`,
});
console.log(report);
if (values.write) writeFileSync(join(ROOT, 'docs/reports/weight.md'), report);

const over = [...tooLarge(all), ...tooSlow(all, slower)];
for (const line of over) console.error(`TOO HEAVY: ${line}`);
if (over.length > 0) process.exitCode = 1;
