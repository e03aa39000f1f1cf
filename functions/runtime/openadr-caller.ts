import * as z from 'zod';
import { OPENADR_SCOPES, SCOPES_OF, scopeInToken, type OpenadrScope } from '@hems/shared/openadr/scopes';
import type { Clock } from '../ports/clock.ts';
import { ConditionFailed, type Table } from '../ports/table.ts';
import type { OpenadrCaller } from '../use-cases/openadr/caller.ts';
import { Refused } from '../use-cases/refusal.ts';
import { readOpenadrClient } from '../use-cases/stores/openadr-clients.ts';
import { readPartner } from '../use-cases/stores/partners.ts';

/** What the JWT authorizer of the HTTP API hands over; it has checked signature, issuer, times and scopes. */
const authorizer = z.object({
  jwt: z.object({ claims: z.looseObject({ client_id: z.string(), scope: z.string().default('') }) }),
});

const scopesOf = (text: string): OpenadrScope[] => {
  const words = new Set(text.split(' '));
  return OPENADR_SCOPES.filter((scope) => words.has(scopeInToken(scope)));
};

/** Read at every request: a client that was taken away, or whose partner is suspended, is refused at once. A role has its scopes and no other. */
export const openadrCallerOf = async (table: Table, given: unknown): Promise<OpenadrCaller> => {
  const parsed = authorizer.safeParse(given);
  if (!parsed.success)
    throw new Refused('signed-out', 'send a token of the token endpoint; GET auth/server says where it is');
  const { client_id: clientId, scope } = parsed.data.jwt.claims;
  const client = await readOpenadrClient(table, clientId);
  if (!client) throw new Refused('forbidden', 'this client is none of a partner of ours', 'no-client');
  const partner = await readPartner(table, client.partnerId);
  if (partner?.status !== 'active')
    throw new Refused('forbidden', 'this partner is suspended; ask the operator', 'suspended');
  const mayHave = SCOPES_OF[client.role];
  // a sandbox calls no home that somebody lives in
  const programmes = partner.kind === 'sandbox' ? [] : (partner.programmes ?? []);
  return { ...client, programmes, scopes: new Set(scopesOf(scope).filter((one) => mayHave.includes(one))) };
};

export const admitScope = ({ scopes }: OpenadrCaller, needed: readonly OpenadrScope[]): void => {
  if (needed.some((scope) => scopes.has(scope))) return;
  throw new Refused('forbidden', `this token has no scope ${needed.join(' or ')}`, 'no-scope');
};

const MINUTE_MS = 60_000;
/** A VEN that polls each second is within it ten times over. */
export const REQUESTS_A_MINUTE = 600;
const window = z.object({ minute: z.int(), count: z.int() });

/**
 * Counts the requests of a client: HTTP APIs have no usage plans, and one client shall not take the share of others. Of requests that count
 * at the same moment some are not counted; the throttle of the stage holds all together.
 */
export const countRequest = async (
  { table, clock }: { readonly table: Table; readonly clock: Clock },
  { clientId }: OpenadrCaller,
): Promise<void> => {
  const key = { table: 'operations', pk: `OPENADR-CLIENT#${clientId}`, sk: 'REQUESTS' } as const;
  const minute = Math.floor(clock.now() / MINUTE_MS);
  const item = await table.get(key);
  const before = item && window.parse(item.data);
  const count = before?.minute === minute ? before.count + 1 : 1;
  if (count > REQUESTS_A_MINUTE)
    throw new Refused(
      'too-many',
      `${REQUESTS_A_MINUTE} requests a minute are answered; wait for the next minute`,
      'rate',
    );
  try {
    await table.put({ ...key, data: { minute, count }, if: item ? { version: item.version } : { absent: true } });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
};
