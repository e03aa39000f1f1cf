import { parseArgs } from 'node:util';
import type * as z from 'zod';
import { lookUp } from '@hems/shared/api/access';
import { asOperator, callRoute } from './local-host.ts';
import { shown } from './shown.ts';
import { CommandRefused } from './sign-in.ts';

const USAGE = `hems look-up household|gateway|telemetry|device ID --reason "…"
What is known of the household behind an opaque id: no name, no address, no reading. Its people see who looked and why.
As the operator, at the running local host or at the stage that HEMS_URL names.`;

const OPTIONS = { reason: { type: 'string' }, help: { type: 'boolean', default: false } } as const;
const BY = lookUp.body.shape.by;

type Found = z.infer<typeof lookUp.answer>;
type Device = Found['devices'][number];

const deviceLine = ({ deviceId, kind, status, lastSeenMs }: Device): string => {
  const seen = lastSeenMs === null ? 'never heard' : `heard ${new Date(lastSeenMs).toISOString()}`;
  return ['  device', deviceId, kind, status, seen].map(shown).join('\t');
};

export const linesOf = ({ householdId, buildingType, region, members, proof, devices }: Found): string[] => [
  ['household', householdId, buildingType, region ?? 'no region', `${members} members`, `residence ${proof}`]
    .map(shown)
    .join('\t'),
  ...devices.map(deviceLine),
];

/** The command `hems look-up`. */
export const runLookUp = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [by, id, ...more] = positionals;
  const known = BY.safeParse(by);
  if (values.help || !known.success || id === undefined || more.length > 0) {
    console.log(USAGE);
    return values.help ? 0 : 1;
  }
  const { reason } = values;
  if (reason === undefined) throw new CommandRefused('Say why with --reason "…"; the household’s people read it.');
  const found = await callRoute({ ...(await asOperator()), route: lookUp, body: { by: known.data, id, reason } });
  for (const line of linesOf(found)) console.log(line);
  return 0;
};
