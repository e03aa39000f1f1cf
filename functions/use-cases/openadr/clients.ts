import { createHash } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import { ConditionFailed, type Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import {
  openadrClientKey,
  openadrClientPut,
  readOpenadrClient,
  type OpenadrClient,
} from '../stores/openadr-clients.ts';
import { auditPut, readPartner, type PartnerAudit } from '../stores/partners.ts';

/** What the operator's staff changes of the OAuth clients of partners, each with an entry that says who and why. */
type Deps = { readonly table: Table; readonly clock: Clock; readonly ids: Ids };
type Staff = { readonly by: string; readonly reason: string };
type Shown = Omit<OpenadrClient, 'secretHash'>;

/** A secret is 32 random bytes, so one round of a hash keeps it. */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

const audit = (
  { clock, ids }: Deps,
  { partnerId, clientId, role }: Shown,
  { what, staff }: { what: PartnerAudit['what']; staff: Staff },
) => ({
  put: auditPut(
    partnerId,
    { atMs: clock.now(), by: staff.by, what, about: `${role} ${clientId}`, why: staff.reason },
    ids.next(),
  ),
});

export const addClient = async (
  deps: Deps & { readonly newToken: () => string },
  asked: {
    readonly partnerId: string;
    readonly name: string;
    readonly role: OpenadrClient['role'];
    readonly clientId?: string | undefined;
  },
  staff: Staff,
): Promise<Shown & { clientSecret?: string }> => {
  const { partnerId, name, role } = asked;
  if (!(await readPartner(deps.table, partnerId))) throw new Refused('not-found', `there is no partner ${partnerId}`);
  const clientSecret = asked.clientId === undefined ? deps.newToken() : undefined;
  const shown = { partnerId, name, role, clientId: asked.clientId ?? `${partnerId}.${deps.ids.next()}` };
  const client = { ...shown, ...(clientSecret !== undefined && { secretHash: hashOfSecret(clientSecret) }) };
  try {
    const put = { ...openadrClientPut(client), if: { absent: true } as const };
    await deps.table.transact([{ put }, audit(deps, shown, { what: 'client-added', staff })]);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    throw new Refused('conflict', `there is a client ${shown.clientId} already`);
  }
  return { ...shown, ...(clientSecret !== undefined && { clientSecret }) };
};

export const removeClient = async (
  deps: Deps,
  { partnerId, clientId }: { readonly partnerId: string; readonly clientId: string },
  staff: Staff,
): Promise<Shown> => {
  const found = await readOpenadrClient(deps.table, clientId);
  if (found?.partnerId !== partnerId) throw new Refused('not-found', `${partnerId} has no client ${clientId}`);
  const { secretHash: _gone, ...shown } = found;
  const gone = { delete: openadrClientKey(clientId) };
  await deps.table.transact([gone, audit(deps, shown, { what: 'client-removed', staff })]);
  return shown;
};
