import { paginateQuery, TimestreamQueryClient, type Datum, type Row } from '@aws-sdk/client-timestream-query';
import {
  RejectedRecordsException,
  TimestreamWriteClient,
  WriteRecordsCommand,
  type _Record as WireRecord,
  type Dimension,
  type RejectedRecord,
  type TimestreamWriteClientConfig,
} from '@aws-sdk/client-timestream-write';
import { DAY_MS } from '@hems/models/calendar/seoul';
import { compareObservations, type Point } from '@hems/models/reading/point';
import { QUANTITY_NAMES, type Quantity } from '@hems/models/reading/quantities';
import { historyOf, KEPT_DAYS, type History } from '@hems/models/reading/retention';
import { HISTORY_TIME, type HISTORY_DIMENSIONS } from '@hems/shared/events/rules';
import type { Clock } from '../../ports/clock.ts';
import type {
  PointsQuery,
  Rejected,
  Sample,
  SeriesQuery,
  StoredPoint,
  TelemetryStore,
  WriteReport,
} from '../../ports/telemetry-store.ts';
import { checkedId, possibleOf, unstorable } from '../telemetry-rules.ts';
import { SHORT_TIMEOUTS } from './timeouts.ts';

type TimestreamOptions = {
  readonly database: string;
  readonly tables: Readonly<Record<History, string>>;
  readonly clock?: Clock;
};
/** What both clients take; the environment of a function gives the rest. */
type TimestreamConnection = Pick<TimestreamWriteClientConfig, 'region' | 'credentials' | 'endpoint'>;

type Store = Required<TimestreamOptions> & {
  readonly writer: TimestreamWriteClient;
  readonly reader: TimestreamQueryClient;
};
/** One value of one point: a record of a table. `index` is the place of the point in the call. */
type Cell = {
  readonly index: number;
  readonly point: Point;
  readonly history: History;
  readonly measure: Quantity | 'q';
  readonly value: number;
};
/** Cells of one table, as many as a request takes. */
type Chunk = { readonly table: string; readonly cells: readonly Cell[] };

const MAX_RECORDS = 100;
/** A query over weeks takes seconds; the front door waits 30 s. */
const QUERY_TIMEOUTS = {
  requestHandler: { ...SHORT_TIMEOUTS.requestHandler, requestTimeout: 10_000 },
  maxAttempts: 2,
};
/** What AWS has told every account since 2025-06-20 that had not used the service before. */
const CLOSED = 'Only existing Timestream for LiveAnalytics customers can access the service';
const CONFLICT = 'the same (boot, seq) came with another value, and that one stands';

/** Orders as (boot, seq) does, above the 1 of the records of the rule action, and below 2^53 for every boot below 2^20. */
const versionOf = ({ boot, seq }: Point): number => boot * 2 ** 32 + seq + 2;

/** Each history has its own flags beside its own quantities; a point without any has no part in it. */
const cellsOf = (point: Point, index: number): Cell[] => {
  const carried = QUANTITY_NAMES.filter((name) => point.quantities[name] !== undefined);
  return [...Map.groupBy(carried, historyOf)].flatMap(([history, own]) =>
    (['q', ...own] as const).flatMap((measure) => {
      const value = measure === 'q' ? point.q : point.quantities[measure];
      return value === undefined ? [] : [{ index, point, history, measure, value }];
    }),
  );
};

type Indexed = readonly [index: number, point: Point];

/** By device and time, what stands first. Neighbours of one device share their dimensions in a request. */
const byDevice = ([, a]: Indexed, [, b]: Indexed): number =>
  a.deviceId.localeCompare(b.deviceId) || a.kind.localeCompare(b.kind) || a.ts - b.ts || compareObservations(b, a);

type Distinct = { readonly cells: Cell[]; readonly conflicts: Rejected[] };

/** One cell per device, kind, time and measure: what Timestream does with two in one request is not documented. */
const distinct = (points: readonly Indexed[]): Distinct => {
  const standing = new Map<string, Cell>();
  const conflicts: Rejected[] = [];
  for (const cell of points.toSorted(byDevice).flatMap(([index, point]) => cellsOf(point, index))) {
    const { deviceId, kind, ts } = cell.point;
    const key = `${deviceId}#${kind}#${ts}#${cell.history}#${cell.measure}`;
    const other = standing.get(key);
    if (!other) standing.set(key, cell);
    else if (versionOf(other.point) === versionOf(cell.point) && other.value !== cell.value)
      conflicts.push({ index: cell.index, reason: `${cell.measure}: ${CONFLICT}` });
  }
  return { cells: [...standing.values()], conflicts };
};

const dimensionsOf = (values: Partial<Record<keyof typeof HISTORY_DIMENSIONS, string>>): Dimension[] =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }));

const deviceOf = ({ point: { deviceId, kind } }: Cell): Dimension[] => dimensionsOf({ device: deviceId, kind });

const recordOf = ({ point, measure, value }: Cell): WireRecord => ({
  MeasureName: measure,
  MeasureValue: String(value),
  Time: String(point.ts),
  Version: versionOf(point),
});

/** The records that the Timestream actions of `HISTORY_RULES` write, but for the version. Metered by the byte: what all have in common is sent once. */
const requestOf = ({ database }: Store, household: string, { table, cells }: Chunk): WriteRecordsCommand => {
  const [first] = cells;
  const shared =
    first && cells.every((cell) => cell.point.deviceId === first.point.deviceId && cell.point.kind === first.point.kind)
      ? deviceOf(first)
      : [];
  return new WriteRecordsCommand({
    DatabaseName: database,
    TableName: table,
    CommonAttributes: {
      Dimensions: [...dimensionsOf({ household }), ...shared],
      MeasureValueType: 'BIGINT',
      TimeUnit: HISTORY_TIME.unit,
    },
    Records: cells.map((cell) => ({ ...recordOf(cell), ...(shared.length === 0 && { Dimensions: deviceOf(cell) }) })),
  });
};

/** A record below the version that stands is superseded, as it should be; one of the same version is a conflict. */
const refusalsIn = ({ cells }: Chunk, rejected: readonly RejectedRecord[]): Rejected[] =>
  rejected.flatMap(({ RecordIndex: place = -1, Reason: reason = 'no reason given', ExistingVersion: existing = 0 }) => {
    const cell = cells[place];
    if (!cell) throw new Error(`Timestream rejected record ${place} of ${cells.length}: ${reason}`);
    return existing > versionOf(cell.point) ? [] : [{ index: cell.index, reason: `${cell.measure}: ${reason}` }];
  });

/** The SDK hides why it found no endpoint behind a text of its own. */
const causeOf = (error: unknown): unknown =>
  error instanceof Error && 'reason' in error && error.reason instanceof Error ? error.reason : error;

const explained = (thrown: unknown): unknown => {
  const cause = causeOf(thrown);
  if (!(cause instanceof Error && cause.message.startsWith(CLOSED))) return cause;
  return new Error(
    `Timestream for LiveAnalytics is closed to this account (AWS: "${CLOSED}"): deploy this stage with telemetryStore=blocks, which npm run deploy chooses by itself`,
    { cause },
  );
};

/** Answers what is refused for good. Status 419 says that all other records of the request are stored: it is never sent again. */
const send = async (store: Store, household: string, chunk: Chunk): Promise<Rejected[]> => {
  try {
    await store.writer.send(requestOf(store, household, chunk));
    return [];
  } catch (error) {
    if (error instanceof RejectedRecordsException && error.RejectedRecords?.length)
      return refusalsIn(chunk, error.RejectedRecords);
    throw explained(error);
  }
};

const chunksOf = ({ tables }: Store, cells: readonly Cell[]): Chunk[] =>
  [...Map.groupBy(cells, ({ history }) => history)].flatMap(([history, own]) =>
    Array.from({ length: Math.ceil(own.length / MAX_RECORDS) }, (_, chunk) => ({
      table: tables[history],
      cells: own.slice(chunk * MAX_RECORDS, (chunk + 1) * MAX_RECORDS),
    })),
  );

const write = async (store: Store, household: string, points: readonly Point[]): Promise<WriteReport> => {
  const id = checkedId(household);
  const unfit: Rejected[] = [];
  const fit: Indexed[] = [];
  for (const [index, point] of points.entries()) {
    const reason = unstorable(point);
    if (reason) unfit.push({ index, reason });
    else fit.push([index, point]);
  }
  const { cells, conflicts } = distinct(fit);
  const refusals = await Promise.all(chunksOf(store, cells).map((chunk) => send(store, id, chunk)));
  const all = [...unfit, ...conflicts, ...refusals.flat()];
  const rejected = [...Map.groupBy(all, ({ index }) => index).values()]
    .flatMap((ofPoint) => ofPoint.slice(0, 1))
    .toSorted((a, b) => a.index - b.index);
  return { accepted: points.length - rejected.length, rejected };
};

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** One row per time, flags and values side by side, by one scan. Timestream has no bound parameters. */
const sqlOf = (
  { database, tables }: Store,
  { household, deviceId, kind, history, fromMs, toMs }: PointsQuery,
  quantities: readonly Quantity[],
): string => {
  const measures = ['q', ...quantities];
  const valueOf = (measure: string): string =>
    `max(CASE WHEN measure_name = ${literal(measure)} THEN measure_value::bigint END) AS ${measure}`;
  return [
    `SELECT to_milliseconds(time) AS ts, ${measures.map(valueOf).join(', ')}`,
    `FROM "${database}"."${tables[history]}"`,
    `WHERE household = ${literal(checkedId(household))} AND device = ${literal(checkedId(deviceId))} AND kind = ${literal(kind)}`,
    `AND measure_name IN (${measures.map(literal).join(', ')})`,
    `AND time >= from_milliseconds(${fromMs}) AND time < from_milliseconds(${toMs})`,
    'GROUP BY time ORDER BY ts',
  ].join(' ');
};

const numberOf = (datum: Datum | undefined): number => Number(datum?.ScalarValue ?? Number.NaN);

/** A quantity that the point did not carry is absent in its row. */
const pointOf = ({ Data: [ts, q, ...values] = [] }: Row, names: readonly Quantity[]): StoredPoint => {
  const quantities: { [name in Quantity]?: number } = {};
  for (const [index, name] of names.entries())
    if (values[index]?.ScalarValue !== undefined) quantities[name] = numberOf(values[index]);
  return { ts: numberOf(ts), q: q?.ScalarValue === undefined ? 0 : numberOf(q), quantities };
};

/** Within what is kept. A time beyond 2262 is none to Timestream, and nothing is stored a day ahead. */
const kept = (query: PointsQuery, nowMs: number): PointsQuery => ({
  ...query,
  fromMs: Math.max(query.fromMs, nowMs - KEPT_DAYS[query.history] * DAY_MS),
  toMs: Math.min(query.toMs, nowMs + DAY_MS),
});

const pointsOf = async (store: Store, query: PointsQuery, names: readonly Quantity[]): Promise<StoredPoint[]> => {
  const within = kept(query, store.clock.now());
  const sql = sqlOf(store, within, names);
  if (within.toMs <= within.fromMs) return [];
  const points: StoredPoint[] = [];
  try {
    for await (const { Rows: rows = [] } of paginateQuery({ client: store.reader }, { QueryString: sql }))
      points.push(...rows.flatMap((row) => possibleOf(pointOf(row, names)) ?? []));
  } catch (error) {
    throw explained(error);
  }
  return points;
};

const series = async (store: Store, { quantity, ...query }: SeriesQuery): Promise<Sample[]> => {
  const points = await pointsOf(store, { ...query, history: historyOf(quantity) }, [quantity]);
  return points.flatMap(({ ts, q, quantities: { [quantity]: value } }) =>
    value === undefined ? [] : [{ ts, value, q }],
  );
};

const points = (store: Store, query: PointsQuery): Promise<StoredPoint[]> =>
  pointsOf(
    store,
    query,
    QUANTITY_NAMES.filter((name) => historyOf(name) === query.history),
  );

const SYSTEM_CLOCK: Clock = { now: () => Date.now() };

/**
 * `TelemetryStore` in Timestream for LiveAnalytics, beside the IoT rule actions that write single readings into the same
 * tables. A point is seen a moment after it is written; one older than the memory store, up to 6 hours after.
 */
export const timestreamTelemetryStore = (
  { database, tables, clock = SYSTEM_CLOCK }: TimestreamOptions,
  connection: TimestreamConnection = {},
): TelemetryStore => {
  const writer = new TimestreamWriteClient({ ...SHORT_TIMEOUTS, ...connection });
  const reader = new TimestreamQueryClient({ ...QUERY_TIMEOUTS, ...connection });
  const store = { database, tables, clock, writer, reader };
  return {
    write: (household, written) => write(store, household, written),
    series: (query) => series(store, query),
    points: (query) => points(store, query),
    erase: async () => ({ erased: false, remainsUntil: clock.now() + KEPT_DAYS.electrical * DAY_MS }),
  };
};
