import { createPublicKey, type webcrypto } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type * as z from 'zod';
import { isoSeoul } from '@hems/models/calendar/seoul';
import {
  addPartner,
  addPartnerKey,
  changePartner,
  listPartners,
  publicJwk,
  readPartner,
  revokePartnerKey,
} from '@hems/shared/api/partners';
import { partnerKind, SCOPES } from '@hems/shared/partner-api/scopes';
import type { Algorithm } from '@hems/shared/signing/keys';
import { accessKeysFile, addAccessKey, endAccessKey } from '../partner/access-keys.ts';
import { LOCAL_REGION } from '../partner/iam.ts';
import { asOperator, callRoute } from './local-host.ts';
import { shown } from './shown.ts';
import { CommandRefused } from './sign-in.ts';

const USAGE = `hems partner list                             every partner and what it may
hems partner show ID                          its keys, what staff changed and why, its latest refused requests
hems partner add ID --name "…" --kind KIND --scopes a,b [--regions 서울,부산] [--programmes a,b] --reason "…"
hems partner scopes ID --scopes a,b [--regions 서울,부산 | --regions all] [--programmes a,b] --reason "…"
hems partner suspend ID --reason "…"          every request is refused from now on; resume ID lets them in again
hems partner key ID.NAME --public-key FILE.pem [--until YYYY-MM-DDThh:mm:ssZ] --reason "…"
                                              takes up an Ed25519 or P-256 public key, beside those there are
hems partner revoke-key ID.NAME --reason "…"  ends it at once and for ever
hems partner access-key ID [--data DIR]       makes an access key for Signature Version 4 at this local host; in the cloud
                                              the partner has a role (infra/config.ts)
hems partner end-access-key ACCESS_KEY_ID [--data DIR]
KIND: ${partnerKind.options.join(', ')}
Scopes: ${SCOPES.join(', ')}
As the operator, at the running local host or at the stage that HEMS_URL names.`;

const OPTIONS = {
  name: { type: 'string' },
  kind: { type: 'string' },
  scopes: { type: 'string' },
  regions: { type: 'string' },
  programmes: { type: 'string' },
  'public-key': { type: 'string' },
  until: { type: 'string' },
  reason: { type: 'string' },
  data: { type: 'string', default: '.data' },
  help: { type: 'boolean', default: false },
} as const;
const parse = (args: string[]) => parseArgs({ args, options: OPTIONS, allowPositionals: true });
type Given = ReturnType<typeof parse>['values'];

const needed = (given: Given, name: 'name' | 'kind' | 'scopes' | 'public-key' | 'reason'): string => {
  const value = given[name];
  if (value === undefined) throw new CommandRefused(`--${name} is needed.\n${USAGE}`);
  return value;
};
const parts = (text: string): string[] => text.split(',').filter(Boolean);

const isEcJwk = ({ crv }: webcrypto.JsonWebKey): boolean => crv === 'P-256';

/** Of a file that `openssl pkey -pubout` writes. */
export const publicKeyOf = (pem: string): { algorithm: Algorithm; jwk: z.infer<typeof publicJwk> } => {
  if (pem.includes('PRIVATE KEY'))
    throw new CommandRefused(
      'This is a private key, which only the partner may have. Ask for the file of openssl pkey -pubout.',
    );
  const key = createPublicKey(pem);
  const jwk = key.export({ format: 'jwk' });
  if (key.asymmetricKeyType === 'ed25519') return { algorithm: 'ed25519', jwk: publicJwk.parse(jwk) };
  if (isEcJwk(jwk)) return { algorithm: 'ecdsa-p256-sha256', jwk: publicJwk.parse(jwk) };
  throw new CommandRefused('The key must be Ed25519 or ECDSA P-256.');
};

type Partner = z.infer<typeof addPartner.answer>;
const lineOf = ({ partnerId, kind, status, name, scopes: may, regions, programmes = [] }: Partner): string =>
  [
    partnerId,
    kind,
    status,
    name,
    may.join(' ') || 'no scopes',
    regions?.join(' ') ?? 'all regions',
    programmes.join(' '),
  ]
    .map(shown)
    .join('\t');

const list = async (): Promise<void> => {
  const { partners } = await callRoute({ ...(await asOperator()), route: listPartners });
  if (partners.length === 0) console.log('there are no partners');
  for (const one of partners) console.log(lineOf(one));
};

const show = async (partnerId: string): Promise<void> => {
  const found = await callRoute({ ...(await asOperator()), route: readPartner, params: { partnerId } });
  console.log(lineOf(found.partner));
  for (const { keyId, algorithm, fromMs, untilMs, revokedAtMs } of found.keys) {
    const until = untilMs === null ? '' : ` until ${isoSeoul(untilMs)}`;
    const end = revokedAtMs === null ? until : `, revoked ${isoSeoul(revokedAtMs)}`;
    console.log(`key\t${keyId}\t${algorithm}\tfrom ${isoSeoul(fromMs)}${end}`);
  }
  for (const { atMs, by, what, about, why } of found.audit)
    console.log([isoSeoul(atMs), what, about, `by ${by}`, why].map(shown).join('\t'));
  for (const { atMs, code, detail, keyId } of found.refusals)
    console.log([isoSeoul(atMs), 'refused', code, keyId, detail].map(shown).join('\t'));
};

const add = async (partnerId: string, given: Given): Promise<void> => {
  const { regions, programmes } = given;
  const body = {
    partnerId,
    name: needed(given, 'name'),
    kind: needed(given, 'kind'),
    scopes: parts(needed(given, 'scopes')),
    ...(regions !== undefined && { regions: parts(regions) }),
    ...(programmes !== undefined && { programmes: parts(programmes) }),
    reason: needed(given, 'reason'),
  };
  console.log(lineOf(await callRoute({ ...(await asOperator()), route: addPartner, body })));
};

const change = async (partnerId: string, body: Readonly<Record<string, unknown>>): Promise<void> =>
  console.log(lineOf(await callRoute({ ...(await asOperator()), route: changePartner, params: { partnerId }, body })));

const scopes = async (partnerId: string, given: Given): Promise<void> => {
  const { regions, programmes } = given;
  await change(partnerId, {
    scopes: parts(needed(given, 'scopes')),
    ...(regions !== undefined && { regions: regions === 'all' ? null : parts(regions) }),
    ...(programmes !== undefined && { programmes: parts(programmes) }),
    reason: needed(given, 'reason'),
  });
};

const nameOf = (keyId: string): { partnerId: string; keyName: string } => {
  const [partnerId = '', keyName = '', ...more] = keyId.split('.');
  if (keyName === '' || more.length > 0)
    throw new CommandRefused('A key is named by its partner, a dot and a name: office.first');
  return { partnerId, keyName };
};

const key = async (keyId: string, given: Given): Promise<void> => {
  const { partnerId, keyName } = nameOf(keyId);
  const { until } = given;
  const untilMs = until === undefined ? null : Date.parse(until);
  if (Number.isNaN(untilMs)) throw new CommandRefused('--until is a time such as 2027-11-23T00:00:00+09:00.');
  const found = publicKeyOf(await readFile(needed(given, 'public-key'), 'utf8'));
  const body = { keyName, ...found, untilMs, reason: needed(given, 'reason') };
  const added = await callRoute({ ...(await asOperator()), route: addPartnerKey, params: { partnerId }, body });
  console.log(`${added.keyId}\t${added.algorithm}\tcounts from ${isoSeoul(added.fromMs)}`);
};

const revoke = async (keyId: string, given: Given): Promise<void> => {
  const body = { reason: needed(given, 'reason') };
  await callRoute({ ...(await asOperator()), route: revokePartnerKey, params: nameOf(keyId), body });
  console.log(`${keyId}\tsigns nothing any more`);
};

const fileIn = ({ data }: Given): string => accessKeysFile(join(resolve(data), 'idp'));

const accessKey = async (partnerId: string, given: Given): Promise<void> => {
  await callRoute({ ...(await asOperator()), route: readPartner, params: { partnerId } });
  const made = await addAccessKey(fileIn(given), partnerId);
  console.log(`export AWS_ACCESS_KEY_ID=${made.accessKeyId}
export AWS_SECRET_ACCESS_KEY=${made.secretAccessKey}
export AWS_REGION=${LOCAL_REGION}
# beside the signature: x-api-key: ${made.apiKey}`);
};

const endKey = async (accessKeyId: string, given: Given): Promise<void> => {
  if (!(await endAccessKey(fileIn(given), accessKeyId)))
    throw new CommandRefused(`There is no access key ${accessKeyId}.`);
  console.log(`${accessKeyId}\tsigns nothing any more`);
};

const VERBS: Readonly<Record<string, (subject: string, given: Given) => Promise<void>>> = {
  show,
  add,
  scopes,
  suspend: async (id, given) => change(id, { status: 'suspended', reason: needed(given, 'reason') }),
  resume: async (id, given) => change(id, { status: 'active', reason: needed(given, 'reason') }),
  key,
  'revoke-key': revoke,
  'access-key': accessKey,
  'end-access-key': endKey,
};

/** The command `hems partner`. */
export const runPartner = async (args: string[]): Promise<number> => {
  const { values, positionals } = parse(args);
  const [verb = '', subject, ...more] = positionals;
  const act = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  const isAsked = !values.help && more.length === 0;
  if (isAsked && verb === 'list') await list();
  else if (isAsked && act && subject !== undefined) await act(subject, values);
  else {
    console.log(USAGE);
    return values.help ? 0 : 1;
  }
  return 0;
};
