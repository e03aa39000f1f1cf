import './quiet-log.ts';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { blocksTelemetryStore } from '../adapters/blocks/telemetry-store.ts';
import { openDatabase, type Database } from '../adapters/embedded/database.ts';
import { everyItem } from '../adapters/embedded/every-item.ts';
import type { QueuedBus } from '../adapters/embedded/event-bus.ts';
import { fileKeys } from '../adapters/embedded/keys.ts';
import { fileSigner } from '../adapters/embedded/signer.ts';
import { outboxMailer } from '../adapters/embedded/mailer.ts';
import { recordedPayments } from '../adapters/embedded/recorded-payments.ts';
import { sqliteTable } from '../adapters/embedded/table.ts';
import { simulatedWeather } from '../adapters/embedded/weather.ts';
import type { LocalDate } from '@hems/models/calendar/seoul';
import { handler as checkErasures } from '../jobs/check-erasures.ts';
import { handler as checkReadiness } from '../jobs/check-readiness.ts';
import { handler as checkRun } from '../jobs/check-run.ts';
import { handler as countFleet } from '../jobs/count-fleet.ts';
import { handler as dispatchPayouts } from '../jobs/dispatch-payouts.ts';
import { handler as planStart } from '../jobs/plan-start.ts';
import { handler as publishAggregates } from '../jobs/publish-aggregates.ts';
import { handler as provisionalResults } from '../jobs/provisional-results.ts';
import { handler as reportOpenadr } from '../jobs/report-openadr.ts';
import { handler as sendNotices } from '../jobs/send-notices.ts';
import { handler as startRun } from '../jobs/start-run.ts';
import { handler as sweepWebhooks } from '../jobs/sweep-webhooks.ts';
import type { Clock } from '../ports/clock.ts';
import type { Mailer } from '../ports/mailer.ts';
import type { Table } from '../ports/table.ts';
import { metricSink } from '../runtime/metrics.ts';
import * as ports from '../runtime/ports.ts';
import { directory } from '../use-cases/directory.ts';
import { remainsBeside } from './backup/last-backup.ts';
import { passingClock, settableClock, systemClock, type PassingClock } from './clock.ts';
import { openDataDirectory, type DataDirectory } from './data-directory.ts';
import { refreshNeighbours } from './demo/neighbours.ts';
import { replayStartMs } from './demo/replay-clock.ts';
import { demoResidences } from './demo/residences.ts';
import { startDemo, type Demo } from './demo/start-demo.ts';
import { listenFrontDoor, type FrontDoor } from './http/front-door.ts';
import { handlers } from './http/handlers.ts';
import { openDoor } from './http/open-door.ts';
import { openIdentity } from './identity/identity.ts';
import { AUDITOR, OPERATOR, type User } from './identity/users.ts';
import { lambdaContext } from './lambda-context.ts';
import { openBroker, type OpenBroker } from './open-broker.ts';
import { openFiles, type Files } from './open-files.ts';
import { openPlans } from './open-plans.ts';
import { openOps, type Ops } from './ops/open-ops.ts';
import { openWebhooks } from './open-webhooks.ts';
import { openPartner } from './partner/open-partner.ts';
import type { QueuePoller } from './queue-poller.ts';
import { openBus, openPush } from './notices/open-notices.ts';
import type { StartOptions } from './options.ts';
import { startScheduler, type Scheduler } from './scheduler/scheduler.ts';
import { portRefused } from './start-refused.ts';
import { openDailyRun } from './workflows/daily-run.ts';
import { openErasure } from './workflows/erasure.ts';
import type { Workflow } from './workflows/open-workflow.ts';

export type Say = (line: string) => void;

export type Host = {
  readonly origin: string;
  readonly mqttPort: number;
  readonly dataDirectory: string;
  /** who can sign in */
  readonly users: readonly User[];
  readonly demo: Demo;
  /** Lets time pass at once, for the platform and the demo devices, which send what they owe of it: a test's way to see a midnight. */
  pass(ms: number): void;
  stop(): Promise<void>;
};

const WEB_ROOT = fileURLToPath(new URL('../../web/dist', import.meta.url));
/** The whole platform in this process, on 127.0.0.1. */
export const startHost = async (options: StartOptions, say: Say): Promise<Host> => {
  const door = await listenFrontDoor(options.port).catch((error: unknown) => {
    throw portRefused(error, options.port, 'PORT');
  });
  const data = await openDataDirectory(options.dataDirectory, options.fresh);
  const { clock, passing } = await clocksOf(options, data);
  const database = openDatabase(data.database);
  const table = sqliteTable({ database, clock });
  say(`data in ${data.path}`);
  const keys = await fileKeys(join(data.identity, 'personal-keys.json'));
  ports.keys.use(keys);
  ports.signer.use(await fileSigner(join(data.identity, 'settlement-key.pem')));
  ports.residence.use(await demoResidences(keys));
  const bus = openBus(database, say);
  ports.bus.use(bus);
  useEmbedded({ table, clock, database });
  const ops = openFigures(database, say);
  const dailyRun = openDailyRun({ database, say, before: bringNeighbours(table, options), ended: ops.dailyRunEnded });
  ports.runs.use(dailyRun.runs);
  const erasure = openErasure({ database, say });
  ports.erasures.use(erasure.runs);
  await openRailAndBackups(data, clock);

  const devices = await openBroker({ mqttPort: options.mqttPort, data, database, table, clock, say });
  const { broker, registry, caPem } = devices;
  ops.watch(devices);
  say(`devices at mqtts://127.0.0.1:${broker.port}`);

  const mailer = openMail(data, door.origin, say);
  ports.openadrTokenUrl.use(`${door.origin}/oidc/token`);
  const identity = await openIdentity({ origin: door.origin, directory: data.identity, table, clock, keys, mailer });
  ports.identity.use(identity.port);
  const demo = await startDemo({
    table,
    keys,
    registry,
    clock,
    brokerUrl: { host: '127.0.0.1', port: broker.port, caPem },
    options: options.demo,
    dataDir: data.path,
    say,
  });
  const users = [...demo.residents, OPERATOR, AUDITOR];
  await identity.add(users);
  const files = openFiles({ data, database, origin: door.origin, say });
  const plans = openPlans({ database, clock, say });
  const webhooks = openWebhooks({ database, clock, say });
  const partner = openPartner({ data, origin: door.origin, clock });
  openDoor(door, { identity, handlers, objects: files.objects, partner, ops, webRoot: WEB_ROOT });
  const scheduler = openScheduler({ clock, demo, say, everyMs: options.lookEveryMs });
  const workflows = [dailyRun, erasure];
  return {
    origin: door.origin,
    mqttPort: broker.port,
    dataDirectory: data.path,
    users,
    demo,
    pass: (ms) => [passing, demo].forEach((one) => one.pass(ms)),
    stop: async () =>
      await stopAll({ demo, devices, door, files, plans, webhooks, scheduler, bus, workflows, ops, database, data }),
  };
};

/** Figures are of the machine's time, whatever time a replay lives in. */
const openFigures = (database: Database, say: Say): Ops => {
  const ops = openOps({ database, clock: systemClock, say });
  metricSink.use(ops.sink);
  return ops;
};

/** The payment rail is a file here, and what recovery keeps of the erased are backups. */
const openRailAndBackups = async ({ path }: DataDirectory, clock: Clock): Promise<void> => {
  ports.remains.use(async () => await remainsBeside(path, systemClock.now()));
  const outbox = join(path, 'outbox');
  await mkdir(outbox, { recursive: true });
  ports.payments.use(recordedPayments({ clock, file: join(outbox, 'payments.jsonl') }));
};

/** What is written to people goes into a folder; what wakes browsers goes out. */
const openMail = (data: DataDirectory, origin: string, say: Say): Mailer => {
  const outbox = join(data.path, 'outbox', 'mail');
  const mailer = outboxMailer(outbox, systemClock);
  ports.mailer.use(mailer);
  ports.webUrl.use(origin);
  say(`mail in ${outbox}`);
  ports.push.use(openPush({ folder: data.identity, origin }));
  ports.letterhead.use({ webUrl: origin, apiUrl: origin, contact: 'no-reply@hems.local' });
  return mailer;
};

/** Devices first, so that nothing more comes; the file last, when all that came is in it. */
const stopAll = async (parts: {
  demo: Demo;
  devices: OpenBroker;
  door: FrontDoor;
  files: Files;
  plans: QueuePoller;
  webhooks: QueuePoller;
  scheduler: Scheduler;
  bus: QueuedBus;
  workflows: readonly Workflow[];
  ops: Ops;
  database: Database;
  data: DataDirectory;
}): Promise<void> => {
  await Promise.all([parts.demo.stop(), parts.door.close(), parts.scheduler.stop()]);
  // what is being planned orders devices
  await Promise.all([parts.plans.stop(), parts.webhooks.stop()]);
  await Promise.all([parts.devices.stop(), parts.files.stop(), ...parts.workflows.map((workflow) => workflow.stop())]);
  // what is still to be told is in the file, and is told at the next start
  await parts.bus.stop();
  await parts.ops.stop();
  await parts.database.close();
  parts.data.release();
};

/** The host's clock, and the one that a test may let run ahead: the same, unless a replay sets the time. */
const clocksOf = async (
  { demo, aheadMs }: StartOptions,
  { path }: DataDirectory,
): Promise<{ readonly clock: Clock; readonly passing: PassingClock }> => {
  const passing = passingClock(aheadMs);
  return {
    clock: demo.replay === undefined ? passing : settableClock(await replayStartMs(path, demo.days)),
    passing,
  };
};

/** The same handlers as in the cloud, over the embedded adapters. */
const useEmbedded = ({ table, clock, database }: { table: Table; clock: Clock; database: Database }): void => {
  ports.everyItem.use(() => everyItem({ database, clock }));
  ports.clock.use(clock);
  ports.table.use(table);
  ports.telemetry.use(blocksTelemetryStore(table, ports.pause));
  ports.directory.use(directory(table, clock));
  ports.weather.use(simulatedWeather(clock));
};

/** The simulated neighbours live up to the day of a run; beside recorded homes there are none. */
const bringNeighbours =
  (table: Table, { demo }: StartOptions) =>
  async (date: LocalDate, signal: AbortSignal): Promise<void> => {
    if (demo.replay === undefined) await refreshNeighbours({ table, pause: ports.pause, signal }, date);
  };

type Looking = { clock: Clock; demo: Demo; say: Say; everyMs: number | undefined };

/** As the functions are deployed. */
const JOB_TIMEOUT_MS = 60_000;

const openScheduler = ({ clock, demo, say, everyMs }: Looking): Scheduler =>
  startScheduler({
    clock,
    startRun: async (input) => await startRun(input, lambdaContext('start-run', JOB_TIMEOUT_MS)),
    sweepPayouts: async () => await dispatchPayouts({}, lambdaContext('dispatch-payouts', JOB_TIMEOUT_MS)),
    sendNotices: async () => await sendNotices({}, lambdaContext('send-notices', JOB_TIMEOUT_MS)),
    workOutEvents: async () => await provisionalResults({}, lambdaContext('provisional-results', JOB_TIMEOUT_MS)),
    sweepWebhooks: async () => await sweepWebhooks({}, lambdaContext('sweep-webhooks', JOB_TIMEOUT_MS)),
    reportOpenadr: async () => await reportOpenadr({}, lambdaContext('report-openadr', JOB_TIMEOUT_MS)),
    checkErasures: async () => await checkErasures({}, lambdaContext('check-erasures', JOB_TIMEOUT_MS)),
    publishAggregates: async () => await publishAggregates({}, lambdaContext('publish-aggregates', JOB_TIMEOUT_MS)),
    startPlans: async (input) => await planStart(input, lambdaContext('plan-start', JOB_TIMEOUT_MS)),
    countFleet: async (input) => await countFleet(input, lambdaContext('count-fleet', JOB_TIMEOUT_MS)),
    lookInTheMorning: async (input) => {
      await checkRun(input, lambdaContext('check-run', JOB_TIMEOUT_MS));
      await checkReadiness(input, lambdaContext('check-readiness', JOB_TIMEOUT_MS));
    },
    caughtUp: demo.ready,
    say,
    ...(everyMs !== undefined && { everyMs }),
  });
