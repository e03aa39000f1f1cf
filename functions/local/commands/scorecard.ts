import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { localDate } from '@hems/models/calendar/seoul';
import { readScoredHomes } from './scorecard-homes.ts';
import { scorecardReport } from './scorecard-report.ts';
import { scorecardOf, type Scorecard } from './scorecard-results.ts';
import { CommandRefused } from './sign-in.ts';

const USAGE = `hems scorecard: how far each baseline method is from the use of days on which nothing was asked
  --data FOLDER      recorded homes: HOMES.csv and a <home>.csv.gz for each
  [--homes A,B]      these instead of all
  [--json]           the figures instead of the page
  [--write]          also writes docs/reports/scorecard.md
It ends with 1 when a default of our own (event evenings, whole days) is not the one that the figures choose.`;

const REPORT = fileURLToPath(new URL('../../../docs/reports/scorecard.md', import.meta.url));
const OPTIONS = {
  data: { type: 'string' },
  homes: { type: 'string' },
  json: { type: 'boolean' },
  write: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Each default in force that the figures do not choose. */
const complaints = ({ evenings, days }: Scorecard): string[] =>
  [evenings, days]
    .filter(({ chosen, inForce }) => chosen !== inForce)
    .map(({ chosen, inForce }) => `hems scorecard: in force is ${inForce}, the figures choose ${chosen ?? 'none'}`);

const publish = (report: string): void => {
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, report);
};

export const runScorecard = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (values.data === undefined) throw new CommandRefused(`scorecard: --data is needed\n${USAGE}`);
  if (values.write && values.homes !== undefined)
    throw new CommandRefused('scorecard: --write publishes all homes; leave out --homes');
  const scorecard = scorecardOf(await readScoredHomes(values.data, values.homes?.split(',')));
  const report = scorecardReport(scorecard, localDate(Date.now()));
  if (values.write) publish(report);
  console.log(values.json ? JSON.stringify(scorecard, null, 2) : report);
  const wrong = complaints(scorecard);
  for (const complaint of wrong) console.error(complaint);
  return wrong.length === 0 ? 0 : 1;
};
