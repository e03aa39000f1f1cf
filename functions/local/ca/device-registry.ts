import * as z from 'zod';
import type { GatewayAddress } from '@hems/shared/events/topics';
import type { Certificate, DeviceRegistry } from '../../ports/device-registry.ts';
import type { Item, Key, Put, Table, Write } from '../../ports/table.ts';
import { certificateIdOfPem, type Authority } from './authority.ts';
import type { Sessions } from './sessions.ts';

const thing = z.object({ household: z.string() });
/** of one that was certified and belongs to no thing yet, nothing is named */
const stored = z.object({
  household: z.optional(z.string()),
  gateway: z.optional(z.string()),
  revoked: z.boolean(),
});
type Stored = z.infer<typeof stored>;
const NONE: Stored = { revoked: true };

const certificateKey = (certificateId: string): Key => ({
  table: 'operations',
  pk: `CERT#${certificateId}`,
  sk: 'CERT',
});
const thingKey = (gateway: string): Key => ({ table: 'operations', pk: `THING#${gateway}`, sk: 'THING' });

const certificatePut = (certificateId: string, data: Stored): Put => ({
  ...certificateKey(certificateId),
  ...(data.gateway !== undefined && { i1: thingKey(data.gateway).pk }),
  data,
});
const idOf = ({ pk }: Item): string => pk.slice('CERT#'.length);

export type DeviceRegistryParts = {
  readonly table: Table;
  readonly authority: Authority;
  readonly sessions: Sessions;
};

/** With the two halves of a registration, which fleet provisioning does apart. */
export type LocalRegistry = DeviceRegistry & {
  /** a certificate that opens nothing yet */
  certify(signingRequestPem: string): Promise<Certificate>;
  attach(certificateId: string, gateway: GatewayAddress): Promise<void>;
};

/** Things and certificates in `operations`, in place of AWS IoT Core. */
export const deviceRegistry = ({ table, authority, sessions }: DeviceRegistryParts): LocalRegistry => {
  const certificatesOf = async (gateway: string): Promise<string[]> => {
    const { items } = await table.query({ table: 'operations', by: 'i1', value: thingKey(gateway).pk });
    return items.map(idOf);
  };
  const withdraw = async (certificateId: string): Promise<void> => {
    const item = await table.get(certificateKey(certificateId));
    if (!item) return;
    await table.put(certificatePut(certificateId, { ...stored.parse(item.data), revoked: true }));
    sessions.close(certificateId);
  };
  const cutOff = async (gateway: string, kept?: string): Promise<void> => {
    for (const certificateId of await certificatesOf(gateway))
      if (certificateId !== kept) await withdraw(certificateId);
  };
  const certify = async (signingRequestPem: string): Promise<Certificate> => {
    const certificatePem = await authority.certify(signingRequestPem);
    const certificateId = certificateIdOfPem(certificatePem);
    await table.put(certificatePut(certificateId, { revoked: false }));
    return { certificateId, certificatePem };
  };
  const attach = async (certificateId: string, { household, gateway }: GatewayAddress): Promise<void> =>
    table.transact([
      await ownThing(table, { household, gateway }),
      { put: certificatePut(certificateId, { household, gateway, revoked: false }) },
    ]);
  return {
    enter: async (address) => table.transact([await ownThing(table, address)]),
    register: async (address, signingRequestPem) => {
      await ownThing(table, address);
      const certificate = await certify(signingRequestPem);
      await attach(certificate.certificateId, address);
      return certificate;
    },
    certify,
    attach,
    gatewayOf: async (certificateId) => {
      const item = await table.get(certificateKey(certificateId));
      const { household, gateway, revoked } = item ? stored.parse(item.data) : NONE;
      return !revoked && household !== undefined && gateway !== undefined ? { household, gateway } : undefined;
    },
    withdraw,
    revoke: async (_gateway, certificateId) => await withdraw(certificateId),
    cutOff,
    remove: async (gateway) => {
      await cutOff(gateway);
      const certificates = await certificatesOf(gateway);
      const known = await table.get(thingKey(gateway));
      for (const certificateId of certificates) await table.delete(certificateKey(certificateId));
      await table.delete(thingKey(gateway));
      return { things: known ? 1 : 0, certificates: certificates.length };
    },
  };
};

/** The write that makes the thing, or makes sure that it is still the one of this household. */
const ownThing = async (table: Table, { household, gateway }: GatewayAddress): Promise<Write> => {
  const key = thingKey(gateway);
  const item = await table.get(key);
  if (!item) return { put: { ...key, data: { household }, if: { absent: true } } };
  if (thing.parse(item.data).household !== household)
    throw new Error(`gateway ${gateway} belongs to another household; remove it before it moves`);
  return { check: { ...key, if: { version: item.version } } };
};
