import { readFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import type { MemorySample } from './load-figures.ts';
import { settleHomes, type Settled } from './load-homes.ts';
import { account, readKept, type Account } from './load-lost.ts';
import { commitOf, machine } from './load-machine.ts';
import { growthOf, minutely, watchMemory } from './load-memory.ts';
import {
  fleetFigures,
  hostFigures,
  hostProfile,
  hostSaid,
  hostStarted,
  type FleetOrder,
  type HostFigures,
  type HostOrder,
  type LoadRun,
  type PhaseFigures,
} from './load-messages.ts';
import { startPart, type Part } from './load-process.ts';
import { startResidents, type Residents } from './load-residents.ts';

type Step = {
  readonly name: string;
  readonly order: FleetOrder;
  /** where the host's time goes is sampled too */
  readonly profiled?: boolean;
};

export type LoadPlan = {
  readonly kind: LoadRun['kind'];
  readonly devices: number;
  readonly residents: number;
  readonly watchers: number;
  readonly steps: readonly Step[];
  /** what comes before it is no growth */
  readonly warmUpMinutes: number;
};

export type Say = (line: string) => void;

type Parts = {
  readonly host: Part;
  readonly fleet: Part;
  readonly askHost: (order: HostOrder) => Promise<unknown>;
  readonly askFleet: (order: FleetOrder) => Promise<unknown>;
  readonly read: () => Promise<HostFigures>;
};

const startParts = (): Parts => {
  const [host, fleet] = [startPart('load-host-worker.ts'), startPart('load-fleet-worker.ts')];
  const askHost = async (order: HostOrder): Promise<unknown> => await host.ask(order);
  return {
    host,
    fleet,
    askHost,
    askFleet: async (order) => await fleet.ask(order),
    read: async () => hostFigures.parse(await askHost({ figures: true })),
  };
};

const acknowledgements = z.array(z.tuple([z.string(), z.array(z.int())]));
const auditOf = async (folder: string, acknowledgedFile: string): Promise<Account> =>
  account(
    acknowledgements.parse(JSON.parse(await readFile(acknowledgedFile, 'utf8'))),
    await readKept(join(folder, 'hems.sqlite')),
  );

/** One step, and what devices, residents and host made of it. */
const measure = async (
  { askHost, askFleet, read }: Parts,
  residents: Residents,
  { name, order, profiled }: Step,
): Promise<PhaseFigures> => {
  residents.next();
  const [before, sinceMs] = [await read(), performance.now()];
  if (profiled) await askHost({ profile: 'start' });
  const fleet = fleetFigures.parse(await askFleet(order));
  const profile = profiled ? hostProfile.parse(await askHost({ profile: 'stop' })) : undefined;
  const after = await read();
  const hostCpuShare = (1000 * (after.cpuSeconds - before.cpuSeconds)) / (performance.now() - sinceMs);
  const phase = { name, fleet, http: residents.next(), hostCpuShare, hostRssMb: after.rssMb };
  return { ...phase, ...(profile && { profile }) };
};

type Order = {
  readonly folder: string;
  readonly plan: LoadPlan;
  readonly say: Say;
  /** ends every process of the run; what waits for them is rejected */
  readonly signal: AbortSignal;
};
type Place = Order & { readonly settled: Settled };
type Carried = {
  readonly phases: readonly PhaseFigures[];
  readonly samples: readonly MemorySample[];
  readonly said: LoadRun['said'];
  readonly acknowledgedFile: string;
};

/** Starts the host on what was settled, takes every step and stops it in order. */
const carryOut = async (parts: Parts, { folder, plan, settled, say, signal }: Place): Promise<Carried> => {
  const { host, fleet, askHost, askFleet, read } = parts;
  const memory = watchMemory(async () => ({ atMs: Date.now(), ...(await read()) }));
  const end = async (): Promise<void> => void (await Promise.all([fleet.end(), host.end()]));
  signal.addEventListener('abort', () => void end(), { once: true });
  try {
    signal.throwIfAborted();
    const start = { folder, demoFirst: plan.kind !== 'quick' };
    const { origin, mqttPort } = hostStarted.parse(await askHost({ start }));
    say(`host ready, process ${host.pid}; devices in process ${fleet.pid}`);
    await memory.look();
    await askFleet({ open: { fleetFile: settled.fleetFile, port: mqttPort } });
    const residents = await startResidents(origin, settled.residents, plan.watchers);
    const phases: PhaseFigures[] = [];
    for (const step of plan.steps) {
      const phase = await measure(parts, residents, step);
      phases.push(phase);
      say(phaseLine(phase));
    }
    await residents.stop();
    const acknowledgedFile = join(folder, 'load-acknowledged.json');
    await askFleet({ finish: { acknowledgedFile } });
    await memory.look();
    memory.stop();
    const said = hostSaid.parse(await askHost({ stop: true }));
    return { phases, samples: memory.samples, said, acknowledgedFile };
  } finally {
    memory.stop();
    await end();
  }
};

/** One run in a folder of its own: homes, host, devices and residents, then every acknowledged reading looked for in what the host left. */
export const loadRunOf = async (order: Order): Promise<LoadRun & { readonly lostOnes: Account['lost'] }> => {
  const { folder, plan, say } = order;
  const begun = new Date().toISOString();
  const loads = [loadavg()[0] ?? 0];
  const settled = await settleHomes(folder, plan);
  say(`${settled.devices} devices in ${settled.homes} homes settled in ${settled.seconds.toFixed(1)} s`);
  const { phases, samples, said, acknowledgedFile } = await carryOut(startParts(), { ...order, settled });
  loads.push(loadavg()[0] ?? 0);
  const { lost: lostOnes, ...counts } = await auditOf(folder, acknowledgedFile);
  return {
    kind: plan.kind,
    begun,
    commit: commitOf(),
    machine: machine(),
    devices: settled.devices,
    homes: settled.homes,
    residents: settled.residents.length,
    settling: { mintSeconds: settled.mintSeconds, seconds: settled.seconds },
    phases: [...phases],
    memory: minutely(samples),
    growth: growthOf(samples, plan.warmUpMinutes),
    loadAverage: loads,
    said,
    account: { ...counts, lost: lostOnes.length },
    lostOnes,
  };
};

const ms = (values: readonly number[]): string => values.map(Math.round).join('/');

const phaseLine = ({ name, fleet, http, hostCpuShare, hostRssMb }: PhaseFigures): string => {
  const { messages, seconds, connected, connects, connecting, owed, acknowledged, stored, cpuShare } = fleet;
  const parts = [
    `${connected} connected (${connects} in this phase, p50/p95 ${ms([connecting.p50, connecting.p95])} ms)`,
    `${Math.round(messages / seconds)} messages/s for ${seconds.toFixed(0)} s, ${owed} owed`,
    `acknowledged p50/p95/p99 ${ms([acknowledged.p50, acknowledged.p95, acknowledged.p99])} ms, stored p95 ${ms([stored.p95])} ms, seen p95 ${ms([http.freshness.p95])} ms`,
    `HTTP ${http.perSecond.toFixed(0)}/s, live p95 ${ms([http.byRoute.live.p95])} ms`,
    `host ${(100 * hostCpuShare).toFixed(0)} % of a core, ${ms([hostRssMb])} MB; generator ${(100 * cpuShare).toFixed(0)} %`,
  ];
  const wrong = Object.entries({ ...fleet.failures, ...http.errors }).map(([what, count]) => `${what}: ${count}`);
  return `${name}: ${[...parts, ...wrong].join('; ')}`;
};
