import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { localDate } from '@hems/models/calendar/seoul';
import { fewAtCalls, runKills, type Outcome } from '../faults/kills.ts';
import { runSmallDisk } from '../faults/small-disk.ts';
import { faultsPage, type Suffered } from './faults-page.ts';
import { commitOf } from './load-machine.ts';

const USAGE = `npm run faults -- [options]
Kills the local host under load, with kill -9, and checks after each time that every promise it made is kept.
Ctrl-C ends it after the kill that is under way, and tells of those that were done.
  --kills N     how many times (default 20, as CI does)
  --seed N      of where and when (default: another each time, and it is printed)
  --disk        also fills the disk under a host, on a small file system of its own (as root)
  --report      writes docs/reports/faults.md
  --keep        leaves the data directory, and says where`;

const OPTIONS = {
  kills: { type: 'string', default: '20' },
  seed: { type: 'string' },
  disk: { type: 'boolean', default: false },
  report: { type: 'boolean', default: false },
  keep: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const PAGE = fileURLToPath(new URL('../../../docs/reports/faults.md', import.meta.url));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const whole = (name: string, text: string): number => {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new RangeError(`--${name} takes a whole number above 0, not "${text}"`);
};

type Asked = { readonly kills: number; readonly seed: number; readonly disk: boolean };

const together = (sides: readonly Outcome[], seed: number): Outcome => {
  const names = [...new Set(sides.flatMap(({ figures }) => Object.keys(figures)))];
  return {
    seed,
    kills: sides.flatMap((one) => one.kills),
    violations: sides.flatMap((one) => one.violations),
    figures: Object.fromEntries(
      names.map((name) => [name, sides.reduce((sum, { figures }) => sum + (figures[name] ?? 0), 0)]),
    ),
  };
};

/** The full disk first, then kills of two hosts side by side: starting one keeps a core busy. Ctrl-C ends the kills. */
const suffer = async (folder: string, { kills, seed, disk }: Asked): Promise<Suffered> => {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort());
  const { signal } = stopping;
  const small = disk ? await runSmallDisk(seed, say) : undefined;
  const sides = await Promise.all(
    [Math.ceil(kills / 2), Math.floor(kills / 2)].filter(Boolean).map(async (half, side) => {
      const name = 'AB'.charAt(side);
      const tell = (line: string): void => say(`${name} ${line}`);
      return await runKills({ folder: join(folder, name), kills: half, seed: seed + side, say: tell, signal });
    }),
  );
  return { ...together(sides, seed), disk: small };
};

const brokenBy = ({ violations, disk }: Suffered): number => violations.length + (disk?.violations.length ?? 0);

const main = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.help) {
    say(USAGE);
    return 0;
  }
  const kills = whole('kills', values.kills);
  const seed = values.seed === undefined ? Date.now() % 1_000_000_007 : whole('seed', values.seed);
  // asked before the work: outside of a checkout it is `unknown`, and what was edited meanwhile did not run
  const commit = commitOf();
  const folder = await mkdtemp(join(tmpdir(), 'hems-faults-'));
  say(`${kills} kills, seed ${seed}, in ${folder}`);
  const began = performance.now();
  const suffered = await suffer(folder, { kills, seed, disk: values.disk });
  const seconds = Math.round((performance.now() - began) / 1000);
  const page = faultsPage(suffered, { date: localDate(Date.now()), commit, seconds, asked: kills });
  say(page);
  if (values.report) await writeFile(PAGE, page);
  const few = fewAtCalls(suffered.kills);
  if (few !== undefined) say(few);
  const broken = brokenBy(suffered) + (few === undefined ? 0 : 1);
  if (values.keep || broken > 0) say(`the data directory is left in ${folder}`);
  else await rm(folder, { recursive: true });
  return broken === 0 ? 0 : 1;
};

process.exit(await main(process.argv.slice(2)));
