import {
  TimestreamWriteClient,
  WriteRecordsCommand,
  type _Record as WireRecord,
} from '@aws-sdk/client-timestream-write';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY_MS } from '@hems/models/calendar/seoul';
import type { Point } from '@hems/models/reading/point';
import { QUANTITIES, QUANTITY_NAMES, type Quantities } from '@hems/models/reading/quantities';
import { aPoint } from '@hems/models/testing/builders';
import { KEPT_DAYS, type History } from '@hems/models/reading/retention';
import { HISTORY_DIMENSIONS, HISTORY_RULES, HISTORY_TIME } from '@hems/shared/events/rules';
import { BOOT_MAX, readingMessage, SEQ_MAX } from '@hems/shared/events/telemetry';
import type { SeriesQuery, TelemetryStore } from '../../ports/telemetry-store.ts';
import { telemetryStoreContract } from '../contract/telemetry-store.contract.ts';
import { timestreamTelemetryStore } from './telemetry-timestream.ts';
import { timestreamWire, type Operation, type TimestreamWire } from './timestream-wire.ts';

const NOON = 1_767_582_000_000;
const MINUTE = 60_000;
const NAMES = { database: 'hems', tables: { electrical: 'points', environment: 'rooms' } };
const wireAt = (now: () => number) =>
  timestreamWire({ database: 'hems', tables: { points: KEPT_DAYS.electrical, rooms: KEPT_DAYS.environment }, now });
const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
const connectionTo = ({ endpoint }: TimestreamWire) => ({ region: 'ap-northeast-1', credentials, endpoint });

telemetryStoreContract('Timestream for LiveAnalytics at the wire', async () => {
  const wire = await wireAt(() => NOON);
  const store = timestreamTelemetryStore({ ...NAMES, clock: { now: () => NOON } }, connectionTo(wire));
  return { store, nowMs: NOON, close: wire.close };
});

describe('Timestream', () => {
  let nowMs: number;
  let wire: TimestreamWire;
  let store: TelemetryStore;
  beforeEach(async () => {
    nowMs = NOON;
    wire = await wireAt(() => nowMs);
    store = timestreamTelemetryStore({ ...NAMES, clock: { now: () => nowMs } }, connectionTo(wire));
  });
  afterEach(() => wire.close());

  const bodies = (operation: Operation): any[] =>
    wire.requests.filter((request) => request.operation === operation).map(({ body }) => body);
  const write = (...points: readonly Point[]) => store.write('t-1', points);
  const powerOf = async (over: Partial<SeriesQuery> = {}) => {
    const query = { household: 't-1', deviceId: 'meter-1', kind: 'smart_meter', quantity: 'power_w' } as const;
    return (await store.series({ ...query, fromMs: 0, toMs: NOON * 2, ...over })).map(({ value }) => value);
  };
  const power = (power_w: number, over: Partial<Point> = {}) => aPoint({ quantities: { power_w }, ...over });

  /** A reading as it is on the wire. */
  const messageOf = ({ deviceId, kind, ts, boot, seq, q, quantities }: Point): Record<string, unknown> =>
    readingMessage.parse({ v: 1, device_id: deviceId, kind, ts, boot, seq, q, ...quantities });

  /** Whether the WHERE of a rule lets a message through, as the SQL reference has it: what compares with nothing is not true. */
  const isLetThrough = (condition: string, message: Record<string, unknown>): boolean => {
    const [, first, rest] = /^\((.*)\)$|^(.+? AND .+)$/.exec(condition) ?? [];
    if (rest) return rest.split(' AND ').every((part) => isLetThrough(part, message));
    if (first) return first.split(' OR ').some((part) => isLetThrough(part, message));
    const [, name, sign, ms] =
      /^isUndefined\((\w+)\) = false$|^ts ([<>]) timestamp\(\) ([+-] \d+)$/.exec(condition) ?? [];
    if (name) return message[name] !== undefined;
    if (!ms) throw new Error(`not a condition of the rules: ${condition}`);
    const bound = nowMs + Number(ms.replace(' ', ''));
    return sign === '<' ? Number(message['ts']) < bound : Number(message['ts']) > bound;
  };

  /** What the Timestream action of a rule makes of a message on the household's topic. */
  const recordsOfTheAction = (history: History, message: Record<string, unknown>): WireRecord[] => {
    const filled = (template: string) =>
      template.replace('${topic(3)}', 't-1').replace(/\$\{(\w+)\}/, (_, name: string) => String(message[name]));
    const { rule } = HISTORY_RULES.find(({ table }) => table === history)!;
    const [, columns, condition] = /^SELECT (.*) FROM '\S+' WHERE (.*)$/.exec(rule.sql)!;
    if (!isLetThrough(condition!, message)) return [];
    return columns!
      .split(', ')
      .map((column) => /^cast\((\w+) AS Int\) AS \1$/.exec(column)![1]!)
      .filter((name) => Number.isFinite(Number(message[name] ?? undefined)))
      .map((name) => ({
        Dimensions: Object.entries(HISTORY_DIMENSIONS).map(([Name, template]) => ({ Name, Value: filled(template) })),
        MeasureName: name,
        MeasureValue: String(Math.floor(Number(message[name]))),
        MeasureValueType: 'BIGINT',
        Time: filled(HISTORY_TIME.value),
        TimeUnit: HISTORY_TIME.unit,
      }));
  };
  const writeRecords = (Records: WireRecord[], TableName = NAMES.tables.electrical) =>
    new TimestreamWriteClient(connectionTo(wire)).send(
      new WriteRecordsCommand({ DatabaseName: NAMES.database, TableName, Records }),
    );
  const powerRecords = (power_w: number): WireRecord[] => recordsOfTheAction('electrical', messageOf(power(power_w)));

  describe('a request', () => {
    it('of one point is, word for word, one whole number per quantity and one for the flags', async () => {
      await write(aPoint({ boot: 3, seq: 7, q: 64, quantities: { power_w: -500, energy_import_wh: 1000 } }));
      const common = { Time: '1767582000000', Version: 3 * 2 ** 32 + 9 };
      expect(bodies('WriteRecords')).toEqual([
        {
          DatabaseName: 'hems',
          TableName: 'points',
          CommonAttributes: {
            Dimensions: [
              { Name: 'household', Value: 't-1' },
              { Name: 'device', Value: 'meter-1' },
              { Name: 'kind', Value: 'smart_meter' },
            ],
            MeasureValueType: 'BIGINT',
            TimeUnit: 'MILLISECONDS',
          },
          Records: [
            { MeasureName: 'q', MeasureValue: '64', ...common },
            { MeasureName: 'power_w', MeasureValue: '-500', ...common },
            { MeasureName: 'energy_import_wh', MeasureValue: '1000', ...common },
          ],
        },
      ]);
    });

    it('leaves in both tables what the rule actions leave there for the same reading, but for the version', async () => {
      const quantities: Quantities = Object.fromEntries(QUANTITY_NAMES.map((name) => [name, QUANTITIES[name].max]));
      const reading = aPoint({ q: 2, quantities });
      const unversioned = () =>
        ['points', 'rooms'].map((table) => wire.rows(table).map((row) => ({ ...row, Version: 1 })));
      await write(reading);
      const ours = unversioned();
      await wire.close();
      wire = await wireAt(() => NOON);
      for (const { table } of HISTORY_RULES)
        await writeRecords(recordsOfTheAction(table, messageOf(reading)), NAMES.tables[table]);
      expect(ours).toEqual(unversioned());
      expect(ours.map((rows) => rows.length)).toEqual([1 + 21, 1 + 6]);
    });

    it('goes to each table by itself, and to none that the point has nothing for', async () => {
      const room = { deviceId: 'air-1', kind: 'environment_sensor' } as const;
      await write(
        aPoint({ q: 2, quantities: { power_w: -900, soc_permille: 800, temperature_cdegc: 2450 } }),
        aPoint({ ...room, quantities: { co2_ppm: 400 } }),
        aPoint({ ...room, ts: NOON + 1, quantities: {} }),
      );
      const sent = bodies('WriteRecords').map(({ TableName, Records }) => [
        TableName as unknown,
        Records.map((one: WireRecord) => `${one.MeasureName} ${one.MeasureValue}`).toSorted(),
      ]);
      expect(Object.fromEntries(sent)).toEqual({
        points: ['power_w -900', 'q 2', 'soc_permille 800'],
        rooms: ['co2_ppm 400', 'q 0', 'q 2', 'temperature_cdegc 2450'],
      });
      expect(sent).toHaveLength(2);
    });

    it('holds at most 100 records: 101 points of three records go in four', async () => {
      const points = Array.from({ length: 101 }, (_, index) => aPoint({ ts: NOON - index * MINUTE }));
      expect(await write(...points)).toEqual({ accepted: 101, rejected: [] });
      const sizes = bodies('WriteRecords').map(({ Records }) => Records.length as number);
      expect(sizes.toSorted((a, b) => b - a)).toEqual([100, 100, 100, 3]);
      expect(wire.rows('points')).toHaveLength(303);
    });

    it('of two devices names the device in each record and the household once', async () => {
      await write(power(1), power(2, { deviceId: 'plug-1', kind: 'smart_plug' }));
      const [{ CommonAttributes, Records }] = bodies('WriteRecords');
      expect(CommonAttributes.Dimensions).toEqual([{ Name: 'household', Value: 't-1' }]);
      expect(Records.map((one: WireRecord) => one.Dimensions?.map(({ Value }) => Value))).toEqual([
        ['meter-1', 'smart_meter'],
        ['meter-1', 'smart_meter'],
        ['plug-1', 'smart_plug'],
        ['plug-1', 'smart_plug'],
      ]);
    });

    it('writes 10, 10.0 and 1e1 as the same whole number, and nothing at all of 10.5', async () => {
      const values: number[] = JSON.parse('[10, 10.0, 1e1, 10.5]');
      const { accepted, rejected } = await write(...values.map((value, index) => power(value, { ts: NOON + index })));
      expect(accepted).toBe(3);
      expect(rejected).toEqual([{ index: 3, reason: expect.stringContaining('power_w 10.5 is no whole number') }]);
      const rows = wire.rows('points').filter(({ MeasureName }) => MeasureName === 'power_w');
      expect(rows.map(({ MeasureValue, MeasureValueType }) => [MeasureValue, MeasureValueType])).toEqual(
        Array.from({ length: 3 }, () => ['10', 'BIGINT']),
      );
    });

    it('is not made of a point that no store takes', async () => {
      expect((await write(power(1, { seq: 1.5 }))).rejected).toHaveLength(1);
      expect(wire.requests).toEqual([]);
    });

    it('carries a version that is exact for the last boot and orders its last seq before the next boot', async () => {
      const order = [
        { boot: 0, seq: 0 },
        { boot: 0, seq: SEQ_MAX },
        { boot: 1, seq: 0 },
        { boot: BOOT_MAX, seq: SEQ_MAX },
      ];
      for (const [index, one] of order.entries()) await write(power(index, one));
      const versions = bodies('WriteRecords').map(({ Records }) => Records[0].Version as number);
      expect(versions).toEqual([2, 2 ** 32 + 1, 2 ** 32 + 2, 2 ** 52 + 1]);
      expect(await powerOf()).toEqual([3]);
    });
  });

  describe('a rule action', () => {
    const reading = (over: Record<string, unknown>) => ({ ...messageOf(power(1)), ...over });
    const both = (message: Record<string, unknown>) =>
      HISTORY_RULES.map(({ table }) => recordsOfTheAction(table, message));

    it('leaves a reading to the other where it has no quantity of its own', () => {
      expect(both(reading({})).map((records) => records.length)).toEqual([2, 0]);
      expect(both(reading({ power_w: undefined, co2_ppm: 400 })).map((records) => records.length)).toEqual([0, 2]);
      expect(both(reading({ co2_ppm: 400 })).map((records) => records.length)).toEqual([2, 2]);
    });

    it.each([
      ['names no device', { device_id: undefined }],
      ['names no kind', { kind: undefined }],
      ['has no time', { ts: undefined }],
      ['has a text for its time', { ts: 'noon' }],
      ['is of a clock 15 minutes fast', { ts: NOON + 15 * MINUTE }],
      ['is older than what is kept', { ts: NOON - 365 * DAY_MS }],
      ['has no quantity', { power_w: undefined }],
    ])('is not begun for a reading that %s: it could only fail', (_what, over) => {
      expect(both(reading(over))).toEqual([[], []]);
    });

    it('is not begun for the air of 90 days ago, which its table does not take, while the electricity is written', () => {
      const late = reading({ ts: NOON - 90 * DAY_MS, co2_ppm: 400 });
      expect(both(late).map((records) => records.length)).toEqual([2, 0]);
    });

    it('gives every column whole numbers, whatever the first device of all sends', () => {
      const sent = reading({ power_w: 10.5, voltage_mv: '220000', current_ma: 'high', frequency_mhz: null });
      expect(
        recordsOfTheAction('electrical', sent).map(({ MeasureName, MeasureValue }) => `${MeasureName} ${MeasureValue}`),
      ).toEqual(['q 0', 'power_w 10', 'voltage_mv 220000']);
    });
  });

  describe('a point beside the rule action', () => {
    it('takes its place, and is not taken back when the action writes late', async () => {
      await writeRecords(powerRecords(100));
      expect(await write(power(200, { boot: 0, seq: 0 }))).toEqual({ accepted: 1, rejected: [] });
      await expect(writeRecords(powerRecords(100))).rejects.toThrow(/have been rejected/);
      expect(await powerOf()).toEqual([200]);
    });

    it('is refused, with the reason, where a column was once a float, and its other quantities are kept', async () => {
      const [first] = powerRecords(1).filter(({ MeasureName }) => MeasureName === 'power_w');
      await writeRecords([{ ...first, MeasureValue: '1.5', MeasureValueType: 'DOUBLE' }]);
      const report = await write(aPoint({ ts: NOON + 1, quantities: { power_w: 2, voltage_mv: 3 } }));
      expect(report).toEqual({
        accepted: 0,
        rejected: [{ index: 0, reason: 'power_w: power_w is of type DOUBLE, not BIGINT.' }],
      });
      expect(await powerOf({ quantity: 'voltage_mv' })).toEqual([3]);
      expect(await powerOf()).toEqual([]);
    });
  });

  describe('a rejection', () => {
    it('is of one point, once, and keeps the rest of the request', async () => {
      const report = await write(
        aPoint({ ts: NOON - 366 * DAY_MS }),
        power(1),
        power(2, { ts: NOON + 16 * MINUTE }),
        power(3, { ts: NOON + 14 * MINUTE }),
      );
      expect(report.accepted).toBe(2);
      expect(report.rejected.map(({ index }) => index)).toEqual([0, 2]);
      for (const { reason } of report.rejected) expect(reason).toContain('outside the time range');
      expect(await powerOf()).toEqual([1, 3]);
      expect(wire.requests.filter(({ operation }) => operation === 'WriteRecords')).toHaveLength(1);
    });

    it('stands in the report in the order of the points, with one reason each, whoever refused', async () => {
      const report = await write(aPoint({ ts: NOON - 400 * DAY_MS }), power(0.5), aPoint({ ts: NOON + DAY_MS }));
      expect(report).toEqual({
        accepted: 0,
        rejected: [
          {
            index: 0,
            reason: expect.stringMatching(
              /^q: The record timestamp is outside the time range \S+ \S+ of the data ingestion window\.$/,
            ),
          },
          { index: 1, reason: expect.stringMatching(/^power_w 0.5 is no whole number/) },
          { index: 2, reason: expect.stringMatching(/^q: The record timestamp/) },
        ],
      });
    });

    it('names the right point in the second hundred of records', async () => {
      const points = Array.from({ length: 60 }, (_, index) => power(index, { ts: NOON + index }));
      points[55] = power(55, { ts: NOON - 400 * DAY_MS });
      points[59] = power(59, { ts: NOON + DAY_MS });
      expect((await write(...points)).rejected.map(({ index }) => index)).toEqual([55, 59]);
    });

    it('for a newer version is none: the point is superseded', async () => {
      await write(power(300, { boot: 2 }));
      expect(await write(power(100))).toEqual({ accepted: 1, rejected: [] });
      expect(await powerOf()).toEqual([300]);
      expect(wire.requests.filter(({ operation }) => operation === 'WriteRecords')).toHaveLength(2);
    });

    it('is a conflict when one (boot, seq) comes with another value: the first stands', async () => {
      await write(power(200));
      const { accepted, rejected } = await write(power(100));
      expect([accepted, rejected[0]?.index]).toEqual([0, 0]);
      expect(rejected[0]?.reason).toMatch(/^power_w: A record already exists/);
      expect(await powerOf()).toEqual([200]);
    });

    it('is a conflict also when AWS names the version that stands, and it is the same', async () => {
      const conflict = { RecordIndex: 1, Reason: 'same version', ExistingVersion: 2 ** 32 + 3 };
      wire.fail('WriteRecords', {
        status: 419,
        type: 'RejectedRecordsException',
        message: 'see',
        extra: { RejectedRecords: [conflict] },
      });
      expect((await write(power(1))).rejected).toEqual([{ index: 0, reason: 'power_w: same version' }]);
    });

    it('of two contents under one (boot, seq) in one call keeps the smaller canonical JSON, in either order', async () => {
      const [small, big] = [power(100), power(200)];
      for (const [index, points] of [
        [big, small],
        [small, big],
      ].entries()) {
        const household = `t-${index}`;
        const { rejected } = await store.write(household, points);
        expect(rejected).toEqual([{ index, reason: expect.stringContaining('power_w: the same (boot, seq)') }]);
        expect(await powerOf({ household })).toEqual([100]);
      }
    });

    it.each([
      ['names no record', {}],
      ['has an empty list', { RejectedRecords: [] }],
      ['names a record that was not sent', { RejectedRecords: [{ RecordIndex: 2, Reason: 'x' }] }],
    ])('that %s leaves the outcome open, and the call fails', async (_what, extra) => {
      wire.fail('WriteRecords', {
        status: 419,
        type: 'RejectedRecordsException',
        message: 'see RejectedRecords',
        extra,
      });
      await expect(write(power(1))).rejects.toThrow(/see RejectedRecords|rejected record 2 of 2: x/);
    });
  });

  describe('a series', () => {
    it('comes in pages, each by the token of the page before, the first one empty', async () => {
      const points = Array.from({ length: 90 }, (_, index) => power(index, { ts: NOON - index * MINUTE }));
      await write(...points);
      expect(await powerOf()).toEqual(points.map((_, index) => index).toReversed());
      expect(bodies('Query').map(({ NextToken }) => NextToken as unknown)).toEqual([
        undefined,
        'page-0',
        'page-40',
        'page-80',
      ]);
      expect(new Set(bodies('Query').map(({ QueryString }) => QueryString as unknown)).size).toBe(1);
    });

    it('has the flags 0 where a writer left them out', async () => {
      await writeRecords(powerRecords(7).filter(({ MeasureName }) => MeasureName === 'power_w'));
      const query = { household: 't-1', deviceId: 'meter-1', kind: 'smart_meter', quantity: 'power_w' } as const;
      expect(await store.series({ ...query, fromMs: NOON, toMs: NOON + 1 })).toEqual([{ ts: NOON, value: 7, q: 0 }]);
    });

    it('shows the air of a room for 90 days and the electricity for 365', async () => {
      await write(aPoint({ quantities: { power_w: 1, temperature_cdegc: 2100 } }));
      const seen = async () => [...(await powerOf()), ...(await powerOf({ quantity: 'temperature_cdegc' }))];
      nowMs = NOON + 90 * DAY_MS;
      expect(await seen()).toEqual([1, 2100]);
      nowMs += 1;
      expect(await seen()).toEqual([1]);
      nowMs = NOON + 365 * DAY_MS;
      expect(await seen()).toEqual([1]);
      nowMs += 1;
      expect(await seen()).toEqual([]);
    });

    it('of the air is read from its own table, which is asked for no more than its 90 days', async () => {
      await powerOf({ quantity: 'temperature_cdegc' });
      const [{ QueryString }] = bodies('Query');
      expect(QueryString).toContain('FROM "hems"."rooms"');
      expect(QueryString).toContain(`time >= from_milliseconds(${NOON - 90 * DAY_MS})`);
    });

    it('is one query, of nothing that is not kept or cannot be yet', async () => {
      await powerOf();
      expect(bodies('Query').map(({ QueryString }) => QueryString as unknown)).toEqual([
        'SELECT to_milliseconds(time) AS ts, ' +
          "max(CASE WHEN measure_name = 'q' THEN measure_value::bigint END) AS q, " +
          "max(CASE WHEN measure_name = 'power_w' THEN measure_value::bigint END) AS power_w " +
          'FROM "hems"."points" ' +
          "WHERE household = 't-1' AND device = 'meter-1' AND kind = 'smart_meter' AND measure_name IN ('q', 'power_w') " +
          `AND time >= from_milliseconds(${NOON - 365 * DAY_MS}) AND time < from_milliseconds(${NOON + DAY_MS}) ` +
          'GROUP BY time ORDER BY ts',
      ]);
    });

    it('of every quantity is one query too, which names each and the flags', async () => {
      await write(aPoint({ quantities: { power_w: 1, voltage_mv: 220_000 } }));
      const device = { household: 't-1', deviceId: 'meter-1', kind: 'smart_meter' } as const;
      const points = await store.points({ ...device, history: 'electrical', fromMs: 0, toMs: NOON + DAY_MS });
      expect(points.map(({ quantities }) => quantities)).toEqual([{ power_w: 1, voltage_mv: 220_000 }]);
      const [{ QueryString }] = bodies('Query');
      expect(QueryString).toContain(`AND measure_name IN ('q', 'power_w', 'energy_import_wh', 'energy_export_wh', `);
      expect(bodies('Query')).toHaveLength(1);
    });
  });

  it('is asked for nothing by an empty span, and by no household whose id is more than an id', async () => {
    expect(await powerOf({ fromMs: NOON, toMs: NOON })).toEqual([]);
    await expect(store.write("t-1' OR", [power(1)])).rejects.toThrow(/is no telemetry or device id/);
    expect(wire.requests).toEqual([]);
  });

  it('cannot erase: the rows remain for 365 days', async () => {
    expect(await store.erase('t-1')).toEqual({ erased: false, remainsUntil: NOON + 365 * DAY_MS });
  });

  describe('a failure', () => {
    // the SDK waits a random while, up to 500 ms, before it tries again
    beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
    afterEach(() => void vi.restoreAllMocks());

    const THROTTLED = { status: 400, type: 'ThrottlingException', message: 'slow down' };
    const BROKEN = { status: 500, type: 'InternalServerException', message: 'broken' };

    it.each([THROTTLED, BROKEN])('$type is tried again, and the point is stored once', async (failure) => {
      wire.fail('WriteRecords', failure);
      wire.fail('Query', failure);
      expect(await write(power(1))).toEqual({ accepted: 1, rejected: [] });
      expect(await powerOf()).toEqual([1]);
      expect(wire.requests.map(({ operation }) => operation)).toEqual([
        'WriteRecords',
        'WriteRecords',
        'Query',
        'Query',
      ]);
    });

    it('that lasts is told after three tries', async () => {
      for (let tries = 0; tries < 3; tries += 1) wire.fail('WriteRecords', BROKEN);
      await expect(write(power(1))).rejects.toThrow('broken');
      expect(wire.requests).toHaveLength(3);
      expect(wire.rows('points')).toEqual([]);
    });

    it('that is ours is told at once', async () => {
      wire.fail('WriteRecords', { status: 400, type: 'ValidationException', message: 'malformed' });
      await expect(write(power(1))).rejects.toThrow('malformed');
      expect(wire.requests).toHaveLength(1);
    });
  });

  describe('the cell of the account', () => {
    const DENIED = { status: 400, type: 'AccessDeniedException', message: '' };
    const CLOSED =
      'Only existing Timestream for LiveAnalytics customers can access the service. Reach out to AWS support.';
    let account = 0;

    /** As deployed: no endpoint is given, the client asks for it. The SDK keeps what it found per access key. */
    const discovering = () => {
      const { region, endpoint } = connectionTo(wire);
      const connection = {
        region,
        credentials: { ...credentials, accessKeyId: `account-${(account += 1)}` },
        endpointProvider: () => ({ url: new URL(endpoint) }),
      };
      return timestreamTelemetryStore({ ...NAMES, clock: { now: () => NOON } }, connection);
    };

    it('is asked for once, and then written to by all chunks', async () => {
      store = discovering();
      const points = Array.from({ length: 101 }, (_, index) => power(index, { ts: NOON - index * MINUTE }));
      expect(await write(...points)).toMatchObject({ accepted: 101 });
      expect(wire.requests.map(({ operation, host }) => [operation, host.split(':')[0]])).toEqual([
        ['DescribeEndpoints', '127.0.0.1'],
        ['WriteRecords', 'localhost'],
        ['WriteRecords', 'localhost'],
        ['WriteRecords', 'localhost'],
      ]);
    });

    it('is told to be closed to a new account, with the store to take instead, on writing and on reading', async () => {
      store = discovering();
      wire.fail('DescribeEndpoints', { ...DENIED, message: CLOSED });
      await expect(write(power(1))).rejects.toThrow(/closed to this account .*telemetryStore=blocks/);
      wire.fail('DescribeEndpoints', { ...DENIED, message: CLOSED });
      await expect(powerOf()).rejects.toThrow(/closed to this account .*telemetryStore=blocks/);
    });

    it('is told to be denied to this role by the words of AWS, not by those of the SDK', async () => {
      store = discovering();
      wire.fail('DescribeEndpoints', { ...DENIED, message: 'not authorized to perform timestream:DescribeEndpoints' });
      await expect(write(power(1))).rejects.toThrow('not authorized to perform timestream:DescribeEndpoints');
    });
  });
});
