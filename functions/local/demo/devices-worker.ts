import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import type { HomeDay } from '@hems/models/testing/home-days';
import { replayDays } from '@hems/models/testing/replay-days';
import type { Clock } from '../../ports/clock.ts';
import { passingClock } from '../clock.ts';
import { memoryFile } from './gateway-memory.ts';
import { startGateway, type Gateway, type GatewayParts } from './gateway.ts';
import { fillHistory, live } from './live.ts';
import { replayedHome, simulatedHome } from './living-home.ts';
import { race } from './race.ts';
import { simulatedPast } from './simulated-homes.ts';
import type { FromWorker, GatewaySpec, Request, ToWorker, Work } from './worker-messages.ts';

/** The thread of the demo devices: like devices in homes they do not share the host's event loop. */

const port = parentPort;
if (!port) throw new Error('devices-worker.ts is started by devices.ts as a worker thread');

const post = (message: FromWorker): void => port.postMessage(message);
const say = (line: string): void => post({ say: line });
const stopping = new AbortController();
const { signal } = stopping;
const stopped = once(signal, 'abort');

let requests = 0;
const waiting = new Map<number, () => void>();
/** Resolves when the host has done it. */
const ask = async (request: Request): Promise<void> => {
  const number = (requests += 1);
  const done = new Promise<void>((resolve) => waiting.set(number, resolve));
  post({ request, number });
  await done;
};

type Devices = { readonly gateways: readonly Gateway[]; readonly clock: Clock };
/** Simulated time while a replay catches up. */
let simulatedMs: number | undefined;

const startOne = (
  spec: GatewaySpec,
  common: Pick<GatewayParts<never>, 'broker' | 'clock' | 'say'>,
): Promise<Gateway> => {
  if (spec.type === 'simulated') {
    const home = simulatedHome(spec.home);
    return startGateway({ ...spec, ...common, home, file: memoryFile(spec.memoryPath, home) });
  }
  const home = replayedHome(spec.replay);
  return startGateway({ ...spec, ...common, home, file: memoryFile(spec.memoryPath, home) });
};

const catchUp = async ({ gateways }: Devices, replay: NonNullable<Work['replay']>): Promise<void> => {
  const began = performance.now();
  const advanceTo = async (ms: number): Promise<void> => {
    await ask({ advanceTo: ms });
    simulatedMs = ms;
  };
  await race(gateways, { ...replay, signal, say, advanceTo });
  if (signal.aborted) return;
  simulatedMs = undefined;
  post({ present: true });
  say(`replay: caught up with the present after ${((performance.now() - began) / 1000).toFixed(1)} s`);
};

/** A month at a time, so that live readings go out in between. */
const DAYS_AT_A_TIME = 31;

const pastOf = (spec: GatewaySpec): Iterable<HomeDay> =>
  spec.type === 'simulated' ? simulatedPast(spec) : replayDays(spec.replay, ...spec.totals);

const handOverTotals = async (spec: GatewaySpec, gateway: Gateway): Promise<void> => {
  if (gateway.totalsDone()) return;
  let totals: HomeDay[] = [];
  for (const day of pastOf(spec)) {
    if (signal.aborted) return;
    totals.push(day);
    if (totals.length < DAYS_AT_A_TIME) continue;
    await ask({ totals, gateway: gateway.id });
    totals = [];
  }
  if (totals.length > 0) await ask({ totals, gateway: gateway.id });
  await gateway.setTotalsDone();
};

const GAPS_EVERY_MS = 5000;
/** What a broken connection or a sleeping machine leaves out later. */
const fillGaps = async ({ gateways, clock }: Devices): Promise<void> => {
  while (!signal.aborted) {
    await sleep(GAPS_EVERY_MS, undefined, { signal }).catch(() => undefined);
    await fillHistory(gateways, { signal, clock, say });
  }
};

const run = async (devices: Devices, { replay, gateways: specs }: Work): Promise<void> => {
  const { gateways, clock } = devices;
  const handOver = async (): Promise<void> => {
    for (const [index, spec] of specs.entries()) {
      const gateway = gateways[index];
      if (gateway) await handOverTotals(spec, gateway);
    }
  };
  if (replay) {
    // first, so that the runs of the replayed days know the home's past
    await handOver();
    await catchUp(devices, replay);
  }
  const lives = gateways.map((gateway) => live(gateway, { signal, clock, say }));
  await fillHistory(gateways, { signal, clock, say });
  if (!replay) await handOver();
  post({ ready: true });
  await Promise.all([...lives, fillGaps(devices)]);
};

const main = async (work: Work): Promise<void> => {
  simulatedMs = work.replay?.startMs;
  const passing = passingClock(work.aheadMs);
  const clock: Clock = { now: () => simulatedMs ?? passing.now() };
  pass = (ms) => passing.pass(ms);
  const gateways = await Promise.all(work.gateways.map((spec) => startOne(spec, { broker: work.broker, clock, say })));
  silence = (id) => gateways.forEach((gateway) => gateway.silence(id));
  pass = (ms) => {
    passing.pass(ms);
    // what is due by then is told at once
    gateways.forEach((gateway) => gateway.wake());
  };
  await Promise.race([run({ gateways, clock }, work), stopped]);
  await Promise.all(gateways.map((gateway) => gateway.close()));
  process.exit(0);
};

let silence = (_id: string): void => undefined;
let pass = (_ms: number): void => undefined;

port.on('message', (message: ToWorker) => {
  // a failure here ends the thread, and the host hears of it
  if ('start' in message) void main(message.start);
  else if ('done' in message) {
    waiting.get(message.done)?.();
    waiting.delete(message.done);
  } else if ('silence' in message) silence(message.silence);
  else if ('pass' in message) pass(message.pass);
  else stopping.abort();
});
