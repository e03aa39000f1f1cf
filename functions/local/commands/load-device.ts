import type { HomeDevice } from '@hems/models/testing/home';
import { seedOf } from '@hems/models/testing/random';
import { command } from '@hems/shared/events/commands';
import type { HealthMessage } from '@hems/shared/events/health';
import type { BatchMessage, BatchPoint, ReadingMessage } from '@hems/shared/events/telemetry';
import type { UpChannel } from '@hems/shared/events/topics';
import { obey, type Obedience } from '../demo/obey.ts';
import type { GatewayParts } from '../demo/mqtt-session.ts';
import { codeOf, connection } from './load-connection.ts';

/** What a device tells its generator; counted there. */
export type DeviceEvents = {
  readonly connected: (ms: number) => void;
  readonly failed: (reason: string) => void;
  /** a message with these points was acknowledged so long after it was sent */
  readonly acknowledged: (points: readonly BatchPoint[], ms: number) => void;
};

export type DeviceParts = GatewayParts & {
  readonly device: HomeDevice;
  /** what it shows at an instant, from the simulator */
  readonly look: (atMs: number) => Omit<BatchPoint, 'seq'>;
  readonly on: DeviceEvents;
};

/** A device that connects by itself and reports; what it could not send, or what was not acknowledged, it owes. */
export type LoadDevice = {
  connected(): boolean;
  /** resolves when the first attempt is over; goes on trying */
  connect(): Promise<void>;
  /** a reading each `everyMs`, at a moment of its own within it, unless an order asks for more */
  report(everyMs: number): void;
  /** the connection breaks; it is tried again after `awayMs` and a pause */
  drop(awayMs: number): void;
  /** messages and points that are not acknowledged yet */
  owed(): number;
  end(): void;
};

/** Messages under way at a time; a device whose broker is slower than that keeps its points, and owes them. */
const UNDER_WAY_MAX = 5;
const BATCH_POINTS = 240;
const MINUTE_MS = 60_000;
const NOTHING: Obedience = { orders: { off: [] }, reporting: undefined, answers: [] };

/** Calls `speak` once a pause, at the device's own moment within it, so that a fleet does not speak at once. */
const rhythm = (deviceId: string, everyMs: () => number, speak: () => void) => {
  const phase = (seedOf('load phase', deviceId) % 10_000) / 10_000;
  let timer: NodeJS.Timeout | undefined;
  const begin = (): void => {
    clearTimeout(timer);
    const [now, every] = [Date.now(), everyMs()];
    const at = Math.floor(now / every - phase + 1) * every + phase * every;
    // a timer may ring a moment early, and would then ring for the same moment again
    const ms = Math.ceil(at - now) + 1;
    timer = setTimeout(() => {
      speak();
      begin();
    }, ms);
  };
  return { begin, end: () => clearTimeout(timer) };
};

/** The pause in force: the device's own, or the shorter one that an order asked for. */
const pauseOf = (own: number, { reporting }: Obedience): number =>
  reporting && Date.now() < reporting.untilMs ? Math.min(own, reporting.seconds * 1000) : own;

export const loadDevice = (parts: DeviceParts): LoadDevice => {
  const { device, look, on } = parts;
  const owed: BatchPoint[] = [];
  let [seq, underWay, lastTs] = [0, 0, 0];
  let asked = MINUTE_MS;
  let obedience = NOTHING;

  const line = connection(parts, {
    connected: (ms) => {
      on.connected(ms);
      const said = { v: 1, ts: Date.now(), hello: true, version: 'load-1', queue_depth: owed.length } as const;
      publish('health', { ...said, oldest_s: 0, devices: [] } satisfies HealthMessage, []);
      sendOwed();
    },
    failed: on.failed,
    order: (payload) => take(payload),
  });
  const publish = (channel: UpChannel, body: object, points: readonly BatchPoint[]): void => {
    const from = performance.now();
    underWay += 1;
    line.publish(channel, body, (error) => {
      underWay -= 1;
      if (error) on.failed(`publish: ${codeOf(error)}`);
      else on.acknowledged(points, performance.now() - from);
      sendOwed();
    });
  };
  const sendOwed = (): void => {
    if (owed.length === 0 || !line.connected() || underWay >= UNDER_WAY_MAX) return;
    const points = owed.splice(0, BATCH_POINTS);
    publish('batch', { v: 1, boot: 1, seq: (seq += 1), sent: Date.now(), points } satisfies BatchMessage, points);
  };
  const speak = (): void => {
    // one reading of an instant
    lastTs = Math.max(Date.now(), lastTs + 1);
    const point: BatchPoint = { ...look(lastTs), seq: (seq += 1) };
    if (!line.connected() || underWay >= UNDER_WAY_MAX) owed.push(point);
    else publish('reading', { v: 1, boot: 1, ...point } satisfies ReadingMessage, [point]);
  };
  const pace = rhythm(device.deviceId, () => pauseOf(asked, obedience), speak);
  const take = (payload: Buffer): void => {
    const order = command.parse(JSON.parse(payload.toString()));
    const answer = obey([device], obedience, { order, nowMs: Date.now() });
    obedience = answer.obedience;
    for (const result of answer.results) publish('cmd/result', result, []);
    pace.begin();
  };
  return {
    connected: line.connected,
    connect: line.open,
    report: (ms) => {
      asked = ms;
      pace.begin();
    },
    drop: line.drop,
    owed: () => owed.length + underWay,
    end: () => {
      pace.end();
      line.end();
    },
  };
};
