import { slotStart } from '@hems/models/calendar/seoul';
import type { Draft } from '@hems/models/testing/home-points';
import { Q } from '@hems/models/reading/quality';
import { command, type CommandResult } from '@hems/shared/events/commands';
import type { HealthMessage } from '@hems/shared/events/health';
import type { BatchMessage, BatchPoint, ReadingMessage } from '@hems/shared/events/telemetry';
import type { GatewayAddress } from '@hems/shared/events/topics';
import type { Clock } from '../../ports/clock.ts';
import type { Credentials } from './credentials.ts';
import type { Memory, MemoryFile } from './gateway-memory.ts';
import type { LivingHome } from './living-home.ts';
import { openMqttSession, type BrokerUrl } from './mqtt-session.ts';
import { obey, type Obedience } from './obey.ts';
import { firstOwed, owe } from './owed.ts';

type At = { readonly atMs: number };

export type GatewayParts<State extends At> = {
  readonly home: LivingHome<State>;
  readonly file: MemoryFile<State>;
  /** where the home begins when nothing is remembered of it */
  readonly beginMs: number;
  readonly address: GatewayAddress;
  readonly credentials: Credentials;
  readonly broker: BrokerUrl;
  readonly clock: Clock;
  readonly say: (line: string) => void;
};

/** A demo home's gateway: what its devices say goes out, and orders come in, over MQTT as with any other. */
export type Gateway = {
  readonly id: string;
  connected(): boolean;
  /** the pause between reports that is in force, ms */
  everyMs(): number;
  /** what to do at each order */
  onOrder(listener: () => void): void;
  /** Lives until `atMs` and sends what every device shows; quarter hours that were skipped on the way are owed. Resolves when all of it is acknowledged. */
  report(atMs: number): Promise<void>;
  /** how much of the past is still to be sent, ms */
  owedMs(): number;
  /** sends the next batch of it */
  sendOwed(): Promise<void>;
  /** The pause between reports is over, if by the clock it is. */
  wake(): void;
  /** Nothing more is heard of the device, or of all of them when it is the gateway's id. */
  silence(id: string): void;
  totalsDone(): boolean;
  setTotalsDone(): Promise<void>;
  close(): Promise<void>;
};

const VERSION = 'demo-1';
const EVERY_MS = 60_000;
/** About 50 KB. */
const BATCH_POINTS = 240;

/** What a gateway holds while it runs. */
type Running<State> = {
  memory: Memory<State>;
  reporting: Obedience['reporting'];
  ordered: () => void;
  seq: number;
  readonly silent: Set<string>;
};

/** What was kept, or a beginning; the time since is lived through, and owed. */
const remember = async <State extends At>({
  home,
  file,
  beginMs,
  clock,
}: GatewayParts<State>): Promise<Memory<State>> => {
  const kept = await file.read();
  const before = { home: home.begin(beginMs), owed: [], answers: [], totalsDone: false, ...kept };
  const memory = { ...before, ...owe(home, before, clock.now()), boot: (kept?.boot ?? 0) + 1 };
  await file.write(memory);
  return memory;
};

/** Changes what is held as the order says; answers once that is safe on disk. */
const takeOrder = async <State extends At>(
  { home, file, clock }: GatewayParts<State>,
  running: Running<State>,
  payload: Buffer,
): Promise<CommandResult[]> => {
  const order = command.parse(JSON.parse(payload.toString()));
  const { memory, reporting } = running;
  const before = { orders: home.orders(memory.home), reporting, answers: memory.answers };
  const { obedience, results } = obey(home.devices, before, { order, nowMs: clock.now() });
  const after = { ...memory, home: home.withOrders(memory.home, obedience.orders), answers: obedience.answers };
  Object.assign(running, { memory: after, reporting: obedience.reporting });
  running.ordered();
  await file.write(after);
  return results;
};

/** Numbers what is heard of the devices. */
const asBatchPoints = (running: Running<At>, gateway: string, drafts: readonly Draft[]): BatchPoint[] =>
  drafts
    .filter(({ deviceId }) => !running.silent.has(gateway) && !running.silent.has(deviceId))
    .map(({ deviceId, kind, ts, q, quantities }) => {
      running.seq += 1;
      return { device_id: deviceId, kind, ts, seq: running.seq, q, ...quantities };
    });

/** The readings of an instant, once the step to it is safe on disk: a kill in between repeats a quarter hour and never loses one. */
const live = async <State extends At>(
  { home, file, address }: GatewayParts<State>,
  running: Running<State>,
  atMs: number,
): Promise<ReadingMessage[]> => {
  const before = running.memory.home;
  running.memory = { ...running.memory, ...owe(home, running.memory, atMs) };
  const { home: state, boot } = running.memory;
  const points = asBatchPoints(running, address.gateway, home.look(state, atMs));
  if (slotStart(before.atMs) !== slotStart(state.atMs)) await file.write(running.memory);
  return points.map((point) => ({ v: 1, boot, ...point }));
};

export const startGateway = async <State extends At>(parts: GatewayParts<State>): Promise<Gateway> => {
  const { home, file, address, clock } = parts;
  const trouble = (reason: string): void => parts.say(`gateway ${address.gateway}: ${reason}`);
  const running: Running<State> = {
    memory: await remember(parts),
    reporting: undefined,
    ordered: () => undefined,
    seq: 0,
    silent: new Set(),
  };
  const change = async (part: Partial<Memory<State>>): Promise<void> => {
    running.memory = { ...running.memory, ...part };
    await file.write(running.memory);
  };
  const answer = async (payload: Buffer): Promise<void> => {
    for (const result of await takeOrder(parts, running, payload)) await session.publish('cmd/result', result);
  };
  const tellHealth = async (): Promise<void> => {
    const said = { v: 1, ts: clock.now(), hello: true, version: VERSION } as const;
    const health: HealthMessage = { ...said, queue_depth: 0, oldest_s: 0, devices: [] };
    await session.publish('health', health);
  };
  const session = openMqttSession(parts, {
    // what breaks before it is acknowledged is told at the next connection
    connected: () => void tellHealth().catch(() => undefined),
    order: (payload) => void answer(payload).catch((error: unknown) => trouble(`an order was lost: ${String(error)}`)),
    trouble,
  });

  return {
    id: address.gateway,
    connected: () => session.connected(),
    everyMs: () => {
      const { reporting } = running;
      return reporting && clock.now() < reporting.untilMs ? reporting.seconds * 1000 : EVERY_MS;
    },
    onOrder: (listener) => void (running.ordered = listener),
    report: async (atMs) => {
      const readings = await live(parts, running, atMs);
      await Promise.all(readings.map(async (reading) => await session.publish('reading', reading)));
    },
    owedMs: () => running.memory.owed.reduce((sum, { nextMs, toMs }) => sum + toMs - nextMs, 0),
    sendOwed: async () => {
      const { drafts, rest } = firstOwed(home, running.memory.owed, BATCH_POINTS);
      const late = drafts.map((draft) => ({ ...draft, q: draft.q | Q.sentLate }));
      const points = asBatchPoints(running, address.gateway, late);
      const { boot } = running.memory;
      const batch: BatchMessage = { v: 1, boot, seq: (running.seq += 1), sent: clock.now(), points };
      if (points.length > 0) await session.publish('batch', batch);
      await change({ owed: rest(running.memory.owed) });
    },
    silence: (id) => void running.silent.add(id),
    wake: () => running.ordered(),
    totalsDone: () => running.memory.totalsDone,
    setTotalsDone: () => change({ totalsDone: true }),
    close: async () => {
      await session.close();
      await file.write(running.memory);
    },
  };
};
