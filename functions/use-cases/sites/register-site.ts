import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Keys } from '../../ports/keys.ts';
import type { Table } from '../../ports/table.ts';
import { buildingIndexOf } from '../onboarding/address-index.ts';
import type { Staff } from '../partners/keys.ts';
import { Refused } from '../refusal.ts';
import { auditPut, readPartner } from '../stores/partners.ts';
import { sitePut } from '../stores/sites.ts';

type Deps = { readonly table: Table; readonly keys: Keys; readonly clock: Clock; readonly ids: Ids };
type Asked = {
  readonly partnerId: string;
  readonly siteId: string;
  readonly name: string;
  readonly address: string;
  readonly postalCode: string;
};
type Registered = Pick<Asked, 'partnerId' | 'siteId' | 'name'>;

/** Says which building a partner runs. Of its address the blind index alone is kept, the same as that of the homes in it. */
export const registerSite = async (
  { table, keys, clock, ids }: Deps,
  { partnerId, siteId, name, address, postalCode }: Asked,
  { by, reason }: Staff,
): Promise<Registered> => {
  if (!(await readPartner(table, partnerId))) throw new Refused('not-found', `there is no partner ${partnerId}`);
  const buildingIndex = await buildingIndexOf(keys, { address, postalCode });
  const audit = { atMs: clock.now(), by, what: 'site-registered', about: siteId, why: reason } as const;
  await table.transact([
    { put: sitePut({ partnerId, siteId, name, buildingIndex }) },
    { put: auditPut(partnerId, audit, ids.next()) },
  ]);
  return { partnerId, siteId, name };
};
