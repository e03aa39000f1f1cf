import * as z from 'zod';
import { partnerId } from '@hems/shared/partner-api/scopes';
import { openadrRole } from '@hems/shared/openadr/scopes';
import type { Key, Put, Table } from '../../ports/table.ts';

/**
 * OAuth clients of partners: `OPENADR-CLIENT#<client id>` / `CLIENT` of table `operations`. A token says the client id alone, so it is the
 * partition; index `i1` of the partner lists its clients.
 */
const client = z.object({
  clientId: z.string(),
  partnerId,
  name: z.string(),
  role: openadrRole,
  /** SHA-256 of the secret, base64url, where our own identity provider issues the tokens; a secret is 32 random bytes */
  secretHash: z.string().optional(),
});
export type OpenadrClient = z.infer<typeof client>;

const keyOf = (clientId: string): Key => ({ table: 'operations', pk: `OPENADR-CLIENT#${clientId}`, sk: 'CLIENT' });

export const readOpenadrClient = async (table: Table, clientId: string): Promise<OpenadrClient | undefined> => {
  const item = await table.get(keyOf(clientId));
  return item && client.parse(item.data);
};

export const openadrClientPut = (one: OpenadrClient): Put => ({
  ...keyOf(one.clientId),
  data: one,
  i1: `OPENADR-CLIENTS#${one.partnerId}`,
});
export const openadrClientKey = keyOf;
