import { parseArgs } from 'node:util';
import { registerSite } from '@hems/shared/api/sites';
import { asOperator, callRoute } from './local-host.ts';
import { shown } from './shown.ts';
import { CommandRefused } from './sign-in.ts';

const USAGE = `hems site PARTNER SITE --name "…" --address "ROAD NUMBER" --postal-code NNNNN --reason "…"
Says which building a partner runs. Homes that say they are there, have proved it and agree count in its sums, from 20 on.
As the operator, at the running local host or at the stage that HEMS_URL names.`;

const OPTIONS = {
  name: { type: 'string' },
  address: { type: 'string' },
  'postal-code': { type: 'string' },
  reason: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** The command `hems site`. */
export const runSite = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const { name, address, 'postal-code': postalCode, reason, help } = values;
  if (help) {
    console.log(USAGE);
    return 0;
  }
  const [partnerId, siteId] = positionals;
  if (!partnerId || !siteId || !name || !address || !postalCode || !reason)
    throw new CommandRefused(`Partner, site and all four options are needed.\n${USAGE}`);
  const body = { name, address, postalCode, reason };
  const site = await callRoute({ ...(await asOperator()), route: registerSite, params: { partnerId, siteId }, body });
  console.log(`${site.siteId} of ${site.partnerId}: ${shown(site.name)}`);
  return 0;
};
