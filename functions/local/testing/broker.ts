import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import type { PresenceEvent } from '@hems/shared/events/presence';
import type { HookAnswer, HookRequest } from '@hems/shared/events/provisioning';
import type { RuleEvent } from '@hems/shared/events/rules';
import type { GatewayAddress } from '@hems/shared/events/topics';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { makeKey } from '../../adapters/embedded/signing-request.ts';
import type { Queue } from '../../ports/queue.ts';
import type { Table } from '../../ports/table.ts';
import { startBroker, type Broker } from '../broker/broker.ts';
import { uplink } from '../broker/uplink.ts';
import { certificateIdOfPem, openAuthority, type Authority, type KeyAndCertificate } from '../ca/authority.ts';
import { deviceRegistry } from '../ca/device-registry.ts';
import { liveSessions } from '../ca/sessions.ts';
import { systemClock } from '../clock.ts';
import { register, type Credentials } from '../demo/credentials.ts';

export type Handler = (events: RuleEvent[]) => Promise<unknown>;

/** A broker with its certificate authority and registry, in front of handlers that the test brings. */
export const aBroker = async (handlers: {
  ingest?: Handler;
  commandResult?: Handler;
  health?: Handler;
  presence?: (event: PresenceEvent) => Promise<unknown>;
  hook?: (request: HookRequest) => Promise<HookAnswer>;
  deadLetters?: Queue['send'];
  /** the one that the handlers know, where they know one */
  table?: Table;
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'hems-broker-'));
  const database = openDatabase(':memory:');
  const table = handlers.table ?? sqliteTable({ database, clock: systemClock });
  const authority = await openAuthority(join(folder, 'ca'), systemClock);
  const sessions = liveSessions();
  const registry = deviceRegistry({ table, authority, sessions });
  const taken: RuleEvent[] = [];
  const said: string[] = [];
  const present: PresenceEvent[] = [];
  const { privateKeyPem, signingRequestPem } = await makeKey();
  const claim = { privateKeyPem, certificatePem: await authority.certify(signingRequestPem) };
  const lanes = uplink({
    ingest: async (events) => {
      await handlers.ingest?.(events);
      taken.push(...events);
    },
    commandResult: handlers.commandResult ?? (async () => undefined),
    health: handlers.health ?? (async () => undefined),
    deadLetters: { ...noQueue, send: handlers.deadLetters ?? unexpected },
    say: (line) => said.push(line),
  });
  const broker = await startBroker({
    registry,
    sessions,
    claimCertificateId: certificateIdOfPem(claim.certificatePem),
    presence: async (event) => {
      await handlers.presence?.(event);
      present.push(event);
    },
    hook: handlers.hook ?? (async () => ({ allowProvisioning: false })),
    server: await authority.issueServer(),
    caPem: authority.caPem,
    port: 0,
    uplink: lanes,
    clock: systemClock,
    say: (line) => said.push(line),
  });
  return {
    broker,
    registry,
    authority,
    lanes,
    /** what the ingest handler has finished */
    taken,
    /** what the broker said of who came and went */
    present,
    said,
    /** what gateways leave the factory with */
    claim,
    gateway: async (address: GatewayAddress): Promise<Credentials> => await register(registry, address),
    close: async () => {
      await broker.close();
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
};
export type TestBroker = Awaited<ReturnType<typeof aBroker>>;

const unexpected = async (): Promise<never> => {
  throw new Error('not expected in this test');
};
const noQueue: Queue = {
  send: unexpected,
  receive: unexpected,
  acknowledge: unexpected,
  depth: unexpected,
  redrive: unexpected,
};

type Dial = { broker: Broker; authority: Authority };

export const dial = async (
  { broker, authority }: Dial,
  credentials: KeyAndCertificate | undefined,
  options: IClientOptions & { clientId: string },
): Promise<MqttClient> =>
  await mqtt.connectAsync(
    `mqtts://127.0.0.1:${broker.port}`,
    {
      reconnectPeriod: 0,
      connectTimeout: 2000,
      ca: authority.caPem,
      ...(credentials && { key: credentials.privateKeyPem, cert: credentials.certificatePem }),
      ...options,
    },
    false,
  );

/** Resolves when the broker has ended the connection. */
export const ended = async (client: MqttClient): Promise<void> => {
  if (!client.connected) return;
  client.on('error', () => undefined);
  await new Promise<void>((resolve) => client.once('close', () => resolve()));
};
