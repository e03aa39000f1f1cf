import mqtt, { type MqttClient } from 'mqtt';
import { topicOf, type UpChannel } from '@hems/shared/events/topics';
import { gatewayOptions, type GatewayParts } from '../demo/mqtt-session.ts';

export type ConnectionEvents = {
  /** CONNACK so long after the attempt began, ms */
  readonly connected: (ms: number) => void;
  readonly failed: (reason: string) => void;
  readonly order: (payload: Buffer) => void;
};

/** A device's own connection: mutual TLS, QoS 1, tried again for as long as it is not ended, after a pause with full jitter. */
export type Connection = {
  readonly connected: () => boolean;
  /** resolves when the first attempt has succeeded or failed */
  readonly open: () => Promise<void>;
  /** what is under way when the connection breaks is sent again after it is back, and answered then */
  publish(channel: UpChannel, body: object, answered: (error: Error | undefined) => void): void;
  /** breaks it; the next attempt comes after `awayMs` and a pause */
  readonly drop: (awayMs: number) => void;
  end(): void;
};

const FIRST_PAUSE_MS = 1000;
const MAX_PAUSE_MS = 30_000;
const KEEP_ALIVE_S = 300;

/** Full jitter: anything from nothing to a limit that doubles. */
export const pauseMs = (attempt: number, random: number): number =>
  1 + Math.floor(random * Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt));

export const codeOf = (error: Error): string => ('code' in error ? String(error.code) : error.message);

const connect = (parts: GatewayParts): MqttClient =>
  mqtt.connect({
    ...gatewayOptions(parts),
    keepalive: KEEP_ALIVE_S,
    reconnectPeriod: pauseMs(0, Math.random()),
  });

export const connection = (parts: GatewayParts, on: ConnectionEvents): Connection => {
  let client: MqttClient | undefined;
  let [attempt, since] = [0, 0];
  let ended = false;

  const listen = (own: MqttClient, settled: () => void): void => {
    const setPause = (): void => void (own.options.reconnectPeriod = pauseMs(attempt, Math.random()));
    const failed = (error: Error): void => {
      if (!ended) on.failed(codeOf(error));
    };
    own.on('connect', () => {
      attempt = 0;
      setPause();
      own.subscribe(topicOf(parts.address, 'cmd'), { qos: 1 }, (error) => {
        if (error) failed(error);
      });
      on.connected(performance.now() - since);
      settled();
    });
    own.on('reconnect', () => void (since = performance.now()));
    own.on('close', () => {
      attempt += 1;
      // the pause before the coming attempt has begun already; this is the one after it
      setPause();
      settled();
    });
    own.on('error', failed);
    own.on('message', (_topic, payload) => on.order(payload));
  };
  return {
    connected: () => client?.connected ?? false,
    open: async () =>
      await new Promise<void>((resolve) => {
        since = performance.now();
        client = connect(parts);
        listen(client, resolve);
      }),
    publish: (channel, body, answered) => {
      client?.publish(topicOf(parts.address, channel), JSON.stringify(body), { qos: 1 }, (error) => {
        if (!ended) answered(error ?? undefined);
      });
    },
    drop: (awayMs) => {
      if (!client) return;
      client.options.reconnectPeriod = awayMs + pauseMs(0, Math.random());
      client.stream.destroy();
    },
    end: () => {
      ended = true;
      client?.end(true);
    },
  };
};
