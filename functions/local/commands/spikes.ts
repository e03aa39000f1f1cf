import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { localDate } from '@hems/models/calendar/seoul';
import { UNUSUAL } from '@hems/models/usage/unusual';
import { readScoredHomes } from './scorecard-homes.ts';
import { CommandRefused } from './sign-in.ts';
import { lineOf, tryHome, watch, type Level, type Line, type Margin } from './spikes-homes.ts';
import { OTHERS, SPIKE, spikesFigures, spikesReport, type Candidate, type SpikesResult } from './spikes-report.ts';

const USAGE = `hems spikes: how often unusual use is told without a reason, and how many spikes it finds; takes a minute
  --data FOLDER      the recorded homes: HOMES.csv and a <home>.csv.gz for each
  [--json]           the figures instead of the page
  [--write]          also writes docs/reports/spikes.md`;

const REPORT = fileURLToPath(new URL('../../../docs/reports/spikes.md', import.meta.url));
const OPTIONS = {
  data: { type: 'string' },
  json: { type: 'boolean' },
  write: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const LEVELS: readonly Level[] = [28, 42].flatMap((days) =>
  [90, 95].map((levelPercent) => ({ days, hoursAround: UNUSUAL.hoursAround, levelPercent })),
);
const MARGINS: readonly Margin[] = [
  { least: 1500 },
  { least: 2000 },
  { least: 2500 },
  { fixed: 2000 },
  { fixed: 2500 },
  { fixed: 3000 },
  { fixed: 4000 },
];

const candidatesOn = (homes: readonly Line[]): Candidate[] =>
  LEVELS.flatMap((level) => {
    const watched = homes.map((home) => watch(home, level));
    return MARGINS.map((margin) => ({ level, margin, results: watched.map((home) => tryHome(home, margin, SPIKE)) }));
  });

/** Every second home chooses; the rule is looked at on the others. */
export const spikesResult = (homes: readonly Line[]): SpikesResult => {
  const watched = homes.map((home) => watch(home, UNUSUAL));
  const margin = { least: UNUSUAL.leastMarginWh };
  const heldOut = watched.filter((_, index) => index % 2 === 1);
  return {
    candidates: candidatesOn(homes.filter((_, index) => index % 2 === 0)),
    choice: watched.filter((_, index) => index % 2 === 0).map((home) => tryHome(home, margin, SPIKE)),
    heldOut: heldOut.map((home) => tryHome(home, margin, SPIKE)),
    others: OTHERS.map((spike) => ({ spike, results: heldOut.map((home) => tryHome(home, margin, spike)) })),
  };
};

export const runSpikes = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (values.data === undefined) throw new CommandRefused('spikes: --data is needed, the folder of the recorded homes');
  const result = spikesResult((await readScoredHomes(values.data)).homes.map(lineOf));
  const report = spikesReport(result, localDate(Date.now()));
  if (values.write) {
    mkdirSync(dirname(REPORT), { recursive: true });
    writeFileSync(REPORT, report);
  }
  console.log(values.json ? JSON.stringify(spikesFigures(result), null, 2) : report);
  return 0;
};
