import mqtt, { type MqttClient } from 'mqtt';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '@hems/models/testing/random';
import { topicOf } from '@hems/shared/events/topics';
import type { Credentials } from '../demo/credentials.ts';
import { storyOf, type Message, type ReadingHome } from './meter-story.ts';

/** What a gateway remembers through every death of the host: what was acknowledged, and what it still owes. */
export type GatewayLoad = {
  readonly home: ReadingHome;
  readonly acknowledged: Message[];
  /** sent and not acknowledged yet */
  readonly owed: () => readonly Message[];
  /** sends until `signal`; what was not acknowledged then is sent again in the next life */
  live(place: { readonly mqttPort: number; readonly signal: AbortSignal; readonly paceMs: number }): Promise<void>;
  /** sends what is owed, and nothing new */
  finish(place: { readonly mqttPort: number; readonly signal: AbortSignal }): Promise<void>;
};

const IN_FLIGHT = 24;
/** One message in so many is sent once more though it was acknowledged: its gateway did not hear that. */
const REPEATED = 0.04;

type Parts = {
  readonly home: ReadingHome;
  readonly credentials: Credentials;
  readonly caPem: string;
  readonly untilMs: number;
  readonly random: Random;
};

const connected = async ({ home, credentials, caPem }: Parts, mqttPort: number): Promise<MqttClient> => {
  const client = await mqtt.connectAsync(
    `mqtts://127.0.0.1:${mqttPort}`,
    {
      clientId: home.gateway,
      ca: caPem,
      cert: credentials.certificatePem,
      key: credentials.privateKeyPem,
      clean: true,
      reconnectPeriod: 0,
      connectTimeout: 4000,
    },
    false,
  );
  // the host dies under it, again and again
  client.on('error', () => undefined);
  return client;
};

export const gatewayLoad = (parts: Parts): GatewayLoad => {
  const { home, random } = parts;
  const story = storyOf(home, parts.untilMs);
  const acknowledged: Message[] = [];
  const owed = new Set<Message>();
  const address = { household: home.telemetryId, gateway: home.gateway };

  const publish = async (client: MqttClient, message: Message): Promise<void> => {
    await client.publishAsync(topicOf(address, message.channel), message.payload, { qos: 1 });
    if (owed.delete(message)) acknowledged.push(message);
  };
  const next = (): Message | undefined => {
    const old = random() < REPEATED ? acknowledged[Math.floor(random() * acknowledged.length)] : undefined;
    const message = old ?? story.next().value;
    if (message && !old) owed.add(message);
    return message;
  };
  const session = async (
    { mqttPort, signal }: { readonly mqttPort: number; readonly signal: AbortSignal },
    send: (client: MqttClient) => Promise<void>,
  ): Promise<void> => {
    const client = await connected(parts, mqttPort).catch(() => undefined);
    if (!client) return;
    const gone = new Promise<void>((resolve) => {
      client.once('close', resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await Promise.race([send(client).catch(() => undefined), gone]);
    client.end(true);
  };
  /** in another order than the first time */
  const repay = async (client: MqttClient): Promise<void> => {
    const all = [...owed].map((message) => ({ message, at: random() })).toSorted((a, b) => a.at - b.at);
    for (let from = 0; from < all.length; from += IN_FLIGHT)
      await Promise.all(all.slice(from, from + IN_FLIGHT).map(({ message }) => publish(client, message)));
  };
  return {
    home,
    acknowledged,
    owed: () => [...owed],
    live: async ({ mqttPort, signal, paceMs }) =>
      await session({ mqttPort, signal }, async (client) => {
        await repay(client);
        const underWay = new Set<Promise<void>>();
        while (!signal.aborted && client.connected) {
          const message = next();
          if (!message) return;
          const one = publish(client, message)
            .catch(() => undefined)
            .finally(() => underWay.delete(one));
          underWay.add(one);
          if (underWay.size >= IN_FLIGHT) await Promise.race(underWay);
          await sleep(paceMs);
        }
      }),
    finish: async ({ mqttPort, signal }) => {
      while (owed.size > 0 && !signal.aborted) await session({ mqttPort, signal }, repay);
    },
  };
};
