import * as z from 'zod';
import { partnerId, partnerKind, scope } from '@hems/shared/partner-api/scopes';
import { ALGORITHMS } from '@hems/shared/signing/keys';
import type { Key, Table } from '../../ports/table.ts';

/**
 * Partners: partition `PARTNER#<partner>` of table `operations`. `PROFILE` says who it is and what it may; `KEY#<key id>` is a public key
 * that it signs with. A key id begins with its partner's id and a dot, so that a signature leads to its key without an index.
 */
const profile = z.object({
  partnerId,
  name: z.string(),
  kind: partnerKind,
  scopes: z.array(scope),
  /** provinces and cities (시도) that it sees aggregates of; absent: all */
  regions: z.array(z.string()).optional(),
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

export const readPartner = async (table: Table, id: string): Promise<Partner | undefined> => {
  const item = await table.get(of(id, 'PROFILE'));
  return item && profile.parse(item.data);
};

export const putPartner = async (table: Table, partner: Partner): Promise<void> =>
  table.put({ ...of(partner.partnerId, 'PROFILE'), data: partner });

export const readPartnerKey = async (table: Table, keyId: string): Promise<PartnerKey | undefined> => {
  const item = await table.get(of(ownerOfKey(keyId), KEY + keyId));
  return item && key.parse(item.data);
};

export const putPartnerKey = async (table: Table, one: PartnerKey): Promise<void> =>
  table.put({ ...of(ownerOfKey(one.keyId), KEY + one.keyId), data: one });

export const readPartnerKeys = async (table: Table, id: string): Promise<PartnerKey[]> => {
  const { items } = await table.query({ table: 'operations', value: `PARTNER#${id}`, prefix: KEY });
  return items.map(({ data }) => key.parse(data));
};
