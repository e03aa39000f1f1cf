import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../ports/clock.ts';
import type { DeviceChannel } from '../ports/device-channel.ts';
import type { Ids } from '../ports/ids.ts';
import type { Pause } from '../ports/pause.ts';
import type { Pipeline } from '../ports/pipeline.ts';
import type { Runs } from '../ports/runs.ts';
import type { Payments } from '../ports/payments.ts';
import type { Table } from '../ports/table.ts';
import type { TelemetryStore } from '../ports/telemetry-store.ts';
import type { Weather } from '../ports/weather.ts';
import { directory as remember, type Directory } from '../use-cases/directory.ts';
import { env, required } from './env.ts';
import { provider } from './provider.ts';

/**
 * The composition root. A bundle holds only the adapters of the ports its entry file asks for: each is loaded at first
 * need, and what is not imported is dropped. The local host replaces them by `use` before it serves.
 */
export const clock = /* @__PURE__ */ provider<Clock>(async () => ({ now: () => Date.now() }));

export const ids = /* @__PURE__ */ provider<Ids>(async () => ({ next: () => randomBytes(16).toString('base64url') }));

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
  };
  return dynamoTable(names, { clock: await clock() });
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

export const directory = /* @__PURE__ */ provider<Directory>(async () => remember(await table(), await clock()));

export const payments = /* @__PURE__ */ provider<Payments>(async () => {
  const { handPayments } = await import('../use-cases/stores/hand-payments.ts');
  return handPayments({ table: await table(), clock: await clock() });
});

export const runs = /* @__PURE__ */ provider<Runs>(async () => {
  const { stepFunctionsRuns } = await import('../adapters/aws/runs.ts');
  return stepFunctionsRuns(required('DAILY_RUN'));
});

export const pipeline = /* @__PURE__ */ provider<Pipeline>(async () => {
  const { ingestPipeline } = await import('../adapters/aws/pipeline.ts');
  const deadLetterUrls = required('INGEST_DEAD_LETTERS').split(' ');
  return ingestPipeline({ functionName: required('INGEST_FUNCTION'), deadLetterUrls, clock: await clock() });
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
