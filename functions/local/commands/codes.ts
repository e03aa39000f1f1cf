import { parseArgs } from 'node:util';
import { isoSeoul } from '@hems/models/calendar/seoul';
import { issueCodes } from '@hems/shared/api/proofs';
import { asOperator, callRoute } from './local-host.ts';
import { shown } from './shown.ts';
import { CommandRefused } from './sign-in.ts';

const USAGE = `hems codes --address "ROAD NUMBER" --postal-code NNNNN --units UNIT,UNIT… --expires YYYY-MM-DD
Makes a residence code for each flat, for the building to hand out on paper. A code opens once, for the household that says this address.
They are shown now and never again: what is lost is made anew.
As the operator, at the running local host or at the stage that HEMS_URL names.`;

const OPTIONS = {
  address: { type: 'string' },
  'postal-code': { type: 'string' },
  units: { type: 'string' },
  expires: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** The command `hems codes`: one line a flat, its code after a tab. */
export const runCodes = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: OPTIONS });
  const { address, 'postal-code': postalCode, units, expires: expiresOn, help } = values;
  if (help) {
    console.log(USAGE);
    return 0;
  }
  if (address === undefined || postalCode === undefined || units === undefined || expiresOn === undefined)
    throw new CommandRefused(`All four are needed.\n${USAGE}`);
  const body = { address, postalCode, units: units.split(','), expiresOn };
  const { codes, expiresMs } = await callRoute({ ...(await asOperator()), route: issueCodes, body });
  for (const { unit, code } of codes) console.log(`${shown(unit)}\t${code}`);
  console.error(`${codes.length} codes, until ${isoSeoul(expiresMs)}. They cannot be shown again.`);
  return 0;
};
