import * as z from 'zod/mini';
import { DAY_MS } from '@hems/models/calendar/seoul';
import { MAX_AHEAD_MS } from '@hems/models/reading/admission';
import { QUANTITY_NAMES, type Quantity } from '@hems/models/reading/quantities';
import { historyOf, KEPT_DAYS, type History } from '@hems/models/reading/retention';
import { correlation } from './correlation.ts';
import { HELLO_SQL } from './health.ts';
import { PRESENCE_SQL } from './presence.ts';
import { everyGateway, UP_CHANNELS, type UpChannel } from './topics.ts';

/**
 * The IoT rules as values: CDK deploys the SQL, the local broker builds the same event from the same message.
 * The earlier version, 2015-10-08, knows neither `encode` nor `isUndefined`.
 */
export const RULE_SQL_VERSION = '2016-03-23';

export type Rule = {
  /** rule name in AWS IoT, `[a-zA-Z0-9_]` */
  readonly name: string;
  readonly sql: string;
};

/** Bytes as they came, base64: the handler sees what the device sent, malformed or not, and no number is re-typed on the way. */
const asRuleEvent = (name: string, channel: UpChannel): Rule => ({
  name,
  sql: `SELECT encode(*, 'base64') AS payload, '${channel}' AS channel, topic(3) AS household, topic(4) AS gateway, timestamp() AS received, traceid() AS correlation FROM '${everyGateway(channel)}'`,
});

/** Lambda action `ingest`. */
export const readingRule = asRuleEvent('hems_reading', 'reading');
/** Lambda action `ingest`. */
export const batchRule = asRuleEvent('hems_batch', 'batch');
/** Lambda action `command-result`. */
export const commandResultRule = asRuleEvent('hems_command_result', 'cmd/result');
const allHealth = asRuleEvent('hems_health', 'health');
/** Lambda action `health`. */
export const healthRule: Rule = { ...allHealth, sql: `${allHealth.sql} WHERE ${HELLO_SQL}` };
/** Lambda action `presence`. Without the address that the gateway came from: where a home is connected is nobody's business. */
export const presenceRule: Rule = { name: 'hems_presence', sql: PRESENCE_SQL };

const isPresent = (name: string): string => `isUndefined(${name}) = false`;

/** The type of a column is that of its first record and stays, so every value is cast; what is no number is left out. */
const column = (name: string): string => `cast(${name} AS Int) AS ${name}`;

/** What the action could not write goes past it: `hems_reading` keeps it with a reason, and no alarm wakes anyone. */
const writable = (table: History, own: readonly Quantity[]): string =>
  [
    isPresent('device_id'),
    isPresent('kind'),
    `ts > timestamp() - ${KEPT_DAYS[table] * DAY_MS}`,
    `ts < timestamp() + ${MAX_AHEAD_MS}`,
    `(${own.map(isPresent).join(' OR ')})`,
  ].join(' AND ');

const historyRule = (table: History): HistoryRule => {
  const own = QUANTITY_NAMES.filter((name) => historyOf(name) === table);
  const columns = ['q', ...own].map(column).join(', ');
  const sql = `SELECT ${columns} FROM '${everyGateway('reading')}' WHERE ${writable(table, own)}`;
  return { table, rule: { name: `hems_history_${table}`, sql } };
};

/** A rule, and the Timestream table that it writes to. */
export type HistoryRule = { readonly rule: Rule; readonly table: History };

/**
 * Timestream actions; they exist under `telemetryStore=timestream` only. Every attribute of a result becomes one record, so
 * each names its quantities (and the quality flags `q`) one by one and nothing else; dimensions and time come from templates.
 */
export const HISTORY_RULES: readonly HistoryRule[] = [historyRule('electrical'), historyRule('environment')];

/** Dimensions and time of the Timestream actions, as substitution templates over topic and payload. The SDK writer uses the same names. */
export const HISTORY_DIMENSIONS = {
  household: '${topic(3)}',
  device: '${device_id}',
  kind: '${kind}',
} as const;
export const HISTORY_TIME = { value: '${ts}', unit: 'MILLISECONDS' } as const;

/** What a rule's Lambda action receives. */
export const ruleEvent = z.object({
  payload: z.string(),
  channel: z.enum(UP_CHANNELS),
  household: z.string(),
  gateway: z.string(),
  /** epoch ms at the broker */
  received: z.int(),
  /** the broker's own id of the message, under which all that comes of it is told */
  correlation,
});
export type RuleEvent = z.infer<typeof ruleEvent>;
