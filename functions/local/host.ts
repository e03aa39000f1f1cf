import './quiet-log.ts';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { blocksTelemetryStore } from '../adapters/blocks/telemetry-store.ts';
import { openDatabase, type Database } from '../adapters/embedded/database.ts';
import { sqliteQueue } from '../adapters/embedded/queue.ts';
import { recordedPayments } from '../adapters/embedded/recorded-payments.ts';
import { sqliteTable } from '../adapters/embedded/table.ts';
import { simulatedWeather } from '../adapters/embedded/weather.ts';
import type { LocalDate } from '@hems/models/calendar/seoul';
import type { RuleEvent } from '@hems/shared/events/rules';
import { handler as commandResult } from '../events/command-result.ts';
import { handler as ingest } from '../events/ingest.ts';
import { handler as dispatchPayouts } from '../jobs/dispatch-payouts.ts';
import { handler as startRun } from '../jobs/start-run.ts';
import type { Clock } from '../ports/clock.ts';
import type { DeviceRegistry } from '../ports/device-registry.ts';
import type { Table } from '../ports/table.ts';
import * as ports from '../runtime/ports.ts';
import { directory } from '../use-cases/directory.ts';
import { startBroker, type Broker } from './broker/broker.ts';
import { handInDeadLetters } from './broker/dead-letters.ts';
import { uplink } from './broker/uplink.ts';
import { openAuthority } from './ca/authority.ts';
import { deviceRegistry } from './ca/device-registry.ts';
import { liveSessions } from './ca/sessions.ts';
import { settableClock, systemClock } from './clock.ts';
import { openDataDirectory, type DataDirectory } from './data-directory.ts';
import { refreshNeighbours } from './demo/neighbours.ts';
import { replayStartMs } from './demo/replay-clock.ts';
import { startDemo, type Demo } from './demo/start-demo.ts';
import { listenFrontDoor, type FrontDoor } from './http/front-door.ts';
import { handlers } from './http/handlers.ts';
import { openDoor } from './http/open-door.ts';
import { openIdentity } from './identity/identity.ts';
import { OPERATOR, type User } from './identity/users.ts';
import { lambdaContext } from './lambda-context.ts';
import type { StartOptions } from './options.ts';
import { startScheduler, type Scheduler } from './scheduler/scheduler.ts';
import { portRefused } from './start-refused.ts';
import { openDailyRun, type DailyRun } from './workflows/daily-run.ts';
import { localPipeline } from './workflows/pipeline.ts';

export type Say = (line: string) => void;

export type Host = {
  readonly origin: string;
  readonly mqttPort: number;
  readonly dataDirectory: string;
  /** who can sign in */
  readonly users: readonly User[];
  readonly demo: Demo;
  stop(): Promise<void>;
};

const WEB_ROOT = fileURLToPath(new URL('../../web/dist', import.meta.url));
/** Handed in again at each start; a thousand starts is as good as never given up. */
const DEAD_LETTERS = { name: 'ingest-dead-letters', visibilitySeconds: 30, attempts: 1000 };
/** As the IoT rules' Lambda functions are deployed. */
const RULE_TIMEOUT_MS = 60_000;

/** The whole platform in this process, on 127.0.0.1. */
export const startHost = async (options: StartOptions, say: Say): Promise<Host> => {
  const door = await listenFrontDoor(options.port).catch((error: unknown) => {
    throw portRefused(error, options.port, 'PORT');
  });
  const data = await openDataDirectory(options.dataDirectory, options.fresh);
  const clock = await clockOf(options, data);
  const database = openDatabase(data.database);
  const table = sqliteTable({ database, clock });
  say(`data in ${data.path}`);
  useEmbedded(table, clock);
  await mkdir(join(data.path, 'outbox'), { recursive: true });
  const dailyRun = openDailyRun({ database, say, before: bringNeighbours(table, options) });
  ports.runs.use(dailyRun.runs);
  ports.payments.use(recordedPayments({ clock, file: join(data.path, 'outbox', 'payments.jsonl') }));

  const { broker, registry, caPem } = await openBroker({ options, data, database, table, clock, say });
  ports.channel.use(broker.channel);
  say(`devices at mqtts://127.0.0.1:${broker.port}`);

  const identity = await openIdentity({ origin: door.origin, directory: data.identity, table, clock });
  const brokerUrl = { host: '127.0.0.1', port: broker.port, caPem };
  const demo = await startDemo({ table, registry, clock, brokerUrl, options: options.demo, dataDir: data.path, say });
  const users = [...demo.residents, OPERATOR];
  await identity.add(users);
  openDoor(door, { identity, handlers, webRoot: WEB_ROOT });
  const scheduler = openScheduler({ clock, demo, say });
  return {
    origin: door.origin,
    mqttPort: broker.port,
    dataDirectory: data.path,
    users,
    demo,
    stop: async () => await stopAll({ demo, broker, door, scheduler, dailyRun, database, data }),
  };
};

/** Devices first, so that nothing more comes; the file last, when all that came is in it. */
const stopAll = async (parts: {
  demo: Demo;
  broker: Broker;
  door: FrontDoor;
  scheduler: Scheduler;
  dailyRun: DailyRun;
  database: Database;
  data: DataDirectory;
}): Promise<void> => {
  await Promise.all([parts.demo.stop(), parts.door.close(), parts.scheduler.stop()]);
  await Promise.all([parts.broker.close(), parts.dailyRun.stop()]);
  await parts.database.close();
  parts.data.release();
};

const clockOf = async ({ demo }: StartOptions, { path }: DataDirectory): Promise<Clock> =>
  demo.replay === undefined ? systemClock : settableClock(await replayStartMs(path, demo.days));

/** The same handlers as in the cloud, over the embedded adapters. */
const useEmbedded = (table: Table, clock: Clock): void => {
  ports.clock.use(clock);
  ports.table.use(table);
  ports.telemetry.use(blocksTelemetryStore(table, ports.pause));
  ports.directory.use(directory(table, clock));
  ports.weather.use(simulatedWeather());
};

/** The simulated neighbours live up to the day of a run; beside recorded homes there are none. */
const bringNeighbours =
  (table: Table, { demo }: StartOptions) =>
  async (date: LocalDate, signal: AbortSignal): Promise<void> => {
    if (demo.replay === undefined) await refreshNeighbours({ table, pause: ports.pause, signal }, date);
  };

/** As the functions are deployed. */
const JOB_TIMEOUT_MS = 60_000;

const openScheduler = ({ clock, demo, say }: { clock: Clock; demo: Demo; say: Say }): Scheduler =>
  startScheduler({
    clock,
    startRun: async (input) => await startRun(input, lambdaContext('start-run', JOB_TIMEOUT_MS)),
    sweepPayouts: async () => await dispatchPayouts({}, lambdaContext('dispatch-payouts', JOB_TIMEOUT_MS)),
    caughtUp: demo.ready,
    say,
  });

type BrokerPlace = {
  readonly options: StartOptions;
  readonly data: DataDirectory;
  readonly database: Database;
  readonly table: Table;
  readonly clock: Clock;
  readonly say: Say;
};
type OpenBroker = { readonly broker: Broker; readonly registry: DeviceRegistry; readonly caPem: string };

const openBroker = async ({ options, data, database, table, clock, say }: BrokerPlace): Promise<OpenBroker> => {
  const authority = await openAuthority(data.authority, systemClock);
  const sessions = liveSessions();
  const registry = deviceRegistry({ table, authority, sessions });
  const deadLetters = sqliteQueue({ database, clock: systemClock }, DEAD_LETTERS);
  const rules = {
    ingest: async (events: RuleEvent[]) => await ingest(events, lambdaContext('ingest', RULE_TIMEOUT_MS)),
    commandResult: async (events: RuleEvent[]) =>
      await commandResult(events, lambdaContext('command-result', RULE_TIMEOUT_MS)),
  };
  await handInDeadLetters({ ...rules, queue: deadLetters, say });
  const { uplink: lanes, pipeline } = localPipeline(uplink({ ...rules, deadLetters, say }), deadLetters);
  ports.pipeline.use(pipeline);
  const broker = await startBroker({
    registry,
    sessions,
    server: await authority.issueServer(),
    caPem: authority.caPem,
    port: options.mqttPort,
    uplink: lanes,
    clock,
    say,
  }).catch((error: unknown) => {
    throw portRefused(error, options.mqttPort, 'MQTT_PORT');
  });
  return { broker, registry, caPem: authority.caPem };
};
