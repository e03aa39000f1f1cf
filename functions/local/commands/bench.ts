import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { topicOf } from '@hems/shared/events/topics';
import { blocksTelemetryStore } from '../../adapters/blocks/telemetry-store.ts';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { sqliteQueue } from '../../adapters/embedded/queue.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { handler as commandResult } from '../../events/command-result.ts';
import { handler as ingest } from '../../events/ingest.ts';
import * as ports from '../../runtime/ports.ts';
import { directory } from '../../use-cases/directory.ts';
import { putDevice, putProfile } from '../../use-cases/stores/households.ts';
import { startBroker } from '../broker/broker.ts';
import { uplink } from '../broker/uplink.ts';
import { openAuthority } from '../ca/authority.ts';
import { deviceRegistry } from '../ca/device-registry.ts';
import { register } from '../demo/credentials.ts';
import { liveSessions } from '../ca/sessions.ts';
import { systemClock } from '../clock.ts';
import { lambdaContext } from '../lambda-context.ts';
import { benchBills } from './bench-bills.ts';
import { benchFreshness } from './bench-freshness.ts';
import { profiled, type Profile } from './bench-profile.ts';
import { benchRun, runLine, type RunFigures } from './bench-run.ts';

/**
 * `npm run bench`: sustained ingest through broker (mutual TLS, QoS 1), handler and SQLite. A message counts when it has
 * been acknowledged, and it is acknowledged when it is durable. The publishers are another process on the same cores.
 */
const HOST = '127.0.0.1';

type Case = { readonly connections: number; readonly inFlight: number; readonly points: number };
const CASES: readonly Case[] = [
  { connections: 100, inFlight: 10, points: 1 },
  { connections: 1, inFlight: 1, points: 1 },
  { connections: 100, inFlight: 10, points: 60 },
];

const outcome = z.object({ messages: z.int(), seconds: z.number(), p50: z.number(), p95: z.number(), p99: z.number() });
type Outcome = z.infer<typeof outcome>;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const openHost = async (folder: string) => {
  const clock = systemClock;
  const database = openDatabase(join(folder, 'bench.sqlite'));
  const table = sqliteTable({ database, clock });
  ports.clock.use(clock);
  // nobody listens: what is measured ends where it is said
  ports.bus.use({ publish: async () => undefined });
  ports.table.use(table);
  ports.telemetry.use(blocksTelemetryStore(table, ports.pause));
  ports.directory.use(directory(table, clock));
  const authority = await openAuthority(join(folder, 'ca'), clock);
  const sessions = liveSessions();
  const registry = deviceRegistry({ table, authority, sessions });
  const lanes = uplink({
    ingest: (events) => ingest(events, lambdaContext('ingest', 30_000)),
    commandResult: (events) => commandResult(events, lambdaContext('command-result', 30_000)),
    health: async () => undefined,
    deadLetters: sqliteQueue({ database, clock }, { name: 'dead-letters', visibilitySeconds: 60, attempts: 5 }),
    say,
  });
  const broker = await startBroker({
    registry,
    sessions,
    claimCertificateId: '',
    presence: async () => undefined,
    hook: async () => ({ allowProvisioning: false }),
    server: await authority.issueServer(),
    caPem: authority.caPem,
    port: 0,
    uplink: lanes,
    clock,
    say,
  });
  return { database, table, registry, broker, caPem: authority.caPem };
};
type Host = Awaited<ReturnType<typeof openHost>>;

/** One household with one meter behind each connection. */
const addGateway = async ({ table, registry }: Host, name: string) => {
  const address = { household: `t-${name}`, gateway: name };
  const credentials = await register(registry, address);
  await putProfile(table, {
    householdId: `h-${name}`,
    telemetryId: address.household,
    buildingType: 'apartment',
  });
  const meter = { deviceId: `meter-${name}`, kind: 'smart_meter', name, gateway: name, status: 'active' } as const;
  await putDevice(table, `h-${name}`, meter);
  return { ...credentials, gateway: name };
};

const publish = async (host: Host, one: Case, seconds: number): Promise<{ result: Outcome; profile: Profile }> => {
  const channel = one.points === 1 ? 'reading' : 'batch';
  const names = Array.from(
    { length: one.connections },
    (_, index) => `g${one.connections}-${one.inFlight}-${one.points}-${index}`,
  );
  const gateways = await Promise.all(
    names.map(async (name) => {
      const credentials = await addGateway(host, name);
      return { ...credentials, topic: topicOf({ household: `t-${name}`, gateway: name }, channel) };
    }),
  );
  const publisher = fork(join(import.meta.dirname, 'bench-publisher.ts'));
  const startTs = Date.now() - 364 * 86_400_000;
  publisher.send({
    host: HOST,
    port: host.broker.port,
    caPem: host.caPem,
    gateways,
    inFlight: one.inFlight,
    seconds,
    points: one.points,
    startTs,
  });
  await once(publisher, 'message');
  const done = profiled(async () => {
    publisher.send('go');
    return z.tuple([outcome], z.unknown()).parse(await once(publisher, 'message'))[0];
  });
  const answer = await done;
  await once(publisher, 'exit');
  return answer;
};

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

const report = (one: Case, { result, profile }: { result: Outcome; profile: Profile }): void => {
  const rate = result.messages / result.seconds;
  const points = one.points === 1 ? '' : `, ${Math.round(rate * one.points).toLocaleString('en')} points/s`;
  const what = one.points === 1 ? 'reading' : `batch of ${one.points}`;
  say(
    `${what}, ${one.connections} connections x ${one.inFlight} in flight: ${Math.round(rate).toLocaleString('en')} messages/s${points}`,
  );
  say(
    `  acknowledged after p50 ${result.p50.toFixed(1)} ms, p95 ${result.p95.toFixed(1)} ms, p99 ${result.p99.toFixed(1)} ms`,
  );
  say(
    `  host busy ${percent(profile.busy)}: ${Object.entries(profile.shares)
      .map(([stage, share]) => `${stage} ${percent(share)}`)
      .join(', ')}`,
  );
};

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, full: { type: 'boolean', default: false } },
});
/** Households of the daily run: a size more with --full, which takes half an hour and 12 GB of disk for a while. */
const RUN_SIZES = values.quick ? [300] : values.full ? [1000, 10_000, 100_000] : [1000, 10_000];
const seconds = values.quick ? 3 : 15;
const folder = await mkdtemp(join(tmpdir(), 'hems-bench-'));
try {
  const host = await openHost(folder);
  for (const one of CASES) {
    report(one, await publish(host, one, seconds));
  }
  await host.broker.close();
  await host.database.close();
  const fresh = await benchFreshness(join(folder, 'demo'), values.quick ? 8 : 30);
  say(
    `device to API, demo homes watched every 5 s: p50 ${fresh.p50} ms, p95 ${fresh.p95} ms over ${fresh.samples} readings`,
  );
  const bills = benchBills(() => performance.now());
  say(`bills with every line item: ${bills.perSecond.toLocaleString('en')} per second on one core`);
  let before: RunFigures | undefined;
  for (const households of RUN_SIZES) {
    const figures = await benchRun(folder, households);
    say(runLine(figures, before));
    before = figures;
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
