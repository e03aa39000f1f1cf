import { addDays, DAY_MS } from '@hems/models/calendar/seoul';
import { aPoint } from '@hems/models/testing/builders';
import { recordedPayments } from '../../adapters/embedded/recorded-payments.ts';
import { simulatedWeather } from '../../adapters/embedded/weather.ts';
import { jsonataMapper } from '../../adapters/providers/jsonata-mapper.ts';
import { enterpriseBems } from '../../adapters/providers/connectors/enterprise-bems.ts';
import type { Archiver } from '../../ports/files.ts';
import { ForecasterUnavailable } from '../../ports/forecaster.ts';
import type { Runs } from '../../ports/runs.ts';
import { ConditionFailed } from '../../ports/table.ts';
import { WeatherUnavailable } from '../../ports/weather.ts';
import { agree } from '../../testing/agree.ts';
import { aFullWorld, ERASURE_ID } from '../../testing/erasing.ts';
import { aFilesWorld } from '../../testing/files-world.ts';
import { forecasting, pastHours } from '../../testing/forecasting.ts';
import { aJoiningWorld } from '../../testing/joining-home.ts';
import { aSettling } from '../../testing/ledger.ts';
import { bothBalances } from '../../use-cases/audit-balances.ts';
import { localRegistry, aSigningRequest } from '../../testing/local-registry.ts';
import { aNoticeWorld } from '../../testing/notice-world.ts';
import { anOfficeWorld, CASHBACK, MAY, UTILITY } from '../../testing/office-world.ts';
import { aPartner } from '../../testing/partner-call.ts';
import { aDispatch, aWebhookWorld, OFFICE } from '../../testing/webhook-world.ts';
import { aReading, aRuleEvent, aWorld, HOME, NOON, type World } from '../../testing/world.ts';
import { fakeEnterpriseBems } from '../fakes/enterprise-bems.ts';
import { httpToFakes } from '../fakes/http-to-fakes.ts';
import { askPayout } from '../../use-cases/ask-payout.ts';
import { pull } from '../../use-cases/connectors/pull.ts';
import { decidePayout } from '../../use-cases/decide-payout.ts';
import { revokeGateway } from '../../use-cases/devices/revoke-gateway.ts';
import { CALL_MS, dispatchPayouts } from '../../use-cases/dispatch-payouts.ts';
import { exportHousehold } from '../../use-cases/exports/export-household.ts';
import { startExport } from '../../use-cases/exports/start-export.ts';
import { currentForecast } from '../../use-cases/forecast/current-forecast.ts';
import { closeSettlement } from '../../use-cases/government/close-settlement.ts';
import { ingest } from '../../use-cases/ingest/ingest.ts';
import { rememberPerson } from '../../use-cases/members/people.ts';
import { Refused } from '../../use-cases/refusal.ts';
import { proveResidence } from '../../use-cases/onboarding/prove-residence.ts';
import { freezeDay } from '../../use-cases/runs/freeze-day.ts';
import { startRun } from '../../use-cases/runs/start-run.ts';
import { sendOrder } from '../../use-cases/send-order.ts';
import { archiveKey, readExport } from '../../use-cases/stores/exports.ts';
import { readGateway } from '../../use-cases/stores/gateways.ts';
import { settle } from '../../use-cases/stores/ledger.ts';
import { readPayout } from '../../use-cases/stores/payouts.ts';
import { readMeterDay } from '../../use-cases/stores/site-intervals.ts';
import { weatherDays } from '../../use-cases/weather-days.ts';
import { createEndpoint, listEndpoints } from '../../use-cases/webhooks/endpoints.ts';
import { sendDue } from '../../use-cases/notices/send-due.ts';
import { notify } from '../../use-cases/notices/notify.ts';
import { sweepWebhooks } from '../../use-cases/webhooks/sweep.ts';
import { tellPartner } from '../../use-cases/webhooks/tell-partner.ts';

/** Puts a port behind the faults of a test. */
export type Through = <Port extends object>(port: Port) => Port;
export type Trial = {
  /** the work that needs the port; done again it changes nothing */
  act(): Promise<unknown>;
  /** what passes before it is tried again */
  later?(): unknown;
  /** what came of it: the same whatever happened on the way */
  state(): Promise<unknown>;
  close?(): Promise<unknown>;
};
export type PortCase = {
  readonly does: string;
  /** as the adapters of the port fail, where use cases listen to how */
  readonly error?: Error;
  /** its failure is no failure of the work, which says so in its answer or is done by a later sweep */
  readonly absorbed?: true;
  open(through: Through): Promise<Trial>;
};

const { householdId } = HOME;
const OWNER = { householdId, sub: 'owner', role: 'owner' } as const;
const MINUTE_MS = 60_000;

const READINGS = [0, 5, 20].map((minute, seq) =>
  aRuleEvent(
    'reading',
    aReading(
      aPoint({
        ts: NOON - 40 * MINUTE_MS + minute * MINUTE_MS,
        seq,
        quantities: { power_w: 600, energy_import_wh: 1000 + minute * 10 },
      }),
    ),
  ),
);
/** Quarter hours, history and live state. */
const ingested = async ({ table, telemetry }: World) => {
  const { items } = await table.query({ table: 'energy', value: `H#${householdId}` });
  const series = {
    household: HOME.telemetryId,
    deviceId: 'meter-1',
    kind: 'smart_meter',
    quantity: 'power_w',
  } as const;
  return [
    items.map(({ sk, data }) => ({ sk, data })),
    await telemetry.series({ ...series, fromMs: NOON - DAY_MS, toMs: NOON + DAY_MS }),
  ];
};

const aPaidHome = async (through: { bus?: Through; payments?: Through }): Promise<Trial> => {
  const world = await aWorld();
  const { table, clock } = world;
  await settle(world, aSettling(), {});
  await askPayout(world, OWNER, { payoutId: 'payout-1', unit: 'won', amount: 1000 });
  await decidePayout(world, { householdId, payoutId: 'payout-1' }, { decision: 'approve', by: 'staff' });
  const rail = recordedPayments({ clock });
  const deps = { ...world, bus: (through.bus ?? same)(world.bus), payments: (through.payments ?? same)(rail) };
  return {
    act: async () => {
      const report = await dispatchPayouts(deps);
      if (report.unanswered > 0) throw new Error(`the rail did not answer: ${report.reasons.join()}`);
    },
    later: () => world.clock.set(clock.now() + CALL_MS),
    state: async () => {
      const { kept, addedUp } = await bothBalances(table, householdId);
      const found = await readPayout(table, { householdId, payoutId: 'payout-1' });
      const told = new Set(world.said.map(({ detail }) => detail['key']));
      return {
        paid: rail.lines().length,
        state: found?.payout.state,
        waits: found?.waits,
        told: told.size,
        kept,
        addedUp,
      };
    },
  };
};
const same: Through = (port) => port;

const aToldPartner = async (through: { queue?: Through; http?: Through }): Promise<Trial> => {
  const world = await aWebhookWorld();
  const { ref } = await world.addEndpoint();
  const deps = {
    ...world.deps,
    webhooks: (through.queue ?? same)(world.deps.webhooks),
    http: (through.http ?? same)(world.deps.http),
  };
  return {
    act: async () => {
      await tellPartner(deps, {
        partnerId: OFFICE,
        type: 'event.dispatched',
        key: 'event-1',
        data: aDispatch('event-1'),
      });
      await sweepWebhooks(deps);
      await world.work(deps);
    },
    later: () => world.set(world.clock.now() + 10 * MINUTE_MS),
    state: async () => ({
      deliveries: (await world.log(ref.endpointId)).map(({ state, deliveryId }) => [state, deliveryId]),
      heard: [
        ...new Set(
          world.received.map(({ headers, body }) => `${headers['webhook-id']} ${body.replaceAll(/"atMs":\d+/g, '')}`),
        ),
      ],
    }),
  };
};

const aTellingHome = async (through: { mailer?: Through; push?: Through }): Promise<Trial> => {
  const world = await aNoticeWorld();
  await world.addPerson('owner');
  await world.allChannels('owner', 'unusual-use');
  const deps = {
    ...world.deps,
    mailer: (through.mailer ?? same)(world.deps.mailer),
    push: (through.push ?? same)(world.deps.push),
  };
  const facts = { date: '2026-11-22', toHour: 12, usedWh: 6400, usualWh: 1200 };
  return {
    act: async () => {
      await notify(deps, { type: 'usage.unusual', detail: { householdId, atMs: NOON, key: 'once', facts } });
      await sendDue(deps);
    },
    later: () => world.clock.set(world.clock.now() + 30 * MINUTE_MS),
    state: async () => ({
      inbox: (await world.inbox('owner')).length,
      mails: new Set(world.mails.map(({ id }) => id)).size,
      pushes: new Set(world.pushes.map(({ message }) => message.tag)).size,
    }),
  };
};

const anExport = async (through: { objects?: Through; archiver?: Through }): Promise<Trial> => {
  const world = await aFilesWorld();
  const sent: string[] = [];
  const files = { send: async (body: string) => void sent.push(body) };
  const { exportId } = await startExport({ ...world, files }, OWNER);
  // a stream: it fails where it is read
  const stream = (through.archiver ?? same)({ begin: async () => undefined });
  const archiver: Archiver = {
    zip: async function* (sections, when) {
      await stream.begin();
      yield* world.archiver.zip(sections, when);
    },
  };
  const deps = { ...world, archiver, objects: (through.objects ?? same)(world.objects) };
  const place = { householdId, exportId };
  return {
    act: async () => await exportHousehold(deps, place),
    state: async () => ({
      isThere: (await world.objects.get(archiveKey(place))) !== undefined,
      state: (await readExport(world.table, place))?.state,
    }),
    close: world.close,
  };
};

/** Every file of functions/ports, by its name; a new port without a case here fails the test. */
export const PORT_CASES: Readonly<Record<string, PortCase | { readonly inProcess: string }>> = {
  clock: { inProcess: 'no call leaves the process; its jumps are in clock.test.ts' },
  ids: { inProcess: 'random bytes; that one comes twice is in ports.test.ts' },
  'openadr-2b': { inProcess: 'a function of its text; what it refuses is in its own tests' },
  table: {
    does: 'takes readings into their quarter hours',
    open: async (through) => {
      const world = await aWorld();
      const deps = { ...world.deps, table: through(world.table) };
      return { act: async () => await ingest(deps, READINGS), state: async () => await ingested(world) };
    },
  },
  'telemetry-store': {
    does: 'keeps the history of readings',
    open: async (through) => {
      const world = await aWorld();
      const deps = { ...world.deps, telemetry: through(world.telemetry) };
      return { act: async () => await ingest(deps, READINGS), state: async () => await ingested(world) };
    },
  },
  pause: {
    does: 'waits when another writer of the ledger was faster',
    open: async (through) => {
      const world = await aWorld();
      let races = 2;
      const table = {
        ...world.table,
        transact: async (writes: Parameters<typeof world.table.transact>[0]) => {
          if ((races -= 1) >= 0) throw new ConditionFailed('another was faster');
          await world.table.transact(writes);
        },
      };
      const { pause } = through({ pause: async (_attempt: number) => undefined });
      return {
        act: async () => await settle({ table, clock: world.clock, pause }, aSettling(), {}),
        state: async () => (await bothBalances(world.table, householdId)).kept,
      };
    },
  },
  'event-bus': { does: 'tells a household that it was paid', open: async (bus) => await aPaidHome({ bus }) },
  payments: { does: 'pays a household', open: async (payments) => await aPaidHome({ payments }) },
  queue: { does: 'has a partner told of an event', open: async (queue) => await aToldPartner({ queue }) },
  'http-out': {
    does: 'tells a partner of an event',
    absorbed: true,
    open: async (http) => await aToldPartner({ http }),
  },
  mailer: { does: 'writes to a resident', absorbed: true, open: async (mailer) => await aTellingHome({ mailer }) },
  push: { does: 'wakes the phone of a resident', absorbed: true, open: async (push) => await aTellingHome({ push }) },
  'object-store': { does: 'writes the archive of a household', open: async (objects) => await anExport({ objects }) },
  files: { does: 'packs the archive of a household', open: async (archiver) => await anExport({ archiver }) },
  keys: {
    does: 'keeps the secret of a new endpoint sealed',
    open: async (through) => {
      const world = await aWebhookWorld();
      const deps = { ...world.deps, keys: through(world.deps.keys) };
      const wanted = {
        url: 'https://office.example/hook',
        types: ['event.dispatched'],
        endpointId: 'endpoint-1',
      } as const;
      return {
        act: async () => await createEndpoint(deps, OFFICE, wanted),
        state: async () =>
          (await listEndpoints(world.deps, OFFICE)).map(({ endpointId, status }) => [endpointId, status]),
      };
    },
  },
  identity: {
    does: 'remembers who a resident is',
    open: async (through) => {
      const world = await aWorld();
      const account = { sub: 'owner', email: 'owner@example.com', emailVerified: true, name: '주민' };
      const identity = through({
        read: async () => account,
        signOut: async () => undefined,
        delete: async () => undefined,
      });
      const deps = { ...world, identity };
      return {
        act: async () => await rememberPerson(deps, 'owner'),
        state: async () => await rememberPerson(deps, 'owner'),
      };
    },
  },
  'device-registry': {
    does: 'cuts a gateway off',
    open: async (through) => {
      const world = await aWorld();
      const registry = localRegistry(world.table);
      const { certificateId } = await registry.register(
        { household: HOME.telemetryId, gateway: HOME.gateway },
        await aSigningRequest(),
      );
      const deps = { ...world, registry: through(registry) };
      return {
        act: async () => await revokeGateway(deps, OWNER, HOME.gateway),
        state: async () => [(await readGateway(world.table, HOME))?.status, await registry.gatewayOf(certificateId)],
      };
    },
  },
  'device-channel': {
    does: 'orders a battery to discharge',
    open: async (through) => {
      const world = await aWorld();
      const deps = { ...world, channel: through(world.channel) };
      const action = { action: 'set-battery', device: 'battery-1', params: { power_w: 1000 } } as const;
      return {
        act: async () => await sendOrder(deps, HOME, { action, ttlMs: 60_000 }),
        state: async () => {
          const { command } = world.sent.at(-1) ?? {};
          return [command?.action, command?.expires_at];
        },
      };
    },
  },
  forecaster: {
    does: 'forecasts the use of a home',
    error: new ForecasterUnavailable('the endpoint does not answer'),
    absorbed: true,
    open: async (through) => {
      const world = await aWorld();
      await agree(world.table, householdId, 'analysis');
      await pastHours(world, { days: 30, last: '2026-11-21' });
      const parts = forecasting(world);
      const deps = { ...world, ...parts, forecaster: through(parts.forecaster) };
      return {
        act: async () => await currentForecast(deps, householdId),
        later: () => world.clock.set(NOON + 10 * MINUTE_MS),
        state: async () => {
          world.clock.set(NOON + 10 * MINUTE_MS);
          return (await currentForecast(deps, householdId))?.engine;
        },
      };
    },
  },
  weather: {
    does: 'tells the temperatures that a saving is corrected by',
    error: new WeatherUnavailable('ask again later'),
    absorbed: true,
    open: async (through) => {
      const world = await aWorld();
      const weather = through(simulatedWeather(world.clock));
      const ask = async () =>
        await weatherDays({ ...world, weather }, '서울 마포구', { from: '2026-11-01', to: '2026-11-10' });
      return { act: ask, later: () => world.clock.set(NOON + 20 * MINUTE_MS), state: ask };
    },
  },
  runs: {
    does: 'starts the run of a day',
    open: async (through) => {
      const world = await aWorld();
      const started: string[] = [];
      const runs: Runs = {
        start: async (name) => !started.includes(name) && started.push(name) > 0,
        status: async (name) => (started.includes(name) ? 'running' : undefined),
      };
      return {
        act: async () =>
          await startRun({ ...world, runs: through(runs) }, { date: '2026-11-21', again: false }).catch(
            (error: unknown) => {
              // it runs: nothing more is to be done
              if (!(error instanceof Refused && started.length > 0)) throw error;
            },
          ),
        state: async () => started,
      };
    },
  },
  pipeline: {
    does: 'asks whether the readings of a day are taken in',
    open: async (through) => {
      const pipeline = through({ watermark: async () => ({ deadLetters: 0 }) });
      const ask = async () => await freezeDay({ pipeline }, '2026-11-21');
      return { act: ask, state: ask };
    },
  },
  'residence-proof': {
    does: 'proves that somebody lives there',
    open: async (through) => {
      const world = await aJoiningWorld();
      world.provider('lives-there');
      const home = await world.opened('resident');
      await home.place();
      const { residence } = world;
      const faulty = through(residence);
      const member = { householdId: home.householdId, sub: 'resident', role: 'owner' } as const;
      return {
        act: async () => await proveResidence({ ...world, residence: faulty }, member, { by: 'provider' }),
        state: async () => {
          const { proof } = await home.shown();
          return [proof.state, proof.by, proof.attemptsLeft];
        },
      };
    },
  },
  mapper: {
    does: 'reads the meters of a building out of a system of somebody else',
    absorbed: true,
    open: async (through) => {
      const world = await aWorld();
      const bems = await fakeEnterpriseBems('secret');
      const http = httpToFakes({ [enterpriseBems.baseUrl]: bems.origin }, 200);
      const deps = {
        ...world,
        http,
        secret: async () => 'secret',
        mapper: through(jsonataMapper()),
        keepReward: async () => undefined,
      };
      return {
        act: async () => {
          const pulled = await pull(deps, enterpriseBems);
          if (pulled && pulled.outcome !== 'done') throw new Error(pulled.reason ?? 'not done');
        },
        later: () => world.clock.set(world.clock.now() + DAY_MS / 4),
        state: async () =>
          (
            await readMeterDay(
              world.table,
              { partnerId: 'building', siteId: 'tower-a', meterId: 'lobby' },
              addDays('2026-11-22', -1),
            )
          ).intervals.length > 0,
        close: bems.close,
      };
    },
  },
  'object-eraser': {
    does: 'erases the files of a household that leaves',
    open: async (through) => {
      const { erasing, traces, sweep } = await aFullWorld();
      await erasing.ask({ forfeit: true });
      const deps = { ...erasing.deps, objects: through(erasing.deps.objects) };
      return {
        act: async () => await erasing.carryOut(ERASURE_ID, { with: deps }),
        state: async () => {
          await sweep();
          return { files: erasing.files.files.size, traces: traces() };
        },
      };
    },
  },
  signer: {
    does: 'vouches for a settlement file',
    open: async (through) => {
      const world = await anOfficeWorld();
      await world.addHome('home-1');
      await world.settleMay('home-1');
      const deps = { ...world, signer: through(world.signer), tell: async () => undefined };
      const partner = aPartner({ partnerId: UTILITY, programmes: [CASHBACK] });
      const close = async () => await closeSettlement(deps, partner, { programme: CASHBACK, period: MAY });
      return {
        act: close,
        state: async () => {
          const { number, lines, amount, signed } = await close();
          return [number, lines, amount, signed !== undefined];
        },
        close: world.close,
      };
    },
  },
};
