import { parseArgs } from 'node:util';
import { restoreDrill, type Drill } from '../backup/restore-drill.ts';
import { CommandRefused } from './sign-in.ts';

const USAGE = `hems restore-drill [--seconds N] [--json]
Starts a host of its own in a folder of its own, lets its demo homes and 100 more meters send for N seconds (default 15), backs it up
meanwhile, lets them send on for N seconds, kills it (kill -9), restores the backup elsewhere and starts a host on it. Checks that every
reading which was acknowledged before the backup came back, and that every balance is the sum of its entries. Prints what was lost (RPO)
and how long it took (RTO). Touches no data directory of yours; takes a minute or two. Ends with 1 when a rule does not hold.`;

const OPTIONS = {
  seconds: { type: 'string', default: '15' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;
const MOST_SECONDS = 3600;

const linesOf = (drill: Drill): string[] => [
  `RPO ${drill.rpoS} s: so much older is the newest reading that came back than the newest that was there; it is the age of the backup`,
  `RTO ${drill.rtoS} s: restore ${drill.restoreS} s, start ${drill.startS} s, then until the first new reading`,
  `backup: ${drill.backupMb} MB in ${drill.backupS} s, beside ${drill.readingsPerS} readings a second`,
  `readings acknowledged before the backup: ${drill.owed}`,
  `ledger: ${drill.entries} entries of ${drill.households} households`,
  drill.broken.length === 0 ? 'every rule holds' : `${drill.broken.length} rules do not hold:`,
  ...drill.broken.map((rule) => `  ${rule}`),
];

/** The command `hems restore-drill`. */
export const runRestoreDrill = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  if (values.help || positionals.length > 0) {
    console.log(USAGE);
    return values.help ? 0 : 1;
  }
  const load = Number(values.seconds);
  if (!Number.isFinite(load) || load <= 0 || load > MOST_SECONDS)
    throw new CommandRefused(`--seconds takes a number above 0, up to ${MOST_SECONDS}.`);
  const drill = await restoreDrill(load * 1000, (line) => console.error(line));
  for (const line of values.json ? [JSON.stringify(drill, undefined, 2)] : linesOf(drill)) console.log(line);
  return drill.broken.length === 0 ? 0 : 1;
};
