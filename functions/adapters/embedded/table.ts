import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { Clock } from '../../ports/clock.ts';
import {
  ConditionFailed,
  TABLES,
  type Condition,
  type Item,
  type Key,
  type Page,
  type Put,
  type Query,
  type Table,
  type TableName,
  type Write,
} from '../../ports/table.ts';
import { cursorAfter, readCursor } from '../cursor.ts';
import { checkTransact, checkedJson, keyOf } from '../table-limits.ts';
import type { Database } from './database.ts';
import { deleteSql, getSql, putSql, querySql, schemaSql, stateSql, sweepSql } from './table-sql.ts';

type Place = {
  readonly database: Database;
  readonly clock: Clock;
  /** compiled once for each table; those of queries differ by their bounds */
  readonly statements: Record<TableName, ReturnType<typeof statementsOf>>;
};
type Row = Record<string, SQLOutputValue>;

/** Expired rows are taken out once a minute, few at a time, within a commit that happens anyway. */
const SWEEP_EVERY_MS = 60_000;
const SWEEP_ROWS = 200;

/** Above every text that occurs in a key. */
const LAST = '\u{10FFFF}';

const statementsOf = (database: Database, table: TableName) => {
  database.exec(schemaSql(table));
  return {
    get: database.prepare(getSql(table)),
    state: database.prepare(stateSql(table)),
    put: database.prepare(putSql(table)),
    remove: database.prepare(deleteSql(table)),
    sweep: database.prepare(sweepSql(table)),
  };
};

const seconds = (clock: Clock): number => Math.floor(clock.now() / 1000);
const isLive = (row: Row, clock: Clock): boolean =>
  row['expires_at'] === null || Number(row['expires_at']) > seconds(clock);
const textOf = (value: SQLOutputValue | undefined): string => (typeof value === 'string' ? value : '');

const itemOf = (table: TableName, row: Row): Item => ({
  table,
  pk: textOf(row['pk']),
  sk: textOf(row['sk']),
  version: Number(row['version']),
  data: JSON.parse(textOf(row['data'])),
  ...(row['expires_at'] === null ? {} : { expiresAt: Number(row['expires_at']) }),
  ...(row['i1'] === null ? {} : { i1: textOf(row['i1']) }),
  ...(row['i2'] === null ? {} : { i2: textOf(row['i2']) }),
});

const read = ({ statements, clock }: Place, { table, pk, sk }: Key): Item | undefined => {
  const row = statements[table].get.get(pk, sk);
  return row && isLive(row, clock) ? itemOf(table, row) : undefined;
};

/** The bounds of the page: those of the query, one of them moved to where the page before ended. */
const pageBounds = ({ prefix = '', from = prefix, to = prefix + LAST, descending }: Query, sk?: string): string[] =>
  descending ? [from, from, to, sk ?? to] : [from, sk ?? from, to, to];

const parametersOf = (query: Query, clock: Clock): SQLInputValue[] => {
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
  const position = after ? [after.sk, after.pk] : [];
  // One more than asked for says whether anything follows; a negative limit is none.
  const limit = query.limit === undefined ? -1 : query.limit + 1;
  return [query.value, ...pageBounds(query, after?.sk), seconds(clock), ...position, limit];
};

const select = ({ database, clock }: Place, query: Query): Page => {
  const rows = database.prepare(querySql(query)).all(...parametersOf(query, clock));
  const items = rows.slice(0, query.limit).map((row) => itemOf(query.table, row));
  const last = items.at(-1);
  return last && rows.length > items.length ? { items, cursor: cursorAfter(last) } : { items };
};

const check = ({ statements, clock }: Place, key: Key & { readonly if?: Condition }): void => {
  if (!key.if) return;
  const row = statements[key.table].state.get(key.pk, key.sk);
  const found = row && isLive(row, clock) ? Number(row['version']) : 'absent';
  const wanted = 'absent' in key.if ? 'absent' : key.if.version;
  if (found === wanted) return;
  throw new ConditionFailed(`${key.table} ${key.pk} / ${key.sk}: wanted version ${wanted}, found ${found}`);
};

const put = ({ statements }: Place, item: Put, json: string): void => {
  const restarts = item.if && 'absent' in item.if ? 1 : 0;
  const { table, pk, sk, expiresAt = null, i1 = null, i2 = null } = item;
  statements[table].put.run(pk, sk, json, expiresAt, i1, i2, restarts);
};

/** Checks first, then writes: what `Database.commit` asks of a job. The texts are made outside of the transaction. */
const writing = (place: Place, writes: readonly Write[]): (() => void) => {
  const texts = writes.map((write) => ('put' in write ? checkedJson(write.put) : ''));
  return () => {
    for (const write of writes) check(place, keyOf(write));
    for (const [index, write] of writes.entries()) {
      if ('put' in write) put(place, write.put, texts[index] ?? '');
      if ('delete' in write) place.statements[write.delete.table].remove.run(write.delete.pk, write.delete.sk);
    }
  };
};

const sweeper = ({ statements, clock }: Place): (() => void) => {
  let next = 0;
  const sweepOne = (table: TableName): boolean =>
    statements[table].sweep.run(seconds(clock), SWEEP_ROWS).changes === SWEEP_ROWS;
  return () => {
    if (clock.now() < next) return;
    const moreToDo = TABLES.map(sweepOne).includes(true);
    next = moreToDo ? 0 : clock.now() + SWEEP_EVERY_MS;
  };
};

/** `Table` on one SQLite file. */
export const sqliteTable = ({ database, clock }: { database: Database; clock: Clock }): Table => {
  const statements = {
    homes: statementsOf(database, 'homes'),
    energy: statementsOf(database, 'energy'),
    history: statementsOf(database, 'history'),
    operations: statementsOf(database, 'operations'),
    ledger: statementsOf(database, 'ledger'),
    community: statementsOf(database, 'community'),
    people: statementsOf(database, 'people'),
  };
  const place = { database, clock, statements };
  const sweep = sweeper(place);
  const write = async (writes: readonly Write[]): Promise<void> => {
    const job = writing(place, writes);
    await database.commit(() => {
      job();
      sweep();
    });
  };
  return {
    get: async (key) => database.read(() => read(place, key)),
    batchGet: async (keys) => database.read(() => keys.map((key) => read(place, key))),
    put: (item) => write([{ put: item }]),
    delete: (key) => write([{ delete: key }]),
    transact: async (writes) => {
      checkTransact(writes);
      await write(writes);
    },
    query: async (query) => database.read(() => select(place, query)),
  };
};
