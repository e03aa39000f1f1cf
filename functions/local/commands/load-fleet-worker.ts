import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { aHome } from '@hems/models/testing/home';
import { simulatedHome } from '../demo/living-home.ts';
import type { BatchPoint } from '@hems/shared/events/telemetry';
import { loadDevice, type DeviceEvents, type DeviceParts, type LoadDevice } from './load-device.ts';
import { percentiles, type Percentiles } from './load-figures.ts';
import {
  fleet,
  fleetOrder,
  empty,
  type Fleet,
  type FleetFigures,
  type FleetHome,
  type FleetOrder,
} from './load-messages.ts';
import { serveParent } from './load-process.ts';

/** All devices of a load run, in a process of their own: so many connections, each with its own certificate and its part of a simulated home. */
const HOST = '127.0.0.1';
const MINUTE_MS = 60_000;
const LOOK_MS = 100;

type Tally = {
  sinceMs: number;
  cpu: NodeJS.CpuUsage;
  messages: number;
  points: number;
  readonly acknowledged: number[];
  readonly stored: number[];
  readonly connecting: number[];
  readonly failures: Record<string, number>;
};
const newTally = (): Tally => ({
  sinceMs: performance.now(),
  cpu: process.cpuUsage(),
  messages: 0,
  points: 0,
  acknowledged: [],
  stored: [],
  connecting: [],
  failures: {},
});

let tally = newTally();
let devices: LoadDevice[] = [];
/** what was acknowledged, ever: the instants of each device */
const acknowledged = new Map<string, number[]>();

const eventsOf = (deviceId: string): DeviceEvents => {
  const own: number[] = [];
  acknowledged.set(deviceId, own);
  return {
    connected: (ms) => void tally.connecting.push(ms),
    failed: (reason) => void (tally.failures[reason] = (tally.failures[reason] ?? 0) + 1),
    acknowledged: (points, ms) => {
      if (points.length === 0) return;
      tally.messages += 1;
      tally.points += points.length;
      if (points.length === 1) tally.acknowledged.push(ms);
      const now = Date.now();
      for (const { ts } of points) {
        own.push(ts);
        tally.stored.push(now - ts);
      }
    },
  };
};

/** A home that lives minute by minute, looked at by each of its devices in turn. */
const livingHome = (seed: number): ((deviceId: string, atMs: number) => Omit<BatchPoint, 'seq'>) => {
  const home = simulatedHome(aHome(seed));
  // an hour of its life lies behind it, so that its registers and its battery have moved
  let state = home.begin(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - 60 * MINUTE_MS);
  return (deviceId, atMs) => {
    state = home.step(state, atMs);
    const draft = home.look(state, atMs).find((one) => one.deviceId === deviceId);
    if (!draft) throw new Error(`the home of seed ${seed} has no device ${deviceId}`);
    return { device_id: deviceId, kind: draft.kind, ts: atMs, q: draft.q, ...draft.quantities };
  };
};

const devicesOf = ({ caPem }: Fleet, port: number, { seed, telemetryId, devices: own }: FleetHome): LoadDevice[] => {
  const look = livingHome(seed);
  const known = simulatedHome(aHome(seed)).devices;
  return own.map(({ deviceId, credentials }) => {
    const device = known.find((one) => one.deviceId === deviceId);
    if (!device) throw new Error(`the home of seed ${seed} has no device ${deviceId}`);
    const parts: DeviceParts = {
      address: { household: telemetryId, gateway: deviceId },
      device,
      credentials,
      broker: { host: HOST, port, caPem },
      look: (atMs) => look(deviceId, atMs),
      on: eventsOf(deviceId),
    };
    return loadDevice(parts);
  });
};

const connectedNow = (): number => devices.filter((one) => one.connected()).length;
const owedNow = (): number => devices.reduce((sum, one) => sum + one.owed(), 0);
const spreadOf = (values: readonly number[]): Percentiles => (values.length === 0 ? empty : percentiles(values));

const figures = (): FleetFigures => {
  const seconds = (performance.now() - tally.sinceMs) / 1000;
  const { user, system } = process.cpuUsage(tally.cpu);
  return {
    seconds,
    messages: tally.messages,
    points: tally.points,
    acknowledged: spreadOf(tally.acknowledged),
    stored: spreadOf(tally.stored),
    connects: tally.connecting.length,
    connecting: spreadOf(tally.connecting),
    connected: connectedNow(),
    owed: owedNow(),
    failures: tally.failures,
    cpuShare: (user + system) / 1e6 / seconds,
    rssMb: process.memoryUsage.rss() / 2 ** 20,
  };
};

/** Resolves when it holds, or the time is over. */
const until = async (holds: () => boolean, withinMs: number): Promise<void> => {
  const deadline = performance.now() + withinMs;
  while (!holds() && performance.now() < deadline) await sleep(LOOK_MS);
};

type Ramp = Extract<FleetOrder, { readonly ramp: unknown }>['ramp'];

/** Connects them, so many at a time; each begins to report when its first attempt is over. Who has not begun when the time is over stays outside. */
const ramp = async ({ atATime, everyMs, withinMs }: Ramp): Promise<void> => {
  const deadline = performance.now() + withinMs;
  const waiting = devices.values();
  const lane = async (): Promise<void> => {
    for (const device of waiting) {
      if (performance.now() > deadline) return;
      await device.connect();
      device.report(everyMs);
    }
  };
  await Promise.all(Array.from({ length: atATime }, lane));
  await until(() => connectedNow() === devices.length, deadline - performance.now());
};

const CLOSING_MS = 1000;

const carryOut = async (order: FleetOrder): Promise<unknown> => {
  if ('open' in order) {
    const { fleetFile, port } = order.open;
    const one = fleet.parse(JSON.parse(await readFile(fleetFile, 'utf8')));
    devices = one.homes.flatMap((home) => devicesOf(one, port, home));
    return { devices: devices.length };
  }
  if ('finish' in order) {
    for (const device of devices) device.end();
    await sleep(CLOSING_MS);
    await writeFile(order.finish.acknowledgedFile, JSON.stringify([...acknowledged]));
    return undefined;
  }
  tally = newTally();
  if ('ramp' in order) await ramp(order.ramp);
  else if ('report' in order) {
    for (const device of devices) device.report(order.report.everyMs);
    await sleep(order.report.seconds * 1000);
  } else if ('away' in order) {
    const { awayMs, withinMs } = order.away;
    for (const device of devices) device.drop(awayMs);
    await sleep(awayMs);
    // what follows is what the broker sees: everybody comes back in one moment
    Object.assign(tally, { sinceMs: performance.now(), cpu: process.cpuUsage() });
    await until(() => connectedNow() === devices.length && owedNow() === 0, withinMs);
  } else {
    for (const device of devices) device.report(order.settle.everyMs);
    await until(() => connectedNow() === devices.length && owedNow() === 0, order.settle.withinMs);
  }
  return figures();
};

const end = async (): Promise<void> => {
  for (const device of devices) device.end();
};

serveParent(async (request) => await carryOut(fleetOrder.parse(request)), end);
