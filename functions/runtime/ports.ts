import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connector } from '@hems/models/connector/connector';
import type { Clock } from '../ports/clock.ts';
import { GATEWAY_TYPE } from '@hems/shared/events/provisioning';
import type { DeviceChannel } from '../ports/device-channel.ts';
import type { DeviceRegistry } from '../ports/device-registry.ts';
import type { Archiver, FileReader } from '../ports/files.ts';
import type { Forecaster } from '../ports/forecaster.ts';
import type { EventBus } from '../ports/event-bus.ts';
import type { HttpOut } from '../ports/http-out.ts';
import type { Identity } from '../ports/identity.ts';
import type { Ids } from '../ports/ids.ts';
import type { Keys } from '../ports/keys.ts';
import type { Mapper } from '../ports/mapper.ts';
import type { Mailer } from '../ports/mailer.ts';
import type { ObjectEraser } from '../ports/object-eraser.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Pause } from '../ports/pause.ts';
import type { Pipeline } from '../ports/pipeline.ts';
import type { Push } from '../ports/push.ts';
import type { ResidenceProof } from '../ports/residence-proof.ts';
import type { Queue } from '../ports/queue.ts';
import type { Runs } from '../ports/runs.ts';
import type { Openadr2b } from '../ports/openadr-2b.ts';
import type { Payments } from '../ports/payments.ts';
import type { Signer } from '../ports/signer.ts';
import type { Item, Table } from '../ports/table.ts';
import type { TelemetryStore } from '../ports/telemetry-store.ts';
import type { Weather } from '../ports/weather.ts';
import type { Letterhead } from '../use-cases/notices/deps.ts';
import { directory as remember, type Directory } from '../use-cases/directory.ts';
import { correlatedBus, correlatedQueue } from './correlated-ports.ts';
import { env, required } from './env.ts';
import { provider } from './provider.ts';

/**
 * The composition root. A bundle holds only the adapters of the ports its entry file asks for: each is loaded at first
 * need, and what is not imported is dropped. The local host replaces them by `use` before it serves.
 */
export const clock = /* @__PURE__ */ provider<Clock>(async () => ({ now: () => Date.now() }));

export const ids = /* @__PURE__ */ provider<Ids>(async () => ({ next: () => randomBytes(16).toString('base64url') }));

/** What a link carries that opens something: 32 random bytes. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** Full jitter over a while that doubles from 10 ms to 1 s. */
export const pause: Pause = (attempt) => sleep(randomInt(0, Math.min(1000, 10 * 2 ** attempt)));

export const table = /* @__PURE__ */ provider<Table>(async () => {
  const { dynamoTable } = await import('../adapters/aws/table.ts');
  const names = {
    homes: required('TABLE_HOMES'),
    energy: required('TABLE_ENERGY'),
    history: required('TABLE_HISTORY'),
    operations: required('TABLE_OPERATIONS'),
    ledger: required('TABLE_LEDGER'),
    community: required('TABLE_COMMUNITY'),
    people: required('TABLE_PEOPLE'),
  };
  return dynamoTable(names, { clock: await clock() });
});

export const keys = /* @__PURE__ */ provider<Keys>(async () => {
  const { kmsKeys } = await import('../adapters/aws/keys.ts');
  return kmsKeys({ fieldKeyId: required('FIELD_KEY'), indexKeyId: required('INDEX_KEY'), clock: await clock() });
});

/** Vouches for settlement files. */
export const signer = /* @__PURE__ */ provider<Signer>(async () => {
  const { kmsSigner } = await import('../adapters/aws/signer.ts');
  return kmsSigner(required('SETTLEMENT_KEYS').split(' '));
});

export const identity = /* @__PURE__ */ provider<Identity>(async () => {
  const { cognitoIdentity } = await import('../adapters/aws/identity.ts');
  return cognitoIdentity(required('USER_POOL'));
});

export const bus = /* @__PURE__ */ provider<EventBus>(async () => {
  const { eventBridgeBus } = await import('../adapters/aws/event-bus.ts');
  return eventBridgeBus(required('EVENT_BUS'));
}, correlatedBus);

export const mailer = /* @__PURE__ */ provider<Mailer>(async () => {
  const { sesMailer } = await import('../adapters/aws/mailer.ts');
  return sesMailer(required('MAIL_FROM'));
});

/** Where the web app is, without a slash at its end; for links in mails. */
export const webUrl = /* @__PURE__ */ provider<string>(async () => required('WEB_URL'));

/** Where partners reach us by signed requests, on a host that is no API Gateway; undefined: the gateway says it of each request. */
export const partnerOrigin = /* @__PURE__ */ provider<string | undefined>(async () => undefined);

export const push = /* @__PURE__ */ provider<Push>(async () => {
  const { webPush } = await import('../adapters/providers/web-push.ts');
  const { secret } = await import('../adapters/aws/secret.ts');
  const [keysOf, subject] = [secret(required('PUSH_KEYS_SECRET')), await webUrl()];
  return webPush({ keys: keysOf, subject, http: await http() });
});

/** What stands in a message about who sends it and where its links lead. */
export const letterhead = /* @__PURE__ */ provider<Letterhead>(async () => ({
  webUrl: await webUrl(),
  apiUrl: required('API_URL'),
  contact: required('MAIL_FROM'),
}));

export const objects = /* @__PURE__ */ provider<ObjectStore>(async () => {
  const { s3ObjectStore } = await import('../adapters/aws/object-store.ts');
  return s3ObjectStore(required('OBJECTS'));
});

export const residence = /* @__PURE__ */ provider<ResidenceProof>(async () => {
  const { noResidenceProof } = await import('../adapters/providers/no-residence-proof.ts');
  return noResidenceProof;
});

export const telemetry = /* @__PURE__ */ provider<TelemetryStore>(async () => {
  if (env().TELEMETRY_STORE === 'blocks') {
    const { blocksTelemetryStore } = await import('../adapters/blocks/telemetry-store.ts');
    return blocksTelemetryStore(await table(), pause);
  }
  const { timestreamTelemetryStore } = await import('../adapters/aws/telemetry-timestream.ts');
  return timestreamTelemetryStore({
    database: required('TIMESTREAM_DATABASE'),
    tables: { electrical: required('TIMESTREAM_TABLE'), environment: required('TIMESTREAM_ENVIRONMENT_TABLE') },
    clock: await clock(),
  });
});

export const channel = /* @__PURE__ */ provider<DeviceChannel>(async () => {
  const { iotDeviceChannel } = await import('../adapters/aws/device-channel.ts');
  return iotDeviceChannel();
});

export const registry = /* @__PURE__ */ provider<DeviceRegistry>(async () => {
  const { iotDeviceRegistry } = await import('../adapters/aws/device-registry.ts');
  return iotDeviceRegistry({ policyName: required('GATEWAY_POLICY'), thingTypeName: GATEWAY_TYPE, pause });
});

/** Gateways that went away, to be looked at again. */
export const rechecks = /* @__PURE__ */ provider<Pick<Queue, 'send'>>(async () => {
  const { sqsSender } = await import('../adapters/aws/queue.ts');
  return sqsSender(required('RECHECKS'));
}, correlatedQueue);

export const directory = /* @__PURE__ */ provider<Directory>(async () => remember(await table(), await clock()));

export const payments = /* @__PURE__ */ provider<Payments>(async () => {
  const { handPayments } = await import('../use-cases/stores/hand-payments.ts');
  return handPayments({ table: await table(), clock: await clock() });
});

export const runs = /* @__PURE__ */ provider<Runs>(async () => {
  const { stepFunctionsRuns } = await import('../adapters/aws/runs.ts');
  return stepFunctionsRuns(required('DAILY_RUN'));
});

/** The formats of files are the same everywhere. */
export const fileReader = /* @__PURE__ */ provider<FileReader>(
  async () => (await import('../adapters/files/file-reader.ts')).fileReader,
);
export const archiver = /* @__PURE__ */ provider<Archiver>(
  async () => (await import('../adapters/files/zip.ts')).zipArchiver,
);

/** What is to be written for residents: archives of their household. */
export const files = /* @__PURE__ */ provider<Pick<Queue, 'send'>>(async () => {
  const { sqsSender } = await import('../adapters/aws/queue.ts');
  return sqsSender(required('FILES_QUEUE'));
}, correlatedQueue);

/** Pages of homes that are to be planned. */
export const plans = /* @__PURE__ */ provider<Pick<Queue, 'send'>>(async () => {
  const { sqsSender } = await import('../adapters/aws/queue.ts');
  return sqsSender(required('PLAN_QUEUE'));
}, correlatedQueue);

/** Endpoints of partners that are to be looked at. */
export const webhooks = /* @__PURE__ */ provider<Pick<Queue, 'send'>>(async () => {
  const { sqsSender } = await import('../adapters/aws/queue.ts');
  return sqsSender(required('WEBHOOK_QUEUE'));
}, correlatedQueue);

/** Requests to addresses that others gave us: the same everywhere. */
export const http = /* @__PURE__ */ provider<HttpOut>(async () => {
  const { httpOut } = await import('../adapters/providers/http-out.ts');
  return httpOut();
});

/** Of mixed-integer programmes. */
export const mixedSolver = /* @__PURE__ */ provider(async () => {
  const { highsSolver } = await import('../adapters/providers/highs.ts');
  return await highsSolver();
});

/** The state machine that erases households and accounts. */
export const erasures = /* @__PURE__ */ provider<Runs>(async () => {
  const { stepFunctionsRuns } = await import('../adapters/aws/runs.ts');
  return stepFunctionsRuns(required('ERASURE'));
});

/** The state machine that trains the forecasts. */
export const trainings = /* @__PURE__ */ provider<Runs>(async () => {
  const { stepFunctionsRuns } = await import('../adapters/aws/runs.ts');
  return stepFunctionsRuns(required('FORECAST_TRAINING'));
});

/** What an erasure cannot take out, and for how many days: `backups=35 logs=180`. Asked at each erasure: a local host may be backed up meanwhile. */
export const remains = /* @__PURE__ */ provider<() => Promise<string>>(async () => async () => env().REMAINS ?? '');

export const objectEraser = /* @__PURE__ */ provider<ObjectEraser>(async () => {
  const { s3ObjectEraser } = await import('../adapters/aws/object-eraser.ts');
  return s3ObjectEraser(required('OBJECTS'));
});

/** Every item of every table, where the store can be walked. The cloud has none: no function may scan a table. */
export const everyItem = /* @__PURE__ */ provider<(() => AsyncIterable<Item>) | undefined>(async () => undefined);

export const pipeline = /* @__PURE__ */ provider<Pipeline>(async () => {
  const { ingestPipeline } = await import('../adapters/aws/pipeline.ts');
  const deadLetterUrls = required('INGEST_DEAD_LETTERS').split(' ');
  const stream = env().INGEST_STREAM_FUNCTION;
  return ingestPipeline({
    functionName: required('INGEST_FUNCTION'),
    deadLetterUrls,
    stream:
      stream === undefined
        ? undefined
        : {
            functionName: stream,
            mappingId: required('INGEST_STREAM_MAPPING'),
            setAside: required('INGEST_SET_ASIDE'),
          },
    clock: await clock(),
  });
});

/** A whole answer takes a request a page; five seconds are for a service that is slow before it is down. */
const WEATHER_TIMEOUT_MS = 5000;
export const weather = /* @__PURE__ */ provider<Weather>(async () => {
  const { KMA_URL } = await import('../adapters/providers/kma-request.ts');
  const { kmaWeather } = await import('../adapters/providers/kma-weather.ts');
  const { secret } = await import('../adapters/aws/secret.ts');
  const key = secret(required('WEATHER_KEY_SECRET'));
  return kmaWeather({ url: KMA_URL, key, clock: await clock(), pause, timeoutMs: WEATHER_TIMEOUT_MS });
});

/** The endpoint in force where the stack names its parameter; else, and until a model is promoted, the one that ships. */
export const forecaster = /* @__PURE__ */ provider<Forecaster>(async () => {
  const embedded = provider(async () => {
    const { coreForecaster } = await import('../adapters/providers/core-forecaster.ts');
    return coreForecaster();
  });
  const parameter = env().FORECAST_ENDPOINT_PARAMETER;
  if (parameter === undefined) return embedded();
  const { endpointInForce } = await import('../adapters/aws/forecast-endpoint.ts');
  const { loudForecaster } = await import('./loud-forecaster.ts');
  const { forecasterInForce } = await import('../adapters/aws/forecaster-in-force.ts');
  const now = await clock();
  const endpoint = endpointInForce({ parameter, clock: now });
  return loudForecaster(forecasterInForce({ endpoint, clock: now, embedded }));
});

/** Where clients of OpenADR change their secret for a token. */
export const openadrTokenUrl = /* @__PURE__ */ provider<string>(async () => required('OPENADR_TOKEN_URL'));

/** Evaluates the mappings of connectors. */
export const mapper = /* @__PURE__ */ provider<Mapper>(async () => {
  const { jsonataMapper } = await import('../adapters/providers/jsonata-mapper.ts');
  return jsonataMapper();
});

/** The systems of others that are known. */
export const allConnectors = /* @__PURE__ */ provider<readonly Connector[]>(async () => {
  const { CONNECTORS } = await import('../adapters/providers/connectors/all.ts');
  return CONNECTORS;
});

/** Those that this stage is connected to. */
export const connectors = /* @__PURE__ */ provider<readonly Connector[]>(async () => {
  const on = required('CONNECTORS').split(' ');
  return (await allConnectors()).filter(({ id }) => on.includes(id));
});

/** What the system of a connector asks for before it answers: a secret of its own, read at the first need. */
export const connectorSecret = /* @__PURE__ */ provider<(connector: Connector) => () => Promise<string>>(async () => {
  const { secret } = await import('../adapters/aws/secret.ts');
  return ({ id }) => secret(`hems-${env().STAGE}-connector-${id}`);
});

/** The XML of OpenADR 2.0b is the same everywhere. */
export const openadr2b = /* @__PURE__ */ provider<Openadr2b>(
  async () => (await import('../adapters/providers/openadr-2b.ts')).openadr2b,
);
