import { RETENTION_DAYS, type IngestMode, type TelemetryStore, type Uplink } from '../config.ts';
import { usd } from './prices.ts';

export type Plan = {
  readonly homes: number;
  /** seconds between two readings of a home */
  readonly cadenceS: number;
  readonly uplink: Uplink;
  readonly mode: Exclude<IngestMode, 'drain'>;
  readonly store: TelemetryStore;
  readonly signIn: 'LITE' | 'ESSENTIALS';
};
/** US dollars a month, by what they are spent on. */
export type Lines = Readonly<Record<string, number>>;

/** A month of 30 days. */
const MONTH_S = 2_592_000;
const MONTH_H = 720;
const GIB = 2 ** 30;
const BATCH_S = 900;
const HISTORY_MONTHS = 12;

/** What a home asks of us in a month. */
const HOME = {
  /** calls of the app beside the live view */
  calls: 360,
  /** five minutes a day, polled each five seconds */
  polls: 30 * 60,
  /** the app itself, after a release; what its worker keeps is not loaded again (`docs/reports/speed.md`) */
  appGb: 0.001,
} as const;

/**
 * What a message weighs: KB in a stream, which rounds each up, and bytes in the log, Lambda's own three lines of a call included.
 * Measured with the real handlers at the log level of prod: `functions/events/ingest-weight.test.ts`.
 */
const WEIGHT = {
  streamKb: { reading: 1, batch: 6 },
  logBytes: { direct: 1010, stream: 20 },
  /** of a call of the app: Lambda's three lines, that of the API's access log and what we tell ourselves */
  callLogBytes: 1200,
} as const;
/** messages that a stream hands over at once */
const STREAM_BATCH = 500;
/** Lambda records so much of what a traced function is called for. */
const TRACED = 0.05;

/**
 * Calls of DynamoDB that a message takes of a home of which the function knows nothing yet; what lies together is read together. Measured
 * with the real ingest: `functions/events/ingest-weight.test.ts`.
 */
const TABLE_CALLS = {
  direct: { reading: 8, batch: 9 },
  stream: { reading: 6, batch: 7 },
} as const;
/**
 * Milliseconds of a processor that such a call takes, signing, JSON and our own part included: 0.5 to 0.6 for the warm SDK, on the machine of
 * 2026-11-23 against a stub. A function of 1,024 MB has 0.58 of a processor.
 */
const CALL_CPU_MS = 0.6;
const CPUS = 1024 / 1769;
/** Of the calls of one message five wait for each other; single-digit milliseconds is what DynamoDB promises. Messages of a batch wait together. */
const WAIT_MS = { direct: 5 * 5, stream: (5 * 5) / STREAM_BATCH } as const;

/** GB-seconds of a message: all of ours have 1,024 MB. */
const workOf = (mode: Plan['mode'], uplink: Uplink): number =>
  (WAIT_MS[mode] + (TABLE_CALLS[mode][uplink] * CALL_CPU_MS) / CPUS) / 1000;
/** of a call of the app: 512 MB for 30 ms */
const CALL_WORK = 0.5 * 0.03;

const logUsd = (bytes: number): number => (bytes / GIB) * usd('logGb');
const traceUsd = (calls: number): number => Math.max(calls * TRACED - 100_000, 0) * usd('trace');

const messagesOf = ({ homes, cadenceS, uplink }: Plan): number =>
  (homes * MONTH_S) / (uplink === 'batch' ? Math.max(cadenceS, BATCH_S) : cadenceS);
const pointsOf = ({ homes, cadenceS }: Plan): number => (homes * MONTH_S) / cadenceS;

/** The cheaper of the two modes of an on-demand stream. */
export const streamUsd = (messages: number, kb: number): number => {
  const gb = (messages * kb * 1024) / GIB;
  const standard = gb * (usd('kinesisIn') + usd('kinesisOut')) + MONTH_H * usd('kinesisHour');
  const least = (25 * 2 ** 20 * MONTH_S) / GIB;
  return Math.min(standard, Math.max(gb, least) * usd('kinesisAdvantage'));
};

/** What it costs to get a message from the broker into the tables: the part in which the two modes differ. */
export const ingestUsd = (plan: Plan): Lines => {
  const { mode, uplink } = plan;
  const messages = messagesOf(plan);
  const calls = mode === 'direct' ? messages : messages / STREAM_BATCH;
  return {
    ...(mode === 'stream' && { 'ingest: stream': streamUsd(messages, WEIGHT.streamKb[uplink]) }),
    'ingest: calls': calls * usd('request'),
    'ingest: work': messages * workOf(mode, uplink) * usd('gbSecond'),
    'ingest: log': logUsd(messages * WEIGHT.logBytes[mode]),
    'ingest: traces': traceUsd(calls),
  };
};

/** Actions of the rule that a message runs into: to the function or the stream, and for single readings the history's own. */
const actionsOf = ({ store, uplink, mode }: Plan): number =>
  store === 'timestream' && uplink === 'reading' && mode === 'direct' ? 2 : 1;

/**
 * A reading in LiveAnalytics, as the adapter writes it: a record for each quantity and one for the flags, each with its dimensions. Bytes by
 * the rules of its developer guide ("Metering and cost optimization"), measured in `functions/events/ingest-weight.test.ts`.
 */
const READING_ROWS = { bytes: 780, kib: { reading: 1, batch: 4 / 15 } } as const;

export type Stored = {
  readonly points: number;
  readonly bytes: number;
  readonly kib: number;
  readonly memoryHours: number;
  /** compute units for queries */
  readonly units: number;
};
export const timestreamUsd = ({ points, bytes, kib, memoryHours, units }: Stored): Lines => ({
  'history: writes': points * kib * usd('timestreamKib'),
  'history: memory store': ((points * bytes * memoryHours) / MONTH_H / GIB) * MONTH_H * usd('timestreamMemory'),
  'history: magnetic store, 12 months': ((points * bytes * HISTORY_MONTHS) / GIB) * usd('timestreamMagnetic'),
  'history: compute units': units * MONTH_H * usd('timestreamTcu'),
});

/** A block of a quarter hour: 1.5 KiB with its keys. Its writes are among those of the messages. */
const blocksGb = ({ homes }: Plan): number => (((homes * MONTH_S) / BATCH_S) * 1.5 * 1024 * HISTORY_MONTHS) / GIB;

const historyUsd = (plan: Plan): Lines =>
  plan.store === 'timestream'
    ? timestreamUsd({
        points: pointsOf(plan),
        bytes: READING_ROWS.bytes,
        kib: READING_ROWS.kib[plan.uplink],
        memoryHours: RETENTION_DAYS.historyMemoryHours,
        // four up to a million homes, and more in proportion (facts page, 12.2)
        units: 4 * Math.max(1, plan.homes / 1e6),
      })
    : { 'history: blocks of 12 months': blocksGb(plan) * usd('tableGb') };

/**
 * Units of DynamoDB that one message takes: live state, quarter hour and, with blocks, the history. Measured with the real ingest:
 * `functions/use-cases/ingest/table-units.test.ts`.
 */
const TABLE_UNITS: Record<TelemetryStore, Record<Uplink, { readonly write: number; readonly read: number }>> = {
  blocks: { reading: { write: 3.1, read: 3.1 }, batch: { write: 3.6, read: 4.3 } },
  timestream: { reading: { write: 2.1, read: 2.1 }, batch: { write: 3.6, read: 4.3 } },
};
/** The daily run of a home: day, hours, forecast. */
const WRITES_A_MONTH = 90;
const SLOT_BYTES = 400;

const tablesUsd = (plan: Plan): Lines => {
  const messages = messagesOf(plan);
  const units = TABLE_UNITS[plan.store][plan.uplink];
  const slotsGb = (plan.homes * 96 * 400 * SLOT_BYTES) / GIB;
  return {
    'tables: writes': (messages * units.write + plan.homes * WRITES_A_MONTH) * usd('tableWrite'),
    'tables: reads': messages * units.read * usd('tableRead'),
    'tables: quarter hours of 400 days': slotsGb * usd('tableGb'),
    'tables: restorable to any second':
      (slotsGb + (plan.store === 'blocks' ? blocksGb(plan) : 0)) * usd('tableBackupGb'),
  };
};

const lite = (users: number): number =>
  Math.min(Math.max(users - 10_000, 0), 90_000) * usd('liteUser') + Math.max(users - 100_000, 0) * usd('liteUserMore');

/** HTTP API, function and one read of each call. */
const callsUsd = (calls: number): number => {
  const first = Math.min(calls, 300e6);
  return (
    first * usd('apiCall') +
    (calls - first) * usd('apiCallMore') +
    calls * (usd('request') + CALL_WORK * usd('gbSecond') + usd('tableRead'))
  );
};

const appUsd = (homes: number): Lines => {
  const calls = homes * (HOME.calls + HOME.polls);
  return {
    'app: calls': callsUsd(homes * HOME.calls),
    'app: live view': callsUsd(homes * HOME.polls),
    'app: log and traces': logUsd(calls * WEIGHT.callLogBytes) + traceUsd(calls),
    'app: hosting': homes * HOME.appGb * usd('hostingGb'),
  };
};

/** Settlement and forecasts at a million homes: 126 + 39 dollars (facts page, 12.3). */
const RUN_USD = 165e-6;

/** Logs of ingest and app, kept half a year, compressed to a sixth or seventh. */
const keptLogsUsd = (plan: Plan): number => {
  const bytes =
    messagesOf(plan) * WEIGHT.logBytes[plan.mode] + plan.homes * (HOME.calls + HOME.polls) * WEIGHT.callLogBytes;
  return (bytes / GIB) * 6 * 0.15 * usd('logKeptGb');
};

/**
 * What a month of use costs, by line: the model of the facts this project began with (`infra/test/cost.test.ts` holds its lines against theirs
 * where both mean the same), with what was built and measured since. What a stage costs before anybody uses it: `estimate.ts`. Not in it, because
 * no home decides it: partners, mail, training of the forecasts, requests to keys, data that leaves the Region.
 */
export const monthly = (plan: Plan): Lines => {
  const { homes } = plan;
  return {
    connections: homes * (MONTH_S / 60) * usd('connectedMinute'),
    rules: messagesOf(plan) * (usd('ruleTriggered') + actionsOf(plan) * usd('ruleAction')),
    ...ingestUsd(plan),
    ...tablesUsd(plan),
    ...historyUsd(plan),
    ...appUsd(homes),
    'sign-in': plan.signIn === 'LITE' ? lite(homes) : Math.max(homes - 10_000, 0) * usd('essentialsUser'),
    'settlement and forecasts': homes * RUN_USD,
    'logs kept for half a year': keptLogsUsd(plan),
  };
};

export const totalUsd = (lines: Lines): number => Object.values(lines).reduce((sum, one) => sum + one, 0);

/** The mode in which a plan costs less. */
export const cheaperMode = (plan: Omit<Plan, 'mode'>): Plan['mode'] => {
  const of = (mode: Plan['mode']): number => totalUsd(monthly({ ...plan, mode }));
  return of('stream') < of('direct') ? 'stream' : 'direct';
};

/** Messages a second from which on the stream is the cheaper way in. */
export const crossoverPerS = (uplink: Uplink = 'reading'): number => {
  const of = (perS: number, mode: Plan['mode']): number => {
    const cadenceS = uplink === 'batch' ? BATCH_S : 60;
    return totalUsd(ingestUsd({ homes: perS * cadenceS, cadenceS, uplink, mode, store: 'blocks', signIn: 'LITE' }));
  };
  let [low, high] = [0.1, 1e6];
  while (high - low > 0.05) {
    const middle = (low + high) / 2;
    if (of(middle, 'stream') < of(middle, 'direct')) high = middle;
    else low = middle;
  }
  return Math.ceil(high * 10) / 10;
};

/** How the bill grows with the homes: dollars a month in all and for each home, by the cheaper mode. For a chart. */
export const growth = (
  plan: Omit<Plan, 'mode' | 'homes'>,
  sizes: readonly number[] = [1e3, 1e4, 1e5, 1e6, 1e7],
): { readonly homes: number; readonly mode: Plan['mode']; readonly usd: number; readonly usdPerHome: number }[] =>
  sizes.map((homes) => {
    const mode = cheaperMode({ ...plan, homes });
    const total = totalUsd(monthly({ ...plan, homes, mode }));
    return { homes, mode, usd: total, usdPerHome: total / homes };
  });
