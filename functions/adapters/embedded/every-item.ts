import { setImmediate as breathe } from 'node:timers/promises';
import type { SQLOutputValue } from 'node:sqlite';
import type { Clock } from '../../ports/clock.ts';
import { TABLES, type Item, type TableName } from '../../ports/table.ts';
import type { Database } from './database.ts';

type Parts = { readonly database: Database; readonly clock: Clock };

const PAGE = 1000;
const textOf = (value: SQLOutputValue | undefined): string => (typeof value === 'string' ? value : '');

const itemOf = (table: TableName, row: Record<string, SQLOutputValue>): Item => ({
  table,
  pk: textOf(row['pk']),
  sk: textOf(row['sk']),
  version: Number(row['version']),
  data: JSON.parse(textOf(row['data'])),
  ...(row['i1'] !== null && { i1: textOf(row['i1']) }),
  ...(row['i2'] !== null && { i2: textOf(row['i2']) }),
});

/** Every unexpired item of every table of the file, a page at a time, so that others have their turn. */
export const everyItem = async function* ({ database, clock }: Parts): AsyncGenerator<Item> {
  for (const table of TABLES) {
    const page = database.prepare(
      `SELECT rowid, * FROM ${table} WHERE rowid > ? AND (expires_at IS NULL OR expires_at > ?) ORDER BY rowid LIMIT ${PAGE}`,
    );
    let after: number | undefined = 0;
    while (after !== undefined) {
      const from: number = after;
      const rows = database.read(() => page.all(from, Math.floor(clock.now() / 1000)));
      for (const row of rows) yield itemOf(table, row);
      const last = rows.at(-1);
      after = last && Number(last['rowid']);
      await breathe();
    }
  }
};
