import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Balances } from '../../use-cases/stores/balances.ts';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { blockOf } from '../../adapters/blocks/block.ts';
import { blockStart } from '../../adapters/blocks/keys.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { bothBalances } from '../../use-cases/audit-balances.ts';
import { recompute } from '../../use-cases/programmes/recompute.ts';
import { readInputs } from '../../use-cases/stores/ledger.ts';
import { systemClock } from '../clock.ts';

/** What the folder of a host that is not running holds, as far as an invariant speaks of it. */
export type Stored = {
  /** what SQLite says of its file */
  readonly integrity: string;
  /** ledger entries as they are written, by household, programme, period and revision */
  readonly entries: ReadonlyMap<string, string>;
  /** by the rail's key */
  readonly payouts: ReadonlyMap<string, { readonly state: string; readonly amount: number; readonly told: boolean }>;
  readonly balances: readonly { readonly householdId: string; readonly kept: Balances; readonly addedUp: Balances }[];
  /** settled periods: the sum of their entries, and what their latest inputs come to */
  readonly periods: readonly {
    readonly of: string;
    readonly revisions: readonly number[];
    readonly amounts: readonly number[];
    readonly sum: number;
    readonly recomputed: number | undefined;
  }[];
  readonly rail: readonly { readonly key: string; readonly amount: number; readonly answer: string }[];
  /** rows of quarter hours, `<device>@<ts>`, as often as they stand there */
  readonly slotRows: readonly string[];
  /** rows of the history, likewise */
  readonly historyRows: readonly string[];
  /** payloads that were kept out with a reason, or given up to the dead letters; base64 */
  readonly keptOut: ReadonlySet<string>;
  readonly deliveries: ReadonlyMap<string, { readonly state: string; readonly body: string }>;
  /** what the other side of the webhooks has heard */
  readonly received: readonly { readonly id: string; readonly body: string }[];
  readonly queues: ReadonlyMap<string, { readonly waiting: number; readonly dead: number }>;
  /** executions that were cut off: what was carried out when the process ended */
  readonly running: readonly string[];
};

type Row = { readonly pk: string; readonly sk: string; readonly data: string; readonly i1: string | null };
const jsonLines = <T>(file: string, schema: z.ZodType<T>): T[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => schema.parse(JSON.parse(line)))
    : [];

const railLine = z.object({ key: z.string(), amount: z.int(), answer: z.string() });
const receivedLine = z.object({ id: z.string(), body: z.string() });
const payoutData = z.object({ state: z.string(), amount: z.int() });
const deliveryData = z.object({ deliveryId: z.string(), state: z.string(), body: z.string() });
const slotData = z.object({ rows: z.array(z.tuple([z.int()], z.unknown())) });
const eventData = z.object({ payload: z.string() });
const keptData = z.object({ event: eventData });
const rowOf = z.object({ pk: z.string(), sk: z.string(), data: z.string(), i1: z.nullable(z.string()) });

/** Words of the homes named: those of the demo beside them are live, and no part of the story. */
type Homes = { readonly householdIds: readonly string[]; readonly telemetryIds: readonly string[] };

const slotRowsOf = (rows: readonly Row[], { householdIds }: Homes): string[] =>
  rows
    .filter(({ pk }) => householdIds.includes(pk.slice(2)))
    .flatMap(({ sk, data }) => {
      const [, deviceId = '', start = ''] = sk.split('#');
      return slotData.parse(JSON.parse(data)).rows.map(([offset]) => `${deviceId}@${Number(start) * 1000 + offset}`);
    });

const historyRowsOf = (rows: readonly Row[], { telemetryIds }: Homes): string[] =>
  rows
    .filter(({ pk }) => telemetryIds.some((id) => pk.startsWith(`T#${id}#D#`)))
    .flatMap((row) => {
      const deviceId = row.pk.split('#')[3] ?? '';
      return blockOf(JSON.parse(row.data)).rows.map(([offset]) => `${deviceId}@${blockStart(row) + (offset ?? 0)}`);
    });

const queuesOf = (database: DatabaseSync): Stored['queues'] => {
  const rows = database
    .prepare('SELECT name, sum(dead = 0) AS waiting, sum(dead = 1) AS dead FROM queue GROUP BY name')
    .all();
  return new Map(
    rows.map((row) => [String(row['name']), { waiting: Number(row['waiting']), dead: Number(row['dead']) }]),
  );
};

const keptOutOf = (database: DatabaseSync, rows: readonly Row[]): Set<string> => {
  const letters = database.prepare(`SELECT body FROM queue WHERE name = 'ingest-dead-letters'`).all();
  return new Set([
    ...rows.map(({ data }) => keptData.parse(JSON.parse(data)).event.payload),
    ...letters.map(({ body }) => eventData.parse(JSON.parse(String(body))).payload),
  ]);
};

const readPlain = (folder: string, homes: Homes) => {
  const database = new DatabaseSync(join(folder, 'hems.sqlite'));
  try {
    const rows = (sql: string): Row[] =>
      database
        .prepare(`SELECT pk, sk, data, i1 FROM ${sql}`)
        .all()
        .map((row) => rowOf.parse(row));
    const ledger = rows(`ledger WHERE pk LIKE 'H#%'`);
    const own = (prefix: string): Row[] => ledger.filter(({ sk }) => sk.startsWith(prefix));
    const deliveries = rows(`operations WHERE sk LIKE 'DELIVERY#%'`).map(({ data }) =>
      deliveryData.parse(JSON.parse(data)),
    );
    return {
      integrity: String(database.prepare('PRAGMA integrity_check').get()?.['integrity_check']),
      entries: new Map(own('ENTRY#').map(({ pk, sk, data }) => [`${pk}#${sk}`, data])),
      payouts: new Map(
        own('PAY#').map(({ pk, sk, data, i1 }) => [
          `${pk.slice(2)}.${sk.slice(4)}`,
          { ...payoutData.parse(JSON.parse(data)), told: i1 === null },
        ]),
      ),
      slotRows: slotRowsOf(rows(`energy WHERE sk LIKE 'S#%'`), homes),
      historyRows: historyRowsOf(rows(`history WHERE sk LIKE 'B#%'`), homes),
      keptOut: keptOutOf(database, rows(`operations WHERE pk LIKE 'QUARANTINE#%'`)),
      deliveries: new Map(deliveries.map(({ deliveryId, state, body }) => [deliveryId, { state, body }])),
      queues: queuesOf(database),
      running: database
        .prepare(`SELECT name FROM executions WHERE status = 'running'`)
        .all()
        .map(({ name }) => String(name)),
      earners: [
        ...new Set(
          own('')
            .filter(({ sk }) => sk === 'BAL')
            .map(({ pk }) => pk.slice(2)),
        ),
      ],
    };
  } finally {
    database.close();
  }
};

/** By the code that keeps them: balances both ways, and periods worked out anew from what was frozen. */
const readSums = async (folder: string, earners: readonly string[]): Promise<Pick<Stored, 'balances' | 'periods'>> => {
  const database = openDatabase(join(folder, 'hems.sqlite'));
  const table = sqliteTable({ database, clock: systemClock });
  try {
    const balances = [];
    const periods = [];
    for (const householdId of earners) {
      const { kept, addedUp, account } = await bothBalances(table, householdId);
      balances.push({ householdId, kept, addedUp });
      for (const [of, entries] of Map.groupBy(
        account.entries,
        ({ programme, period }) => `${householdId} ${programme} ${period}`,
      )) {
        const last = entries.at(-1);
        const frozen = last && (await readInputs(table, last));
        const isWorkedOut = frozen && last?.programme === 'energy-cashback';
        periods.push({
          of,
          revisions: entries.map(({ revision }) => revision),
          amounts: entries.map(({ amount }) => amount),
          sum: entries.reduce((sum, { amount }) => sum + amount, 0),
          recomputed: isWorkedOut ? recompute(frozen.programme, frozen.inputs).total : undefined,
        });
      }
    }
    return { balances, periods };
  } finally {
    await database.close();
  }
};

export const readStored = async (folder: string, homes: Homes): Promise<Stored> => {
  const { earners, ...plain } = readPlain(folder, homes);
  return {
    ...plain,
    ...(await readSums(folder, earners)),
    rail: jsonLines(join(folder, 'outbox', 'payments.jsonl'), railLine),
    received: jsonLines(join(folder, 'received.jsonl'), receivedLine),
  };
};
