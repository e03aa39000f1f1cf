import type { Item, Key, Query, Table } from '../../ports/table.ts';

/** Items read at a time, and deleted at a time: a partition of DynamoDB takes a thousand writes a second. */
const PAGE = 500;
const AT_ONCE = 10;

/** A partition, or the part of it under a prefix. */
export type Part = Pick<Query, 'table' | 'value' | 'by' | 'prefix'>;
export type Choose = (item: Item) => boolean;
const EVERY: Choose = () => true;

const pagesOf = async function* (table: Table, part: Part): AsyncGenerator<readonly Item[]> {
  let cursor: string | undefined;
  do {
    const page = await table.query({ ...part, limit: PAGE, ...(cursor !== undefined && { cursor }) });
    yield page.items;
    cursor = page.cursor;
  } while (cursor !== undefined);
};

export const itemsOf = async function* (table: Table, parts: readonly Part[], choose = EVERY): AsyncGenerator<Item> {
  for (const part of parts) for await (const items of pagesOf(table, part)) yield* items.filter(choose);
};

export const countItems = async (table: Table, parts: readonly Part[], choose = EVERY): Promise<number> => {
  let count = 0;
  for (const part of parts) for await (const items of pagesOf(table, part)) count += items.filter(choose).length;
  return count;
};

const keyOf = ({ table, pk, sk }: Key): Key => ({ table, pk, sk });

export const deleteAll = async (table: Table, keys: readonly Key[]): Promise<void> => {
  for (let from = 0; from < keys.length; from += AT_ONCE)
    await Promise.all(keys.slice(from, from + AT_ONCE).map((key) => table.delete(keyOf(key))));
};

/** Answers whether everything that was chosen is gone: false when `mayGoOn` ended it before. */
export const eraseItems = async (
  table: Table,
  parts: readonly Part[],
  { choose = EVERY, mayGoOn = () => true }: { readonly choose?: Choose; readonly mayGoOn?: () => boolean } = {},
): Promise<boolean> => {
  for (const part of parts) {
    for await (const items of pagesOf(table, part)) {
      if (!mayGoOn()) return false;
      await deleteAll(table, items.filter(choose));
    }
  }
  return true;
};
