import { parseArgs } from 'node:util';
import type * as z from 'zod';
import { unlockClaims } from '@hems/shared/api/claims';
import type { ProofState } from '@hems/shared/api/onboarding';
import { decideProof, listProofs } from '@hems/shared/api/proofs';
import { asOperator, callRoute } from './local-host.ts';
import { shown } from './shown.ts';
import { CommandRefused } from './sign-in.ts';

const AS_OPERATOR =
  'As the operator, at the running local host or at the stage that HEMS_URL names. The household’s people see who decided and why in their access log.';
const USAGES = {
  approve: `hems approve HOUSEHOLD --reason "…" --address "…" --postal-code NNNNN [--unit "…"]
Approves the residence of a household that waits, with the address of the document that was shown: only where the household says the same.
--unit where the document names a flat.
${AS_OPERATOR}`,
  refuse: `hems refuse HOUSEHOLD --reason "…"
Refuses the residence, or takes back a proof that was wrong. The reason is shown to the household’s people.
${AS_OPERATOR}`,
  unlock: `hems unlock HOUSEHOLD --reason "…" [--claims]
Ten more residence codes may be tried; with --claims, ten more claim codes of gateways.
${AS_OPERATOR}`,
};
type Verb = keyof typeof USAGES;

const OPTIONS = {
  reason: { type: 'string' },
  address: { type: 'string' },
  'postal-code': { type: 'string' },
  unit: { type: 'string' },
  claims: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;
const parse = (args: string[]) => parseArgs({ args, options: OPTIONS, allowPositionals: true });
type Given = ReturnType<typeof parse>['values'];

type Body = z.infer<typeof decideProof.body>;
type Residence = Extract<Body, { decision: 'approve' }>['residence'];
const residenceOf = ({ address, 'postal-code': postalCode, unit }: Given): Residence => {
  if (address === undefined || postalCode === undefined)
    throw new CommandRefused('Of the document give --address and --postal-code, and --unit where there is one.');
  return { address, postalCode, unit: unit ?? '' };
};

const lineOf = (householdId: string, { state, by, attemptsLeft, locked }: ProofState): string => {
  const how = by === null ? '' : ` by ${by}`;
  return `${householdId}\t${state}${how}, ${locked ? 'locked' : `${attemptsLeft} codes may be tried`}`;
};

const carryOut = async (verb: Verb, householdId: string, given: Given & { reason: string }): Promise<void> => {
  const operator = await asOperator();
  const { reason } = given;
  if (verb === 'unlock' && given.claims) {
    await callRoute({ ...operator, route: unlockClaims, body: { householdId, reason } });
    console.log(`${householdId}\tclaim codes may be tried again`);
    return;
  }
  const body: Body =
    verb === 'approve' ? { decision: verb, reason, residence: residenceOf(given) } : { decision: verb, reason };
  const proof = await callRoute({ ...operator, route: decideProof, params: { householdId }, body });
  console.log(lineOf(householdId, proof));
};

const command =
  (verb: Verb) =>
  async (args: string[]): Promise<number> => {
    const { values, positionals } = parse(args);
    const [householdId, ...more] = positionals;
    if (values.help || householdId === undefined || more.length > 0) {
      console.log(USAGES[verb]);
      return values.help ? 0 : 1;
    }
    const { reason } = values;
    if (reason === undefined) throw new CommandRefused('Say why with --reason "…"; the household’s people read it.');
    await carryOut(verb, householdId, { ...values, reason });
    return 0;
  };

export const runApprove = command('approve');
export const runRefuse = command('refuse');
export const runUnlock = command('unlock');

type Waiting = z.infer<typeof listProofs.answer>['waiting'][number];
export const waitingLine = ({ householdId, buildingType, region, atMs }: Waiting): string =>
  [householdId, buildingType, region ?? '', `since ${new Date(atMs).toISOString()}`].map(shown).join('\t');

/** The command `hems waiting`. */
export const runWaiting = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: { help: OPTIONS.help } });
  if (values.help) {
    console.log(
      'hems waiting\nHouseholds that wait for an operator to approve their residence, the longest first. Each of them sees, once a day, that it was listed.',
    );
    return 0;
  }
  const operator = await asOperator();
  let page = await callRoute({ ...operator, route: listProofs });
  if (page.waiting.length === 0) console.log('nobody waits');
  for (;;) {
    for (const one of page.waiting) console.log(waitingLine(one));
    if (page.cursor === null) return 0;
    page = await callRoute({ ...operator, route: listProofs, query: { cursor: page.cursor } });
  }
};
