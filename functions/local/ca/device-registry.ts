import * as z from 'zod';
import type { GatewayAddress } from '@hems/shared/events/topics';
import type { DeviceRegistry } from '../../ports/device-registry.ts';
import type { Key, Table, Write } from '../../ports/table.ts';
import { certificateIdOfPem, type Authority } from './authority.ts';
import type { Sessions } from './sessions.ts';

const thing = z.object({ household: z.string() });
const stored = z.object({ household: z.string(), gateway: z.string(), revoked: z.boolean() });

const keyOf = (certificateId: string): Key => ({ table: 'operations', pk: `CERT#${certificateId}`, sk: 'CERT' });

const thingKeyOf = (gateway: string): Key => ({ table: 'operations', pk: `THING#${gateway}`, sk: 'THING' });

export type DeviceRegistryParts = {
  readonly table: Table;
  readonly authority: Authority;
  readonly sessions: Sessions;
};

/** Things and certificates in `operations`; the private key leaves with the answer and is kept nowhere. */
export const deviceRegistry = ({ table, authority, sessions }: DeviceRegistryParts): DeviceRegistry => ({
  register: async ({ household, gateway }) => {
    const own = await ownThing(table, { household, gateway });
    const issued = await authority.issueDevice(gateway);
    const certificateId = certificateIdOfPem(issued.certificatePem);
    const certificate: Write = { put: { ...keyOf(certificateId), data: { household, gateway, revoked: false } } };
    await table.transact([own, certificate]);
    return { certificateId, ...issued };
  },
  revoke: async (certificateId) => {
    const item = await table.get(keyOf(certificateId));
    if (!item) return;
    await table.put({ ...keyOf(certificateId), data: { ...stored.parse(item.data), revoked: true } });
    sessions.close(certificateId);
  },
  gatewayOf: async (certificateId) => {
    const item = await table.get(keyOf(certificateId));
    const certificate = item && stored.parse(item.data);
    return certificate && !certificate.revoked
      ? { household: certificate.household, gateway: certificate.gateway }
      : undefined;
  },
});

/** The write that makes the thing, or makes sure that it is still the one of this household. */
const ownThing = async (table: Table, { household, gateway }: GatewayAddress): Promise<Write> => {
  const key = thingKeyOf(gateway);
  const item = await table.get(key);
  if (!item) return { put: { ...key, data: { household }, if: { absent: true } } };
  if (thing.parse(item.data).household !== household)
    throw new Error(`gateway ${gateway} belongs to another household; give the new one another id`);
  return { check: { ...key, if: { version: item.version } } };
};
