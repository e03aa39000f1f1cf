import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { DAY_MS } from '@hems/models/calendar/seoul';

/**
 * Timestream for LiveAnalytics at the wire, for tests: AWS JSON 1.0 over the tables of one database, with the limits that AWS documents
 * (developer guide, quotas and WriteRecords) and the texts that accounts have reported. Strict where AWS is lenient or
 * silent: what the adapter is not known to send is refused.
 */
export type TimestreamWire = {
  readonly endpoint: string;
  /** every request, oldest first, with its body as sent */
  readonly requests: readonly { readonly operation: Operation; readonly host: string; readonly body: unknown }[];
  /** what a table holds */
  readonly rows: (table: string) => StoredRecord[];
  /** answers the next request of the operation by this, once */
  readonly fail: (operation: Operation, failure: Failure) => void;
  readonly close: () => Promise<void>;
};
export type Operation = 'DescribeEndpoints' | 'WriteRecords' | 'Query';
/** `extra`: members of the answer beside its type and message */
type Failure = {
  readonly status: number;
  readonly type: string;
  readonly message: string;
  readonly extra?: object;
};
type WireOptions = {
  readonly database: string;
  /** days of the magnetic store, by name of the table */
  readonly tables: Readonly<Record<string, number>>;
  readonly now: () => number;
};

const FUTURE_MS = 15 * 60_000;
const MAX_BYTES = 2048;
/** Rows of one answer; AWS cuts at 1 MB. */
const PAGE_ROWS = 40;
const RESERVED = /^(time$|ts_|measure_name|measure_value)/;

const dimension = z.strictObject({ Name: z.string().min(1).max(256), Value: z.string().min(1).max(MAX_BYTES) });
const record = z.strictObject({
  Dimensions: z.array(dimension).max(128),
  MeasureName: z.string().min(1).max(256),
  MeasureValue: z.string().min(1).max(MAX_BYTES),
  MeasureValueType: z.enum(['BIGINT', 'DOUBLE']).default('DOUBLE'),
  Time: z.string().regex(/^\d{1,19}$/),
  TimeUnit: z.literal('MILLISECONDS').default('MILLISECONDS'),
  Version: z.int().min(1).default(1),
});
const part = z.strictObject({
  ...record.partial().shape,
  MeasureValueType: z.enum(['BIGINT', 'DOUBLE']).optional(),
  TimeUnit: z.literal('MILLISECONDS').optional(),
  Version: z.int().min(1).optional(),
});
const writeRequest = z.strictObject({
  DatabaseName: z.string(),
  TableName: z.string(),
  CommonAttributes: part.default({}),
  Records: z.array(part).min(1).max(100),
});
const queryRequest = z.strictObject({
  QueryString: z.string().max(256 * 1024),
  ClientToken: z.string().min(32).max(128),
  NextToken: z.string().optional(),
});

/** A record with the common attributes in it; dimensions by name. */
type StoredRecord = Omit<z.infer<typeof record>, 'Dimensions'> & { readonly dimensions: Record<string, string> };
type Rejection = { readonly Reason: string; readonly ExistingVersion?: number };

class Refusal extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}
const invalid = (message: string): Refusal => new Refusal({ status: 400, type: 'ValidationException', message });

const parsed = <S extends z.ZodType>(schema: S, body: unknown): z.infer<S> => {
  const { success, data, error } = schema.safeParse(body);
  if (success) return data;
  throw invalid(z.prettifyError(error));
};

const merged = (own: z.infer<typeof part>, common: z.infer<typeof part>): StoredRecord => {
  const all = [...(common.Dimensions ?? []), ...(own.Dimensions ?? [])];
  const { Dimensions, ...rest } = parsed(record, { ...common, ...own, Dimensions: all });
  const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
  const names = [...Dimensions.map(({ Name }) => Name), rest.MeasureName];
  if (new Set(names).size < names.length) throw invalid(`a name occurs twice among ${names.join(', ')}`);
  const reserved = names.find((name) => RESERVED.test(name));
  if (reserved) throw invalid(`${reserved} is a reserved name`);
  if (rest.MeasureValueType === 'BIGINT' && !/^-?\d{1,18}$/.test(rest.MeasureValue))
    throw invalid(`${rest.MeasureValue} is no BIGINT`);
  const bytes = Buffer.byteLength([...names, ...Object.values(dimensions), rest.MeasureValue].join('')) + 8;
  if (bytes > MAX_BYTES) throw invalid(`a record of ${bytes} bytes`);
  return { ...rest, dimensions };
};

const keyOf = ({ dimensions, MeasureName, Time }: StoredRecord): string =>
  JSON.stringify([...Object.entries(dimensions).map(String).toSorted(), MeasureName, Time]);

type Database = { readonly name: string; readonly now: () => number; readonly tables: ReadonlyMap<string, Table> };
type Table = {
  readonly keptMs: number;
  readonly records: Map<string, StoredRecord>;
  /** the first write fixes the type of a measure */
  readonly types: Map<string, string>;
};

const beyondWindow = (time: number, keptMs: number, nowMs: number): Rejection[] => {
  const [from, to] = [nowMs - keptMs, nowMs + FUTURE_MS];
  if (time >= from && time < to) return [];
  const range = `[${new Date(from).toISOString()}, ${new Date(to).toISOString()})`;
  return [{ Reason: `The record timestamp is outside the time range ${range} of the data ingestion window.` }];
};

const lostAgainst = (stored: StoredRecord, { Version, MeasureValue }: StoredRecord): Rejection[] => {
  const existing = stored.Version;
  if (Version < existing)
    return [
      {
        Reason: `The record version ${Version} is lower than the existing version ${existing}. A higher version is required to update the measure value.`,
        ExistingVersion: existing,
      },
    ];
  if (Version > existing || MeasureValue === stored.MeasureValue) return [];
  return [
    {
      Reason:
        'A record already exists with the same time, dimensions, measure name, and record version. A higher record version must be specified in order to update the measure value. Specifying record version is supported by the latest SDKs.',
    },
  ];
};

const rejectionOf = (
  { keptMs, records, types }: Table,
  arrived: StoredRecord,
  nowMs: number,
): Rejection | undefined => {
  const { MeasureName, MeasureValueType, Time, dimensions } = arrived;
  const type = types.get(MeasureName) ?? MeasureValueType;
  const stored = records.get(keyOf(arrived));
  const [rejection] = [
    ...(dimensions['household'] ? [] : [{ Reason: 'The partition key household is required.' }]),
    ...(type === MeasureValueType ? [] : [{ Reason: `${MeasureName} is of type ${type}, not ${MeasureValueType}.` }]),
    ...beyondWindow(Number(Time), keptMs, nowMs),
    ...(stored ? lostAgainst(stored, arrived) : []),
  ];
  return rejection;
};

const tableOf = ({ name, tables }: Database, database: string, table: string): Table => {
  const found = database === name ? tables.get(table) : undefined;
  if (found) return found;
  throw new Refusal({ status: 404, type: 'ResourceNotFoundException', message: `no table ${database}.${table}` });
};

const writeRecords = (database: Database, body: unknown): object => {
  const { DatabaseName, TableName, CommonAttributes, Records } = parsed(writeRequest, body);
  const table = tableOf(database, DatabaseName, TableName);
  const arrived = Records.map((own) => merged(own, CommonAttributes));
  if (new Set(arrived.map(keyOf)).size < arrived.length) throw invalid('two records of one key in one request');
  const RejectedRecords: (Rejection & { RecordIndex: number })[] = [];
  for (const [RecordIndex, one] of arrived.entries()) {
    const rejection = rejectionOf(table, one, database.now());
    if (rejection) RejectedRecords.push({ RecordIndex, ...rejection });
    else {
      table.types.set(one.MeasureName, one.MeasureValueType);
      table.records.set(keyOf(one), one);
    }
  }
  if (RejectedRecords.length === 0) return { RecordsIngested: { Total: arrived.length } };
  const message = 'One or more records have been rejected. See RejectedRecords for details.';
  throw new Refusal({ status: 419, type: 'RejectedRecordsException', message, extra: { RejectedRecords } });
};

const columnOf = (measure: string): string =>
  `max(CASE WHEN measure_name = '${measure}' THEN measure_value::bigint END) AS ${measure}`;

/** The one query of the adapter, word for word, for any measures. */
const POINTS = new RegExp(
  [
    /^SELECT to_milliseconds\(time\) AS ts, (?<columns>.+)/,
    /FROM "(?<database>[\w.-]+)"\."(?<table>[\w.-]+)"/,
    /WHERE household = '(?<household>[\w-]+)' AND device = '(?<device>[\w-]+)' AND kind = '(?<kind>[a-z_]+)'/,
    /AND measure_name IN \('(?<measures>[a-z0-9_]+(?:', '[a-z0-9_]+)*)'\)/,
    /AND time >= from_milliseconds\((?<from>\d{1,13})\) AND time < from_milliseconds\((?<to>\d{1,13})\)/,
    /GROUP BY time ORDER BY ts$/,
  ]
    .map(({ source }) => source)
    .join(' '),
);

const pointsAsked = z
  .object({
    columns: z.string(),
    measures: z.string().transform((list) => list.split(`', '`)),
    database: z.string(),
    table: z.string(),
    household: z.string(),
    device: z.string(),
    kind: z.string(),
    from: z.coerce.number(),
    to: z.coerce.number(),
  })
  .refine(({ columns, measures }) => measures[0] === 'q' && columns === measures.map(columnOf).join(', '));

const datum = (stored: StoredRecord | undefined): object =>
  stored?.MeasureValueType === 'BIGINT' ? { ScalarValue: stored.MeasureValue } : { NullValue: true };

type Answered = { readonly names: readonly string[]; readonly rows: readonly object[] };

const pointRows = (all: Database, sql: string): Answered => {
  const groups = POINTS.exec(sql)?.groups;
  if (!groups) throw invalid(`not the query of the adapter: ${sql}`);
  const { measures, database, table, from, to, ...device } = parsed(pointsAsked, { ...groups });
  const found = [...tableOf(all, database, table).records.values()].filter(
    ({ dimensions: { household, device: id, kind }, MeasureName, Time }) =>
      [household, id, kind].join() === [device.household, device.device, device.kind].join() &&
      measures.includes(MeasureName) &&
      Number(Time) >= from &&
      Number(Time) < to,
  );
  const rows = [...Map.groupBy(found, ({ Time }) => Time)]
    .toSorted(([a], [b]) => Number(a) - Number(b))
    .map(([time, stored]) => {
      const of = (wanted: string) => datum(stored.find(({ MeasureName }) => MeasureName === wanted));
      return { Data: [{ ScalarValue: time }, ...measures.map(of)] };
    });
  return { names: ['ts', ...measures], rows };
};

/** A result that is longer than a page begins with an answer that holds only the token of the first page. */
const query = (database: Database, body: unknown): object => {
  const { QueryString, NextToken } = parsed(queryRequest, body);
  const { names, rows } = pointRows(database, QueryString);
  const [, offset] = /^page-(\d+)$/.exec(NextToken ?? '') ?? [];
  if (NextToken !== undefined && offset === undefined) throw invalid('Invalid pagination token');
  const start = Number(offset ?? 0);
  const end = offset === undefined && rows.length > PAGE_ROWS ? 0 : start + PAGE_ROWS;
  return {
    QueryId: 'AEBQEAM',
    ColumnInfo: names.map((Name) => ({ Name, Type: { ScalarType: 'BIGINT' } })),
    Rows: rows.slice(start, end),
    ...(end < rows.length && { NextToken: `page-${end}` }),
  };
};

/** The cell is this server under another name, so that a test sees who was asked. */
const OPERATIONS: Record<Operation, (database: Database, body: unknown) => object> = {
  DescribeEndpoints: () => ({ Endpoints: [{ Address: 'localhost', CachePeriodInMinutes: 1440 }] }),
  WriteRecords: writeRecords,
  Query: query,
};

const operationOf = ({ headers }: IncomingMessage): Operation => {
  const { authorization = '', 'content-type': contentType, 'x-amz-target': target } = headers;
  if (!/^AWS4-HMAC-SHA256 .*\/timestream\/aws4_request/.test(authorization)) throw invalid('not signed for timestream');
  if (contentType !== 'application/x-amz-json-1.0') throw invalid(`content type ${contentType}`);
  const [, name] = /^Timestream_20181101\.(.*)$/.exec(String(target)) ?? [];
  if (name === 'DescribeEndpoints' || name === 'WriteRecords' || name === 'Query') return name;
  throw invalid(`unknown target ${String(target)}`);
};

const answer = (response: ServerResponse, status: number, body: object): void =>
  void response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));

const refuse = (response: ServerResponse, error: unknown): void => {
  const { failure } = error instanceof Refusal ? error : invalid(String(error));
  const { status, type, message, extra } = failure;
  answer(response, status, { __type: `com.amazonaws.timestream.v20181101#${type}`, Message: message, ...extra });
};

const databaseOf = ({ database: name, tables, now }: WireOptions): Database => {
  const made = Object.entries(tables).map(([table, days]): [string, Table] => [
    table,
    { keptMs: days * DAY_MS, records: new Map(), types: new Map() },
  ]);
  return { name, now, tables: new Map(made) };
};

export const timestreamWire = async (options: WireOptions): Promise<TimestreamWire> => {
  const database = databaseOf(options);
  const requests: TimestreamWire['requests'][number][] = [];
  const failures: { readonly operation: Operation; readonly failure: Failure }[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const body: unknown = JSON.parse(await text(request));
      const operation = operationOf(request);
      requests.push({ operation, host: request.headers.host ?? '', body });
      const scripted = failures.findIndex((one) => one.operation === operation);
      const [next] = scripted < 0 ? [] : failures.splice(scripted, 1);
      if (next) throw new Refusal(next.failure);
      answer(response, 200, OPERATIONS[operation](database, body));
    } catch (error) {
      refuse(response, error);
    }
  };
  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`,
    requests,
    rows: (table) => [...tableOf(database, options.database, table).records.values()],
    fail: (operation, failure) => void failures.push({ operation, failure }),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
