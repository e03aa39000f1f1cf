import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Point } from '@hems/models/reading/point';
import { timestreamTelemetryStore } from '../adapters/aws/telemetry-timestream.ts';
import { timestreamWire } from '../adapters/aws/timestream-wire.ts';
import { blocksTelemetryStore } from '../adapters/blocks/telemetry-store.ts';
import { lambdaContext } from '../local/lambda-context.ts';
import type { Table } from '../ports/table.ts';
import { emf } from '../runtime/emf.ts';
import { metricSink } from '../runtime/metrics.ts';
import { useWorld } from '../testing/ingest-modes.ts';
import { aBatch, aReading, aRuleEvent, aWorld, NOON } from '../testing/world.ts';
import { directory } from '../use-cases/directory.ts';
import { ingest } from '../use-cases/ingest/ingest.ts';
import { putDevice, putProfile } from '../use-cases/stores/households.ts';
import { handler } from './ingest.ts';
import { handler as streamHandler } from './ingest-stream.ts';

/** CloudWatch Logs counts so much beside each line. */
const LINE_BYTES = 26;
/** The lines that Lambda itself writes of each call, in its text format, traced. */
const ID = '8f507cfc-xmpl-4697-b07a-ac58fc914c95';
const OF_LAMBDA = [
  `START RequestId: ${ID} Version: $LATEST\n`,
  `END RequestId: ${ID}\n`,
  `REPORT RequestId: ${ID}\tDuration: 21.26 ms\tBilled Duration: 22 ms\tMemory Size: 1024 MB\tMax Memory Used: 121 MB\t\nXRAY TraceId: 1-5e34a614-10bdxmplf1fb44f07bc535a1\tSegmentId: 07f5xmpl2d1f6f85\tSampled: true\t\n`,
];
const ofLambda = OF_LAMBDA.reduce((sum, line) => sum + Buffer.byteLength(line) + LINE_BYTES, 0);

const pointOf = (minute: number): Point => ({
  deviceId: 'm-9fK2xQv8Rk3wY1Zb',
  kind: 'smart_meter',
  ts: NOON - minute * 60_000,
  boot: 12,
  seq: 100_000 - minute,
  q: 0,
  quantities: {
    power_w: 1400,
    energy_import_wh: 12_345_678,
    energy_export_wh: 2_345_678,
    voltage_mv: 221_000,
    current_ma: 6400,
    power_factor_permille: 970,
    frequency_mhz: 60_000,
  },
});
const PLACE = {
  household: 'q7RtY2mN8vKp4LsD1xWc5A',
  gateway: 'gw-2026-000123456',
  correlation: 'b2a6e5f0-6f52-4d3e-9f0a-1d2c3b4a5968',
};
const reading = aRuleEvent('reading', aReading(pointOf(0)), PLACE);
const quarterHour = aRuleEvent('batch', aBatch(Array.from({ length: 15 }, (_, minute) => pointOf(14 - minute))), PLACE);

const kb = (event: unknown): number => Math.ceil(Buffer.byteLength(JSON.stringify(event)) / 1024);

/** `WEIGHT` of `infra/cost/monthly.ts` rests on these figures. */
describe('what a message weighs in the stream', () => {
  it('is a kilobyte for a reading, and six for a quarter hour of them', () => {
    expect(kb(reading)).toBe(1);
    expect(kb(quarterHour)).toBe(6);
  });
});

describe('what ingest writes into its log, at the level of prod', () => {
  afterEach(() => {
    metricSink.use(() => undefined);
    vi.restoreAllMocks();
  });

  const bytesOf = async (call: () => Promise<unknown>): Promise<number> => {
    const world = await aWorld();
    useWorld(world);
    world.clock.set(NOON + 1000);
    let bytes = ofLambda;
    // neither figures nor log lines go through the console that the runtime patches
    vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
      bytes += Buffer.byteLength(line) + LINE_BYTES;
      return true;
    });
    metricSink.use(emf);
    await call();
    await world.database.close();
    return bytes;
  };
  const meter = aRuleEvent('reading', aReading({ ...pointOf(0), deviceId: 'meter-1' }), {
    correlation: PLACE.correlation,
  });

  it('is about a kilobyte a call with one message: its figures, and the lines of Lambda itself', async () => {
    const bytes = await bytesOf(async () => await handler(meter, lambdaContext('hems-prod-ingest-Ingest', 30_000)));
    expect(bytes).toBeGreaterThan(950);
    expect(bytes).toBeLessThanOrEqual(1010);
  });

  it('is a fraction of that a message in the stream', async () => {
    const Records = Array.from({ length: 500 }, (_, at) => ({
      awsRegion: 'r',
      eventID: `${at}`,
      eventName: 'n',
      eventSource: 's',
      eventSourceARN: 'a',
      eventVersion: '1',
      invokeIdentityArn: 'i',
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey: meter.household,
        sequenceNumber: `${at}`,
        data: Buffer.from(JSON.stringify(meter)).toString('base64'),
        approximateArrivalTimestamp: NOON / 1000,
      },
    }));
    const bytes = await bytesOf(
      async () => await streamHandler({ Records }, lambdaContext('hems-prod-ingest-StreamIngest', 60_000)),
    );
    expect(bytes / 500).toBeLessThanOrEqual(20);
  });
});

/** Homes of which the function knows nothing yet, as at a million of them: each with one meter. */
const HOMES = 100;

/** How often DynamoDB is called: it takes a hundred keys at once. */
const counted = (table: Table) => {
  const count = { calls: 0 };
  const counting =
    <Args extends unknown[], Answer>(call: (...args: Args) => Promise<Answer>) =>
    async (...args: Args): Promise<Answer> => {
      count.calls += 1;
      return await call(...args);
    };
  const batchGet: Table['batchGet'] = async (wanted) => {
    count.calls += Math.ceil(wanted.length / 100);
    return await table.batchGet(wanted);
  };
  const counter: Table = {
    ...table,
    batchGet,
    get: counting(async (key) => await table.get(key)),
    put: counting(async (put) => await table.put(put)),
    query: counting(async (query) => await table.query(query)),
  };
  return { count, counter };
};

const callsOf = async (uplink: 'reading' | 'batch', size: number): Promise<number> => {
  const world = await aWorld();
  for (let at = 0; at < HOMES; at += 1) {
    await putProfile(world.table, { householdId: `h-${at}`, telemetryId: `t-${at}`, buildingType: 'apartment' });
    const device = { deviceId: 'meter-1', kind: 'smart_meter', name: 'meter', gateway: `g-${at}` } as const;
    await putDevice(world.table, `h-${at}`, { ...device, status: 'active' });
  }
  const { count, counter } = counted(world.table);
  const deps = { ...world.deps, table: counter, telemetry: blocksTelemetryStore(counter, world.pause) };
  const messagesFrom = (minute: number) =>
    Array.from({ length: HOMES }, (_, at) => {
      const points = Array.from({ length: uplink === 'batch' ? 15 : 1 }, (_none, more) => ({
        ...pointOf(-minute - more),
        deviceId: 'meter-1',
      }));
      const message = uplink === 'batch' ? aBatch(points) : aReading(points[0] ?? pointOf(0));
      return aRuleEvent(uplink, message, {
        household: `t-${at}`,
        gateway: `g-${at}`,
        received: NOON + (minute + 15) * 60_000,
      });
    });
  const takeAll = async (messages: ReturnType<typeof messagesFrom>): Promise<void> => {
    for (let from = 0; from < messages.length; from += size)
      await ingest({ ...deps, directory: directory(counter, world.clock) }, messages.slice(from, from + size));
  };
  await takeAll(messagesFrom(0));
  count.calls = 0;
  world.clock.set(NOON + 30 * 60_000);
  await takeAll(messagesFrom(uplink === 'batch' ? 15 : 1));
  await world.database.close();
  return count.calls / HOMES;
};

describe('how often a message has ingest call DynamoDB', () => {
  it.each([
    ['reading', 'alone', 1, 8],
    ['reading', 'among others', HOMES, 6],
    ['batch', 'alone', 1, 9],
    ['batch', 'among others', HOMES, 7],
  ] as const)('of a %s that comes %s', async (uplink, _how, size, calls) => {
    expect(await callsOf(uplink, size)).toBeCloseTo(calls, 1);
  });
});

/**
 * What LiveAnalytics meters of a request: names and values of dimensions and measures, eight bytes for a number and for the time; what the
 * records have in common once ("Metering and cost optimization" of its developer guide). Stored, each record has all of it.
 */
const meteredOf = ({ CommonAttributes: shared, Records: records }: WriteRecordsRequest) => {
  const dimensions = (of: readonly Dimension[] = []): number =>
    of.reduce((sum, { Name, Value }) => sum + Name.length + Value.length, 0);
  const own = records.map(({ MeasureName, Dimensions }) => dimensions(Dimensions) + MeasureName.length + 8 + 8);
  const common = dimensions(shared.Dimensions);
  const all = own.reduce((sum, bytes) => sum + bytes, 0);
  return { kib: Math.ceil((common + all) / 1024), stored: all + records.length * common };
};
type Dimension = { readonly Name: string; readonly Value: string };
type WriteRecordsRequest = {
  readonly CommonAttributes: { readonly Dimensions: readonly Dimension[] };
  readonly Records: readonly { readonly MeasureName: string; readonly Dimensions?: readonly Dimension[] }[];
};

/** `READING_ROWS` of `infra/cost/monthly.ts` rests on these figures. */
describe('what a reading weighs in LiveAnalytics', () => {
  const requestsFor = async (points: readonly Point[]) => {
    const wire = await timestreamWire({ database: 'd', tables: { e: 365, r: 90 }, now: () => NOON });
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    const options = { database: 'd', tables: { electrical: 'e', environment: 'r' }, clock: { now: () => NOON } };
    const connection = { region: 'ap-northeast-1', credentials, endpoint: wire.endpoint };
    await timestreamTelemetryStore(options, connection).write(PLACE.household, points);
    const requests = wire.requests.filter(({ operation }) => operation === 'WriteRecords');
    await wire.close();
    return requests.map(({ body }) => meteredOf(body as WriteRecordsRequest));
  };

  it('is a KiB alone, four for a quarter hour of them, and 780 bytes of rows', async () => {
    const alone = await requestsFor([pointOf(0)]);
    expect(alone.map(({ kib }) => kib)).toEqual([1]);
    expect(alone[0]?.stored).toBe(782);
    const together = await requestsFor(Array.from({ length: 15 }, (_, minute) => pointOf(minute)));
    expect(together.reduce((sum, { kib }) => sum + kib, 0)).toBe(4);
  });
});
