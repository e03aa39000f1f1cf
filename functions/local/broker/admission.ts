import { TLSSocket } from 'node:tls';
import type { Client } from 'aedes';
import { CLAIM_CLIENT, PROVISIONING_STEPS, provisioningTopic } from '@hems/shared/events/provisioning';
import { COMMAND_CHANNEL, topicOf, UP_CHANNELS, type GatewayAddress, type UpChannel } from '@hems/shared/events/topics';
import type { DeviceRegistry } from '../../ports/device-registry.ts';
import { certificateIdOf } from '../ca/authority.ts';
import type { Sessions } from '../ca/sessions.ts';

/**
 * What one connection may do: exactly what the fleet's IoT policy allows the thing behind the certificate, or what the claim policy
 * allows whoever has the certificate that gateways leave the factory with. Both may ask for a certificate.
 */
export type Admitted = {
  readonly certificateId: string;
  /** undefined: came with the claim certificate, and may do nothing else */
  readonly address: GatewayAddress | undefined;
  readonly upTopics: ReadonlyMap<string, UpChannel>;
  readonly downTopics: ReadonlySet<string>;
};

export type Admission = Admitted | { readonly refused: string };

export type AdmissionParts = {
  readonly registry: Pick<DeviceRegistry, 'gatewayOf'>;
  readonly sessions: Sessions;
  /** of the claim certificate */
  readonly claimCertificateId: string;
};

const PROVISIONING_ANSWERS = PROVISIONING_STEPS.flatMap((step) => [
  provisioningTopic(step, 'accepted'),
  provisioningTopic(step, 'rejected'),
]);

/**
 * The connection enters `sessions` before the registry is asked, so a certificate revoked in between is either read as revoked or
 * its connection closed.
 */
export const admit = async (
  { registry, sessions, claimCertificateId }: AdmissionParts,
  client: Client,
  willTopic: string | undefined,
): Promise<Admission> => {
  const certificateId = certificateIdOfConnection(client);
  // TLS lets nobody in without one; it is gone once the connection is
  if (!certificateId) return { refused: 'the connection ended before it was admitted' };
  client.conn.once(
    'close',
    sessions.add(certificateId, () => client.conn.destroy()),
  );
  if (certificateId === claimCertificateId) return admitClaim(client, certificateId, willTopic);
  const address = await registry.gatewayOf(certificateId);
  if (!address) return { refused: `certificate ${certificateId.slice(0, 12)} is revoked or was never registered` };
  if (client.id !== address.gateway)
    return { refused: `client id ${printable(client.id)} is not the gateway ${address.gateway} of its certificate` };
  const upTopics = new Map(UP_CHANNELS.map((channel) => [topicOf(address, channel), channel]));
  if (willTopic !== undefined && !upTopics.has(willTopic))
    return { refused: `gateway ${address.gateway} asked for a will on ${printable(willTopic)}` };
  const downTopics = new Set([topicOf(address, COMMAND_CHANNEL), ...PROVISIONING_ANSWERS]);
  return { certificateId, address, upTopics, downTopics };
};

const admitClaim = ({ id }: Client, certificateId: string, willTopic: string | undefined): Admission => {
  if (!id.startsWith(CLAIM_CLIENT))
    return { refused: `client id ${printable(id)} of a claim certificate does not begin with ${CLAIM_CLIENT}` };
  if (willTopic !== undefined) return { refused: `a claim certificate asked for a will on ${printable(willTopic)}` };
  return { certificateId, address: undefined, upTopics: new Map(), downTopics: new Set(PROVISIONING_ANSWERS) };
};

const certificateIdOfConnection = ({ conn }: Client): string | undefined => {
  const der = conn instanceof TLSSocket ? conn.getPeerX509Certificate()?.raw : undefined;
  return der && certificateIdOf(der);
};

/** Device-chosen text, fit for a log line. */
export const printable = (text: string): string => JSON.stringify(text.slice(0, 120));
