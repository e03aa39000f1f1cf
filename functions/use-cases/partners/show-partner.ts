import type { Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import {
  readPartner,
  readPartnerAudit,
  readPartnerKeys,
  readPartnerRefusals,
  type PartnerKey,
} from '../stores/partners.ts';

const AUDIT_SHOWN = 50;

/** All but the public key itself. */
export const shownKey = ({ jwk: _public, ...one }: PartnerKey): Omit<PartnerKey, 'jwk'> => one;

/** What the operator's staff sees of a partner. */
export const showPartner = async (table: Table, partnerId: string) => {
  const partner = await readPartner(table, partnerId);
  if (!partner) throw new Refused('not-found', `there is no partner ${partnerId}`);
  const [keys, audit, refusals] = await Promise.all([
    readPartnerKeys(table, partnerId),
    readPartnerAudit(table, partnerId, AUDIT_SHOWN),
    readPartnerRefusals(table, partnerId),
  ]);
  return { partner, keys: keys.map(shownKey), audit, refusals: [...refusals.entries] };
};
