import { RETENTION_DAYS, type TelemetryStore } from '../config.ts';
import { usd } from './prices.ts';

/** `reading`: a message for each reading, as a device without memory sends. `batch`: a message of a quarter hour's readings. */
export const UPLINKS = ['reading', 'batch'] as const;
export type Uplink = (typeof UPLINKS)[number];
/** `direct`: a rule calls the function for each message. `stream`: it fills a stream, which calls it with 500 messages; reckoned here, not built. */
export const INGEST_MODES = ['direct', 'stream'] as const;
export type IngestMode = (typeof INGEST_MODES)[number];

export type Plan = {
  readonly homes: number;
  /** seconds between two readings of a home */
  readonly cadenceS: number;
  readonly uplink: Uplink;
  readonly mode: IngestMode;
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
} as const;

/** What things weigh. */
const WEIGHT = {
  /** KB of a message of one reading, and of one of a quarter hour, as a stream counts them */
  messageKb: { reading: 1, batch: 3 },
  /** one point of several quantities in LiveAnalytics */
  pointBytes: 160,
  /** a call that writes 100 points */
  writeKib: 12,
  /** messages that a stream hands over at once */
  streamBatch: 500,
} as const;

/** GB-seconds of an invocation. */
const WORK = {
  /** 512 MB for 30 ms */
  message: 0.5 * 0.03,
  /** 512 MB for 0.4 s, 500 messages */
  batch: 0.5 * 0.4,
  /** 512 MB for 30 ms */
  call: 0.5 * 0.03,
} as const;

const invocations = (count: number, gbSeconds: number): number =>
  count * (usd('request') + gbSeconds * usd('gbSecond'));

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
  const messages = messagesOf(plan);
  if (plan.mode === 'direct') return { 'ingest, a call for each message': invocations(messages, WORK.message) };
  return {
    stream: streamUsd(messages, WEIGHT.messageKb[plan.uplink]),
    'ingest, a call for 500 messages': invocations(messages / WEIGHT.streamBatch, WORK.batch),
  };
};

/** Actions of the rule that a message runs into: to the function or the stream, and for single readings the history's own. */
const actionsOf = ({ store, uplink }: Plan): number => (store === 'timestream' && uplink === 'reading' ? 2 : 1);

const timestream = (plan: Plan): Lines => {
  const points = pointsOf(plan);
  const bytes = points * WEIGHT.pointBytes;
  // a rule's action writes a KiB for each point, the function writes a hundred points a call
  const kib = plan.uplink === 'reading' ? points : (points / 100) * WEIGHT.writeKib;
  return {
    'history: writes': kib * usd('timestreamKib'),
    'history: memory store':
      ((bytes / MONTH_H) * RETENTION_DAYS.historyMemoryHours * MONTH_H * usd('timestreamMemory')) / GIB,
    'history: magnetic store, 12 months': ((bytes * HISTORY_MONTHS) / GIB) * usd('timestreamMagnetic'),
    'history: 4 compute units': 4 * MONTH_H * usd('timestreamTcu'),
  };
};

/** A block of a quarter hour: 1.5 KiB with its keys. Its writes are among those of the messages. */
const blocks = (plan: Plan): Lines => ({
  'history: blocks of 12 months':
    ((((plan.homes * MONTH_S) / BATCH_S) * 1.5 * 1024 * HISTORY_MONTHS) / GIB) * usd('tableGb'),
});

/**
 * Units of DynamoDB that one message takes: live state, quarter hour and, with blocks, the history. Measured with the real ingest:
 * `functions/use-cases/ingest/table-units.test.ts`.
 */
const TABLE_UNITS: Record<TelemetryStore, Record<Uplink, { readonly write: number; readonly read: number }>> = {
  blocks: { reading: { write: 3.1, read: 3.1 }, batch: { write: 3.6, read: 4.3 } },
  timestream: { reading: { write: 2.1, read: 2.1 }, batch: { write: 3.6, read: 4.3 } },
};

const lite = (users: number): number =>
  Math.min(Math.max(users - 10_000, 0), 90_000) * usd('liteUser') + Math.max(users - 100_000, 0) * usd('liteUserMore');

/** HTTP API, function and one read of each call. */
const callsUsd = (calls: number): number => {
  const first = Math.min(calls, 300e6);
  return (
    first * usd('apiCall') +
    (calls - first) * usd('apiCallMore') +
    invocations(calls, WORK.call) +
    calls * usd('tableRead')
  );
};

/**
 * What a month of a plan costs, by line: the model of the facts this project began with (`infra/test/cost.test.ts` holds its lines against
 * theirs), with what was built since: the live view polls, and blocks instead of a row for each reading.
 */
export const monthly = (plan: Plan): Lines => {
  const { homes } = plan;
  const messages = messagesOf(plan);
  const units = TABLE_UNITS[plan.store][plan.uplink];
  return {
    connections: homes * (MONTH_S / 60) * usd('connectedMinute'),
    rules: messages * (usd('ruleTriggered') + actionsOf(plan) * usd('ruleAction')),
    ...ingestUsd(plan),
    'tables: writes': (messages * units.write + homes * WRITES_A_MONTH) * usd('tableWrite'),
    'tables: reads': messages * units.read * usd('tableRead'),
    'tables: quarter hours of 400 days': ((homes * 96 * 400 * 400) / GIB) * usd('tableGb'),
    ...(plan.store === 'timestream' ? timestream(plan) : blocks(plan)),
    'app: calls': callsUsd(homes * HOME.calls),
    'app: live view': callsUsd(homes * HOME.polls),
    'sign-in': plan.signIn === 'LITE' ? lite(homes) : Math.max(homes - 10_000, 0) * usd('essentialsUser'),
    'settlement, forecasts, logs and alarms': homes * OVERHEAD_USD,
  };
};

/** The daily run of a home: day, hours, forecast. */
const WRITES_A_MONTH = 90;

/** At a million homes 126 + 39 + 1,200 dollars (facts page, 12.3). */
const OVERHEAD_USD = 1365e-6;

export const totalUsd = (lines: Lines): number => Object.values(lines).reduce((sum, one) => sum + one, 0);

/** Messages a second from which on the stream is the cheaper way in. */
export const crossoverPerS = (): number => {
  const direct = invocations(1, WORK.message) - invocations(1 / WEIGHT.streamBatch, WORK.batch);
  let [low, high] = [1, 1e6];
  while (high - low > 1) {
    const middle = (low + high) / 2;
    if (streamUsd(middle * MONTH_S, WEIGHT.messageKb.reading) < middle * MONTH_S * direct) high = middle;
    else low = middle;
  }
  return Math.ceil(high);
};
