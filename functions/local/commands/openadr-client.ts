import { parseArgs } from 'node:util';
import { addOpenadrClient, removeOpenadrClient } from '@hems/shared/api/openadr-clients';
import { openadrRole } from '@hems/shared/openadr/scopes';
import { asOperator, callRoute } from './local-host.ts';
import { shown } from './shown.ts';
import { CommandRefused } from './sign-in.ts';

const USAGE = `hems openadr-client add PARTNER --name "…" --role bl|ven [--client-id ID] --reason "…"
hems openadr-client end PARTNER CLIENT-ID --reason "…"
Takes up an OAuth client of a partner for OpenADR 3.1, or ends it. --client-id is that of the app client in the cloud's user pool; without it
the local identity provider makes one, whose secret is shown now and never again. What its events may call homes of are the programmes of the
partner (hems partner). As the operator, at the running local host or at the stage that HEMS_URL names.`;

const OPTIONS = {
  name: { type: 'string' },
  role: { type: 'string' },
  'client-id': { type: 'string' },
  reason: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const parse = (args: string[]) => parseArgs({ args, options: OPTIONS, allowPositionals: true });
type Given = ReturnType<typeof parse>['values'];

const end = async (partnerId: string, clientId: string, reason: string): Promise<void> => {
  const params = { partnerId, clientId };
  await callRoute({ ...(await asOperator()), route: removeOpenadrClient, params, body: { reason } });
  console.log(`${shown(clientId)} has ended`);
};

const add = async (
  partnerId: string,
  { name, role: asked, 'client-id': clientId }: Given,
  reason: string,
): Promise<void> => {
  const role = openadrRole.safeParse(asked);
  if (name === undefined || !role.success) throw new CommandRefused(`--name and --role bl|ven are needed.\n${USAGE}`);
  const body = { name, role: role.data, reason, ...(clientId !== undefined && { clientId }) };
  const made = await callRoute({ ...(await asOperator()), route: addOpenadrClient, params: { partnerId }, body });
  console.log(`client\t${made.clientId}`);
  if (made.clientSecret !== undefined) console.log(`secret\t${made.clientSecret}`);
};

/** The command `hems openadr-client`. */
export const runOpenadrClient = async (args: string[]): Promise<number> => {
  const { values, positionals } = parse(args);
  const [what, partnerId, clientId] = positionals;
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const { reason } = values;
  if (partnerId === undefined || reason === undefined)
    throw new CommandRefused(`PARTNER and --reason are needed.\n${USAGE}`);
  if (what === 'add') await add(partnerId, values, reason);
  else if (what === 'end' && clientId !== undefined) await end(partnerId, clientId, reason);
  else throw new CommandRefused(USAGE);
  return 0;
};
