import * as z from 'zod';
import { partnerId, partnerKind, scope } from '@hems/shared/partner-api/scopes';
import { ALGORITHMS } from '@hems/shared/signing/keys';
import type { Key, Put, Table } from '../../ports/table.ts';

/**
 * Partners: partition `PARTNER#<partner>` of table `operations`. `PROFILE` says who it is and what it may; `KEY#<key id>` is a public key
 * that it signs with; `AUDIT#…` who of the operator changed them and why. A key id begins with its partner's id and a dot, so that a
 * signature leads to its key without an index. Index `i1` = `PARTNERS` lists the profiles.
 */
const profile = z.object({
  partnerId,
  name: z.string(),
  kind: partnerKind,
  scopes: z.array(scope),
  /** provinces and cities (시도) that it sees aggregates of; absent: all */
  regions: z.array(z.string()).optional(),
  /** incentive programmes that it is the office or the payer of: it sees no other, and no household of another */
  programmes: z.array(z.string()).optional(),
  /** suspended: every request is refused, whatever its key */
  status: z.enum(['active', 'suspended']),
});
export type Partner = z.infer<typeof profile>;

const key = z.object({
  keyId: z.string(),
  algorithm: z.enum(ALGORITHMS),
  /** public part only */
  jwk: z.looseObject({ kty: z.string() }),
  fromMs: z.int(),
  /** the last moment at which it counts; null: until it is revoked */
  untilMs: z.int().nullable(),
  revokedAtMs: z.int().nullable(),
});
export type PartnerKey = z.infer<typeof key>;

const KEY = 'KEY#';
const of = (id: string, sk: string): Key => ({ table: 'operations', pk: `PARTNER#${id}`, sk });

/** Whose key it is, by its id alone. */
export const ownerOfKey = (keyId: string): string => keyId.split('.')[0] ?? '';

export const readPartner = async (table: Table, id: string): Promise<Partner | undefined> =>
  (await readPartnerItem(table, id))?.partner;

export const partnerPut = (partner: Partner): Put => ({
  ...of(partner.partnerId, 'PROFILE'),
  data: partner,
  i1: 'PARTNERS',
});
export const putPartner = async (table: Table, partner: Partner): Promise<void> => table.put(partnerPut(partner));

/** With the version to write over. */
export const readPartnerItem = async (
  table: Table,
  id: string,
): Promise<{ readonly partner: Partner; readonly version: number } | undefined> => {
  const item = await table.get(of(id, 'PROFILE'));
  return item && { partner: profile.parse(item.data), version: item.version };
};

/** All of them, by their ids. */
export const listPartners = async (table: Table): Promise<Partner[]> => {
  const { items } = await table.query({ table: 'operations', by: 'i1', value: 'PARTNERS', prefix: 'PROFILE' });
  return items.map(({ data }) => profile.parse(data)).toSorted((a, b) => (a.partnerId < b.partnerId ? -1 : 1));
};

export const readPartnerKey = async (table: Table, keyId: string): Promise<PartnerKey | undefined> =>
  (await readPartnerKeyItem(table, keyId))?.key;

/** With the version to write over. */
export const readPartnerKeyItem = async (
  table: Table,
  keyId: string,
): Promise<{ readonly key: PartnerKey; readonly version: number } | undefined> => {
  const item = await table.get(of(ownerOfKey(keyId), KEY + keyId));
  return item && { key: key.parse(item.data), version: item.version };
};

export const partnerKeyPut = (one: PartnerKey): Put => ({ ...of(ownerOfKey(one.keyId), KEY + one.keyId), data: one });
export const putPartnerKey = async (table: Table, one: PartnerKey): Promise<void> => table.put(partnerKeyPut(one));

export const readPartnerKeys = async (table: Table, id: string): Promise<PartnerKey[]> => {
  const { items } = await table.query({ table: 'operations', value: `PARTNER#${id}`, prefix: KEY });
  return items.map(({ data }) => key.parse(data));
};

const audit = z.object({
  atMs: z.int(),
  /** of the staff, by the identity provider's subject */
  by: z.string(),
  what: z.enum(['added', 'changed', 'key-added', 'key-revoked', 'client-added', 'client-removed', 'site-registered']),
  /** what it is now, in one line */
  about: z.string(),
  why: z.string(),
});
export type PartnerAudit = z.infer<typeof audit>;

const AUDIT = 'AUDIT#';
const AUDIT_DIGITS = 15;
/** Belongs into the transact of what it tells of. */
export const auditPut = (id: string, entry: PartnerAudit, entryId: string): Put => ({
  ...of(id, `${AUDIT}${String(entry.atMs).padStart(AUDIT_DIGITS, '0')}#${entryId}`),
  data: entry,
  if: { absent: true },
});

/** The newest first. */
export const readPartnerAudit = async (table: Table, id: string, limit: number): Promise<PartnerAudit[]> => {
  const { items } = await table.query({
    table: 'operations',
    value: `PARTNER#${id}`,
    prefix: AUDIT,
    descending: true,
    limit,
  });
  return items.map(({ data }) => audit.parse(data));
};

/**
 * A nonce counts once with its key. The write is refused (`ConditionFailed`) when it was there before. `by` is another one at each request: a
 * table that repeats a write by itself takes an equal item for its own.
 */
export const noncePut = (
  keyId: string,
  nonce: string,
  { expiresAt, by }: { readonly expiresAt: number; readonly by: string },
): Put => ({
  ...of(ownerOfKey(keyId), `NONCE#${keyId}#${nonce}`),
  data: { by },
  expiresAt,
  if: { absent: true },
});

const refusals = z.array(z.object({ atMs: z.int(), code: z.string(), detail: z.string(), keyId: z.string() }));
export type PartnerRefusal = z.infer<typeof refusals>[number];
export type PartnerRefusals = { readonly entries: readonly PartnerRefusal[]; readonly version: number };

/** The latest requests of a partner that were refused, the newest first; version 0: there were none. */
export const readPartnerRefusals = async (table: Table, id: string): Promise<PartnerRefusals> => {
  const item = await table.get(of(id, 'REFUSALS'));
  return item ? { entries: refusals.parse(item.data), version: item.version } : { entries: [], version: 0 };
};

/** Written over the version that was read. */
export const partnerRefusalsPut = (id: string, { entries, version }: PartnerRefusals): Put => ({
  ...of(id, 'REFUSALS'),
  data: entries,
  if: version === 0 ? { absent: true } : { version },
});
