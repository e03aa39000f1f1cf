import mqtt, { type IClientOptions } from 'mqtt';
import { topicOf, type GatewayAddress, type UpChannel } from '@hems/shared/events/topics';
import type { Credentials } from './credentials.ts';

export type BrokerUrl = { readonly host: string; readonly port: number; readonly caPem: string };

export type MqttSession = {
  connected(): boolean;
  /** resolves when the broker has acknowledged; a message under way when the connection breaks is sent again after it is back */
  publish(channel: UpChannel, body: object): Promise<void>;
  /** waits up to 2 s for what is under way */
  close(): Promise<void>;
};

const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 30_000;
const CLOSE_MS = 2000;

/** Doubling pauses, half of each random, so that a fleet does not come back in one moment. */
const pauseMs = (attempt: number): number => {
  const most = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
  return Math.round(most / 2 + (most / 2) * Math.random());
};

export type GatewayParts = {
  readonly broker: BrokerUrl;
  readonly address: GatewayAddress;
  readonly credentials: Credentials;
};

/** Mutual TLS with the gateway's own certificate, and a session that the broker keeps while it is away. */
export const gatewayOptions = ({ broker, address, credentials }: GatewayParts) =>
  ({
    protocol: 'mqtts',
    host: broker.host,
    port: broker.port,
    ca: broker.caPem,
    cert: credentials.certificatePem,
    key: credentials.privateKeyPem,
    clientId: address.gateway,
    clean: false,
    resubscribe: false,
  }) satisfies IClientOptions;

/** A gateway's connection: mutual TLS with its own certificate, QoS 1, listening to its orders also while it was away. */
export const openMqttSession = (
  parts: GatewayParts,
  on: {
    readonly order: (payload: Buffer) => void;
    readonly trouble: (reason: string) => void;
    readonly connected: () => void;
  },
): MqttSession => {
  let attempt = 0;
  let closing = false;
  const { address } = parts;
  const client = mqtt.connect({ ...gatewayOptions(parts), reconnectPeriod: pauseMs(0) });
  client.on('connect', () => {
    attempt = 0;
    on.connected();
    client.subscribe(topicOf(address, 'cmd'), { qos: 1 }, (error) => {
      if (error) on.trouble(`cannot listen to orders: ${error.message}`);
    });
  });
  client.on('close', () => {
    attempt += 1;
    client.options.reconnectPeriod = pauseMs(attempt);
  });
  client.on('error', (error) => {
    if (!closing) on.trouble(error.message);
  });
  client.on('message', (_topic, payload) => on.order(payload));
  return {
    connected: () => client.connected,
    publish: async (channel, body) => {
      await client.publishAsync(topicOf(address, channel), JSON.stringify(body), { qos: 1 });
    },
    close: async () => {
      closing = true;
      await Promise.race([client.endAsync(), new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref())]);
      client.end(true);
    },
  };
};
