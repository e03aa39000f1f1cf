import { randomUUID } from 'node:crypto';
import type { AedesOptions, Client } from 'aedes';
import { isHello } from '@hems/shared/events/health';
import { PROVISIONING_STEPS, provisioningTopic } from '@hems/shared/events/provisioning';
import { MAX_MESSAGE_BYTES } from '@hems/shared/events/telemetry';
import type { Clock } from '../../ports/clock.ts';
import { admit, printable, type AdmissionParts, type Admitted } from './admission.ts';
import type { Presence } from './presence.ts';
import type { Provisioning } from './provisioning.ts';
import type { Uplink } from './uplink.ts';

export type PolicyParts = AdmissionParts & {
  readonly uplink: Uplink;
  readonly presence: Presence;
  readonly provisioning: Provisioning;
  readonly clock: Clock;
  /** a connection was turned away, and why */
  readonly refuse: (client: Client, reason: string) => void;
};

export type Policy = {
  readonly hooks: Required<
    Pick<AedesOptions, 'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe'>
  >;
  readonly gatewayOf: (client: Client) => string | undefined;
  /** from now on nothing that arrives is taken or acknowledged */
  readonly stop: () => void;
};

type Connection = Admitted & { readonly send: ReturnType<Uplink['sender']> };

/** Who may connect, publish and subscribe. An error as answer disconnects, as AWS IoT Core does. */
export const policy = (parts: PolicyParts): Policy => {
  const connections = new WeakMap<Client, Connection>();
  const willTopics = new WeakMap<Client, string>();
  let stopped = false;

  const authenticate = async (client: Client): Promise<boolean> => {
    const admission = await admit(parts, client, willTopics.get(client));
    if ('refused' in admission) {
      parts.refuse(client, admission.refused);
      return false;
    }
    connections.set(client, { ...admission, send: parts.uplink.sender() });
    parts.presence.admitted(client, admission.certificateId);
    return true;
  };
  /**
   * aedes writes the PUBACK between this hook and `published`. Holding the answer back until the message is durable is what makes an
   * acknowledgement mean something.
   */
  const authorizePublish: Policy['hooks']['authorizePublish'] = (client, packet, answer) => {
    const connection = client && connections.get(client);
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    const forbidden = forbiddenPublish(packet.qos, payload.length);
    if (forbidden) return answer(new Error(forbidden));
    if (stopped) return undefined;
    const taken = connection && takeUp(parts, { client, connection }, { topic: packet.topic, payload, answer });
    return taken ? undefined : answer(new Error(`may not publish to ${printable(packet.topic)}`));
  };
  return {
    hooks: {
      preConnect: (client, packet, answer) => {
        if (packet.will) willTopics.set(client, packet.will.topic);
        answer(null, true);
      },
      authenticate: (...[client, , , answer]) => {
        authenticate(client).then(
          (admitted) => answer(null, admitted),
          (error: unknown) => {
            parts.refuse(client, `the registry failed: ${String(error)}`);
            answer(null, false);
          },
        );
      },
      authorizePublish,
      authorizeSubscribe: (client, subscription, answer) => {
        const own = connections.get(client)?.downTopics.has(subscription.topic);
        if (own) answer(null, subscription);
        else answer(new Error(`may not subscribe to ${printable(subscription.topic)}`));
      },
    },
    gatewayOf: (client) => connections.get(client)?.address?.gateway,
    stop: () => {
      stopped = true;
    },
  };
};

type Published = {
  readonly topic: string;
  readonly payload: Buffer;
  readonly answer: (error: Error | null | undefined) => void;
};

/** Hands a message to whoever it is for, who answers it; false when the connection may not send it. */
const takeUp = (
  { provisioning, clock }: PolicyParts,
  { client, connection }: { readonly client: Client; readonly connection: Connection },
  { topic, payload, answer }: Published,
): boolean => {
  const { certificateId, address, upTopics, send } = connection;
  const step = PROVISIONING_STEPS.find((one) => provisioningTopic(one) === topic);
  if (step) {
    void provisioning(step, { client, certificateId, payload }).then(() => answer(null));
    return true;
  }
  const channel = upTopics.get(topic);
  if (!address || !channel) return false;
  if (channel === 'health' && !isHello(payload.toString())) {
    // no rule takes it
    answer(null);
    return true;
  }
  const base64 = payload.toString('base64');
  const event = { payload: base64, channel, ...address, received: clock.now(), correlation: randomUUID() };
  send({ event, bytes: payload.length, done: answer });
  return true;
};

const forbiddenPublish = (qos: number, bytes: number): string | undefined => {
  if (qos > 1) return 'QoS 2 is not offered';
  if (bytes > MAX_MESSAGE_BYTES) return `sent ${bytes} bytes of payload, ${MAX_MESSAGE_BYTES} are allowed`;
  return undefined;
};
