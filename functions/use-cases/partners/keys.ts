import { publicKey, type Algorithm } from '@hems/shared/signing/keys';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import { ConditionFailed, type Put, type Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import {
  auditPut,
  partnerKeyPut,
  partnerPut,
  readPartnerItem,
  readPartnerKeyItem,
  readPartnerKeys,
  type Partner,
  type PartnerAudit,
  type PartnerKey,
} from '../stores/partners.ts';

/** What the operator's staff changes of partners: each change with an entry that says who, what and why, in one transact. */

export type PartnerDeps = { readonly table: Table; readonly clock: Clock; readonly ids: Ids };
/** by the identity provider's subject */
export type Staff = { readonly by: string; readonly reason: string };

/** Two while one replaces the other, and one in reserve. */
const KEYS_MAX = 3;

type Change = { readonly partnerId: string; readonly put: Put; readonly staff: Staff } & Pick<
  PartnerAudit,
  'what' | 'about'
>;

const write = async (
  { table, clock, ids }: PartnerDeps,
  { partnerId, put, staff, what, about }: Change,
): Promise<void> => {
  const entry = { atMs: clock.now(), by: staff.by, what, about, why: staff.reason };
  try {
    await table.transact([{ put }, { put: auditPut(partnerId, entry, ids.next()) }]);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    throw new Refused('conflict', `somebody else changed ${partnerId} just now, or it is there already; look again`);
  }
};

const known = async ({ table }: PartnerDeps, partnerId: string) => {
  const found = await readPartnerItem(table, partnerId);
  if (!found) throw new Refused('not-found', `there is no partner ${partnerId}`);
  return found;
};

const aboutPartner = ({ status, scopes, regions, programmes = [] }: Partner): string =>
  [
    status,
    scopes.join(' ') || 'no scopes',
    regions ? regions.join(' ') : 'all regions',
    programmes.join(' ') || 'no programmes',
  ].join(', ');

export const addPartner = async (deps: PartnerDeps, asked: Omit<Partner, 'status'>, staff: Staff): Promise<Partner> => {
  const partner: Partner = { ...asked, status: 'active' };
  const { partnerId } = partner;
  const put: Put = { ...partnerPut(partner), if: { absent: true } };
  await write(deps, { partnerId, put, staff, what: 'added', about: aboutPartner(partner) });
  return partner;
};

type PartnerChange = {
  readonly partnerId: string;
  readonly scopes?: Partner['scopes'] | undefined;
  /** null: all */
  readonly regions?: readonly string[] | null | undefined;
  readonly programmes?: readonly string[] | undefined;
  readonly status?: Partner['status'] | undefined;
};

/** What is not said stays. Counts from the next request on. */
export const changePartner = async (deps: PartnerDeps, change: PartnerChange, staff: Staff): Promise<Partner> => {
  const { partnerId, scopes, regions, programmes, status } = change;
  const { partner: before, version } = await known(deps, partnerId);
  const { regions: oldRegions, ...rest } = before;
  const seen = regions === undefined ? oldRegions : (regions ?? undefined);
  const partner: Partner = {
    ...rest,
    scopes: scopes ?? before.scopes,
    status: status ?? before.status,
    ...(seen && { regions: [...seen] }),
    ...(programmes && { programmes: [...programmes] }),
  };
  const put: Put = { ...partnerPut(partner), if: { version } };
  await write(deps, { partnerId, put, staff, what: 'changed', about: aboutPartner(partner) });
  return partner;
};

export type NewKey = {
  readonly partnerId: string;
  readonly keyName: string;
  readonly algorithm: Algorithm;
  readonly jwk: PartnerKey['jwk'];
  readonly fromMs?: number | undefined;
  readonly untilMs: number | null;
};

const checkKey = async ({ jwk, algorithm, keyName }: NewKey): Promise<void> => {
  if ('d' in jwk)
    throw new Refused(
      'invalid',
      'this is a private key: nobody but the partner may have it. Make a new pair.',
      'private-key',
    );
  await publicKey(keyName, algorithm, jwk).catch((error: unknown) => {
    throw new Refused('invalid', `this is no public key for ${algorithm}: ${String(error)}`, 'no-key');
  });
};

const isLive = ({ revokedAtMs, untilMs }: PartnerKey, nowMs: number): boolean =>
  revokedAtMs === null && (untilMs === null || nowMs <= untilMs);

/** Beside the keys that there are, so that a partner may change over. A name counts once: what was signed with it stays told apart. */
export const addKey = async (deps: PartnerDeps, asked: NewKey, staff: Staff): Promise<PartnerKey> => {
  const { partnerId, keyName, algorithm, jwk, untilMs } = asked;
  const nowMs = deps.clock.now();
  const fromMs = asked.fromMs ?? nowMs;
  await known(deps, partnerId);
  await checkKey(asked);
  if (untilMs !== null && untilMs <= Math.max(nowMs, fromMs))
    throw new Refused('invalid', 'the key would end before it counts', 'no-time');
  const live = (await readPartnerKeys(deps.table, partnerId)).filter((one) => isLive(one, nowMs));
  if (live.length >= KEYS_MAX)
    throw new Refused('conflict', `${partnerId} has ${live.length} keys that count; revoke one first`, 'too-many-keys');
  const key: PartnerKey = { keyId: `${partnerId}.${keyName}`, algorithm, jwk, fromMs, untilMs, revokedAtMs: null };
  const put: Put = { ...partnerKeyPut(key), if: { absent: true } };
  await write(deps, { partnerId, put, staff, what: 'key-added', about: `${key.keyId} ${algorithm}` });
  return key;
};

/** At once and for ever; once more changes nothing. */
export const revokeKey = async (
  deps: PartnerDeps,
  { partnerId, keyName }: Pick<NewKey, 'partnerId' | 'keyName'>,
  staff: Staff,
): Promise<PartnerKey> => {
  const keyId = `${partnerId}.${keyName}`;
  const found = await readPartnerKeyItem(deps.table, keyId);
  if (!found) throw new Refused('not-found', `there is no key ${keyId}`);
  if (found.key.revokedAtMs !== null) return found.key;
  const key: PartnerKey = { ...found.key, revokedAtMs: deps.clock.now() };
  const put: Put = { ...partnerKeyPut(key), if: { version: found.version } };
  await write(deps, { partnerId, put, staff, what: 'key-revoked', about: keyId });
  return key;
};
