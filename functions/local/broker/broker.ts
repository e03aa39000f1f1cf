import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import type { Server } from 'node:net';
import { createServer, type TLSSocket, type TlsOptions } from 'node:tls';
import { Aedes, type Client } from 'aedes';
import { MAX_MESSAGE_BYTES } from '@hems/shared/events/telemetry';
import { topicOf } from '@hems/shared/events/topics';
import type { DeviceChannel } from '../../ports/device-channel.ts';
import type { KeyAndCertificate } from '../ca/authority.ts';
import type { LocalRegistry } from '../ca/device-registry.ts';
import type { AdmissionParts } from './admission.ts';
import { guardPackets } from './frame-guard.ts';
import { handshakesInTurn } from './handshakes.ts';
import { policy } from './policy.ts';
import { presence as presenceWords, type PresenceParts } from './presence.ts';
import { provisioning, type ProvisioningParts } from './provisioning.ts';
import { refusals } from './refusals.ts';
import type { Uplink } from './uplink.ts';

export type BrokerParts = AdmissionParts &
  PresenceParts &
  ProvisioningParts & {
    readonly registry: LocalRegistry;
    readonly server: KeyAndCertificate;
    readonly caPem: string;
    /** 0 takes any free port */
    readonly port: number;
    readonly uplink: Uplink;
  };

export type Broker = {
  readonly port: number;
  readonly channel: DeviceChannel;
  /** lets what has been taken become durable and be acknowledged, then closes every connection */
  close(): Promise<void>;
};

const HOST = '127.0.0.1';
/** Topic, identifiers and the fixed header of a PUBLISH come on top of its payload. */
const MAX_PACKET_BYTES = MAX_MESSAGE_BYTES + 1024;
const HANDSHAKE_MS = 10_000;
/** A device that does not read its own orders for this long is disconnected. */
const DRAIN_MS = 10_000;
const CLOSE_MS = 2000;
/** Connections that the kernel holds until they are taken; above what it allows it takes what it allows. */
const BACKLOG = 4096;

/** MQTT 3.1.1 over TLS with mutual authentication, on this machine only. */
export const startBroker = async (parts: BrokerParts): Promise<Broker> => {
  const refusal = refusals(parts.say);
  const turnedAway = new WeakSet<Client>();
  const presence = presenceWords(parts);
  const { hooks, gatewayOf, stop } = policy({
    ...parts,
    presence,
    provisioning: provisioning(parts),
    refuse: (client, reason) => {
      turnedAway.add(client);
      refusal(`a connection from ${addressOf(client)}`, reason);
    },
  });
  const aedes = await Aedes.createBroker({ connectTimeout: HANDSHAKE_MS, drainTimeout: DRAIN_MS, ...hooks });
  let closing = false;
  const onClientError = (client: Client, error: Error): void => {
    if (closing || turnedAway.has(client) || isNetworkNoise(error)) return;
    const gateway = gatewayOf(client);
    refusal(gateway ? `gateway ${gateway}` : `a connection from ${addressOf(client)}`, error.message);
  };
  aedes.on('clientError', onClientError);
  aedes.on('connectionError', onClientError);
  aedes.on('client', (client) => presence.connected(client));
  aedes.on('clientDisconnect', (client) => presence.ended(client));

  const secure = createServer(tlsOptions(parts), (socket) => {
    socket.setNoDelay(true);
    const client = aedes.handle(socket);
    guardPackets(socket, MAX_PACKET_BYTES, (bytes) => {
      const limit = `${MAX_MESSAGE_BYTES} of payload are allowed`;
      client.emit('error', new Error(`announced a packet of ${bytes} bytes, ${limit}`));
    });
  });
  secure.on('tlsClientError', (error: Error, { remoteAddress = HOST }: TLSSocket) => {
    if (!isNetworkNoise(error)) refusal(`a connection from ${remoteAddress}`, `TLS: ${error.message}`);
  });
  const line = handshakesInTurn(secure);
  const { server } = line;
  server.listen({ port: parts.port, host: HOST, backlog: BACKLOG });
  await once(server, 'listening');

  return {
    port: portOf(server),
    channel: commandChannel(aedes),
    close: async () => {
      closing = true;
      stop();
      line.close();
      await Promise.race([parts.uplink.drained(), pause(CLOSE_MS)]);
      // the last acknowledgements leave with the next turn of the loop
      await turn();
      await new Promise<void>((resolve) => aedes.close(resolve));
      await presence.told();
    },
  };
};

const tlsOptions = ({ server, caPem }: BrokerParts): TlsOptions => ({
  key: server.privateKeyPem,
  cert: server.certificatePem,
  ca: caPem,
  requestCert: true,
  rejectUnauthorized: true,
  minVersion: 'TLSv1.2',
  handshakeTimeout: HANDSHAKE_MS,
});

const commandChannel = (aedes: Aedes): DeviceChannel => ({
  send: async (gateway, command) => {
    const topic = topicOf(gateway, 'cmd');
    const payload = JSON.stringify(command);
    await new Promise<void>((resolve, reject) => {
      aedes.publish({ cmd: 'publish', topic, payload, qos: 1, retain: false, dup: false }, (error) =>
        error ? reject(error) : resolve(),
      );
    });
  },
});

const pause = async (ms: number): Promise<void> => {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, ms).unref();
  });
};

const addressOf = ({ conn }: Client): string => ('remoteAddress' in conn && conn.remoteAddress) || HOST;

/** Devices that go away: the network's words for it, and those of aedes when it cannot acknowledge any more. */
const isNetworkNoise = (error: Error): boolean =>
  error.message === 'connection closed' || ('code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE'));

const portOf = (server: Server): number => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the broker has no port');
  return address.port;
};
