import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { localDate } from '@hems/models/calendar/seoul';
import { backTest } from '@hems/models/tariff/projection-back-test';
import { recordedHomes, simulatedHomes, type Half, type TestedHome } from './running-bill-homes.ts';
import { runningBillFigures, runningBillReport, type SetResult } from './running-bill-report.ts';
import { readScoredHomes } from './scorecard-homes.ts';
import { CommandRefused } from './sign-in.ts';

const USAGE = `hems running-bill: how good the projected bill and its tier alerts are; takes some minutes
  [--data FOLDER]    also on the recorded homes of the folder: HOMES.csv and a <home>.csv.gz for each
  [--json]           the figures instead of the page
  [--write]          also writes docs/reports/running-bill.md`;

const REPORT = fileURLToPath(new URL('../../../docs/reports/running-bill.md', import.meta.url));
const OPTIONS = {
  data: { type: 'string' },
  json: { type: 'boolean' },
  write: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const LONG_DAYS = 395;
const SHORT_DAYS = 60;
const HALVES: readonly Half[] = ['held out', 'chosen on'];

const resultOf = (
  set: SetResult['set'],
  homes: readonly TestedHome[],
  { half, historyDays }: Pick<SetResult, 'half' | 'historyDays'>,
): SetResult => ({
  set,
  half,
  historyDays,
  homes: homes
    .filter((home) => home.half === half)
    .map((home) => ({ home: home.home, ...backTest({ ...home, historyDays }) })),
});

/** Both halves with all their past, and the held-out one as if it had just joined. */
export const runningBillResults = (set: SetResult['set'], homes: readonly TestedHome[]): SetResult[] => [
  ...HALVES.map((half) => resultOf(set, homes, { half, historyDays: LONG_DAYS })),
  resultOf(set, homes, { half: 'held out', historyDays: SHORT_DAYS }),
];

export const runRunningBill = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (values.write && values.data === undefined)
    throw new CommandRefused('running-bill: --write publishes the recorded homes too; --data is needed');
  const recorded = values.data === undefined ? [] : recordedHomes((await readScoredHomes(values.data)).homes);
  const results = [
    ...runningBillResults(
      'simulated',
      HALVES.flatMap((half) => simulatedHomes(half)),
    ),
    ...(recorded.length > 0 ? runningBillResults('recorded', recorded) : []),
  ];
  const report = runningBillReport(results, localDate(Date.now()));
  if (values.write) {
    mkdirSync(dirname(REPORT), { recursive: true });
    writeFileSync(REPORT, report);
  }
  console.log(values.json ? JSON.stringify(runningBillFigures(results), null, 2) : report);
  return 0;
};
