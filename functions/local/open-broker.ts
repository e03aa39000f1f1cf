import { OFFLINE_AFTER_MS } from '@hems/models/device/presence';
import type { PresenceEvent } from '@hems/shared/events/presence';
import type { HookRequest } from '@hems/shared/events/provisioning';
import type { RuleEvent } from '@hems/shared/events/rules';
import type { Database } from '../adapters/embedded/database.ts';
import { sqliteQueue } from '../adapters/embedded/queue.ts';
import { handler as commandResult } from '../events/command-result.ts';
import { handler as health } from '../events/health.ts';
import { handler as ingest } from '../events/ingest.ts';
import { handler as presence } from '../events/presence.ts';
import { handler as provisionHook } from '../events/provision-hook.ts';
import { handler as recheckPresence } from '../events/recheck-presence.ts';
import type { Clock } from '../ports/clock.ts';
import type { DeviceRegistry } from '../ports/device-registry.ts';
import type { Table } from '../ports/table.ts';
import * as ports from '../runtime/ports.ts';
import { startBroker, type Broker } from './broker/broker.ts';
import { openDeadLetters } from './broker/dead-letters.ts';
import { uplink } from './broker/uplink.ts';
import { openAuthority } from './ca/authority.ts';
import { issueClaimCertificate } from './ca/claim-certificate.ts';
import { deviceRegistry } from './ca/device-registry.ts';
import { liveSessions } from './ca/sessions.ts';
import { systemClock } from './clock.ts';
import type { DataDirectory } from './data-directory.ts';
import { lambdaContext } from './lambda-context.ts';
import { pollQueue } from './queue-poller.ts';
import { portRefused } from './start-refused.ts';
import { localPipeline } from './workflows/pipeline.ts';

/** As Lambda tries an invocation: three times, then a person has to redrive it; a start of the host does, too. */
const DEAD_LETTERS = { name: 'ingest-dead-letters', visibilitySeconds: 30, attempts: 3 };
const DEAD_LETTERS_EVERY_MS = 5000;
const RECHECKS = { name: 'presence-rechecks', visibilitySeconds: 60, attempts: 5 };
const RECHECK_EVERY_MS = 5000;
/** As the functions behind the broker are deployed. */
const RULE_TIMEOUT_MS = 60_000;
const HOOK_TIMEOUT_MS = 5000;

export type BrokerPlace = {
  readonly mqttPort: number;
  readonly data: DataDirectory;
  readonly database: Database;
  readonly table: Table;
  readonly clock: Clock;
  readonly say: (line: string) => void;
};
export type OpenBroker = {
  readonly broker: Broker;
  readonly registry: DeviceRegistry;
  readonly caPem: string;
  /** messages so far that could neither be handed on nor set aside */
  readonly unsaid: () => number;
  stop(): Promise<void>;
};

/** The functions behind the broker, as the IoT rules and the provisioning template call them. */
const rules = {
  ingest: async (events: RuleEvent[]) => await ingest(events, lambdaContext('ingest', RULE_TIMEOUT_MS)),
  commandResult: async (events: RuleEvent[]) =>
    await commandResult(events, lambdaContext('command-result', RULE_TIMEOUT_MS)),
  health: async (events: RuleEvent[]) => await health(events, lambdaContext('health', RULE_TIMEOUT_MS)),
};
const presenceRule = async (event: PresenceEvent) => await presence(event, lambdaContext('presence', RULE_TIMEOUT_MS));
const hook = async (request: HookRequest) =>
  await provisionHook(request, lambdaContext('provision-hook', HOOK_TIMEOUT_MS));

/** The broker with its authority and registry, in front of the functions that the cloud runs. */
export const openBroker = async ({ mqttPort, data, database, table, clock, say }: BrokerPlace): Promise<OpenBroker> => {
  const authority = await openAuthority(data.authority, systemClock);
  const sessions = liveSessions();
  const registry = deviceRegistry({ table, authority, sessions });
  const deadLetters = sqliteQueue({ database, clock: systemClock }, DEAD_LETTERS);
  const rechecks = sqliteQueue({ database, clock: systemClock }, RECHECKS);
  ports.registry.use(registry);
  ports.rechecks.use(rechecks);
  const letters = await openDeadLetters({ ...rules, queue: deadLetters, everyMs: DEAD_LETTERS_EVERY_MS, say });
  const { uplink: lanes, pipeline } = localPipeline(uplink({ ...rules, deadLetters, say }), deadLetters);
  ports.pipeline.use(pipeline);
  const broker = await startBroker({
    registry,
    sessions,
    claimCertificateId: await issueClaimCertificate(authority, data.authority),
    server: await authority.issueServer(),
    caPem: authority.caPem,
    port: mqttPort,
    uplink: lanes,
    presence: presenceRule,
    hook,
    clock,
    say,
  }).catch((error: unknown) => {
    throw portRefused(error, mqttPort, 'MQTT_PORT');
  });
  ports.channel.use(broker.channel);
  // a host that has just started lets its gateways come back before it calls any of them offline
  const poller = pollQueue({
    queue: rechecks,
    handler: recheckPresence,
    context: () => lambdaContext('recheck-presence', RULE_TIMEOUT_MS),
    afterMs: OFFLINE_AFTER_MS,
    everyMs: RECHECK_EVERY_MS,
    say,
  });
  const stop = async (): Promise<void> => {
    await Promise.all([poller.stop(), letters.stop()]);
    await broker.close();
  };
  return { broker, registry, caPem: authority.caPem, unsaid: () => lanes.counters().unsaid, stop };
};
