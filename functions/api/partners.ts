import {
  addPartner,
  addPartnerKey,
  changePartner,
  listPartners,
  readPartner,
  revokePartnerKey,
} from '@hems/shared/api/partners';
import { addOpenadrClient, removeOpenadrClient } from '@hems/shared/api/openadr-clients';
import type { Caller } from '../runtime/caller.ts';
import { endpoint, http } from '../runtime/http.ts';
import { clock, ids, newToken, table } from '../runtime/ports.ts';
import { addClient, removeClient } from '../use-cases/openadr/clients.ts';
import {
  addKey,
  addPartner as add,
  changePartner as change,
  revokeKey,
  type Staff,
} from '../use-cases/partners/keys.ts';
import { showPartner } from '../use-cases/partners/show-partner.ts';
import { listPartners as list } from '../use-cases/stores/partners.ts';

const deps = async () => ({ table: await table(), clock: await clock(), ids: await ids() });
const staffOf = ({ sub }: Caller, { reason }: { readonly reason: string }): Staff => ({ by: sub, reason });

export const handler = http([
  endpoint(listPartners, async () => ({ partners: await list(await table()) })),
  endpoint(readPartner, async ({ params }) => showPartner(await table(), params.partnerId)),
  endpoint(addPartner, async ({ body: { reason, ...asked }, caller }) =>
    add(await deps(), asked, staffOf(caller, { reason })),
  ),
  endpoint(changePartner, async ({ params, body: { reason, ...asked }, caller }) =>
    change(await deps(), { ...params, ...asked }, staffOf(caller, { reason })),
  ),
  endpoint(addPartnerKey, async ({ params, body: { reason, ...asked }, caller }) =>
    addKey(await deps(), { ...params, ...asked }, staffOf(caller, { reason })),
  ),
  endpoint(revokePartnerKey, async ({ params, body, caller }) =>
    revokeKey(await deps(), params, staffOf(caller, body)),
  ),
  endpoint(addOpenadrClient, async ({ params, body: { reason, ...asked }, caller }) =>
    addClient({ ...(await deps()), newToken }, { ...params, ...asked }, staffOf(caller, { reason })),
  ),
  endpoint(removeOpenadrClient, async ({ params, body, caller }) =>
    removeClient(await deps(), params, staffOf(caller, body)),
  ),
]);
