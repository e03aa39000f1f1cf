import { TLSSocket } from 'node:tls';
import type { Client } from 'aedes';
import { COMMAND_CHANNEL, topicOf, UP_CHANNELS, type GatewayAddress, type UpChannel } from '@hems/shared/events/topics';
import type { DeviceRegistry } from '../../ports/device-registry.ts';
import { certificateIdOf } from '../ca/authority.ts';
import type { Sessions } from '../ca/sessions.ts';

/** What one connection may do: exactly what the fleet's IoT policy allows the thing behind the certificate. */
export type Admitted = {
  readonly address: GatewayAddress;
  readonly upTopics: ReadonlyMap<string, UpChannel>;
  readonly commandTopic: string;
};

export type Admission = Admitted | { readonly refused: string };

export type AdmissionParts = { readonly registry: DeviceRegistry; readonly sessions: Sessions };

/**
 * The connection enters `sessions` before the registry is asked, so a certificate revoked in between is either read as revoked or
 * its connection closed.
 */
export const admit = async (
  { registry, sessions }: AdmissionParts,
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
  const address = await registry.gatewayOf(certificateId);
  if (!address) return { refused: `certificate ${certificateId.slice(0, 12)} is revoked or was never registered` };
  if (client.id !== address.gateway)
    return { refused: `client id ${printable(client.id)} is not the gateway ${address.gateway} of its certificate` };
  const upTopics = new Map(UP_CHANNELS.map((channel) => [topicOf(address, channel), channel]));
  if (willTopic !== undefined && !upTopics.has(willTopic))
    return { refused: `gateway ${address.gateway} asked for a will on ${printable(willTopic)}` };
  return { address, upTopics, commandTopic: topicOf(address, COMMAND_CHANNEL) };
};

const certificateIdOfConnection = ({ conn }: Client): string | undefined => {
  const der = conn instanceof TLSSocket ? conn.getPeerX509Certificate()?.raw : undefined;
  return der && certificateIdOf(der);
};

/** Device-chosen text, fit for a log line. */
export const printable = (text: string): string => JSON.stringify(text.slice(0, 120));
