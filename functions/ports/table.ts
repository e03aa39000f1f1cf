/** The few tables of the application; each partition key is an authorisation boundary. Key layouts live with the noun stores. */
export const TABLES = ['homes', 'energy', 'history', 'operations', 'ledger', 'community', 'people'] as const;
export type TableName = (typeof TABLES)[number];

export type Key = { readonly table: TableName; readonly pk: string; readonly sk: string };

/** JSON data under a key. `version` starts at 1 and grows by one at each write. */
export type Item = Key & {
  readonly version: number;
  readonly data: unknown;
  /** epoch seconds; an expired item is not returned, whether or not it has been removed yet */
  readonly expiresAt?: number;
  readonly i1?: string;
  readonly i2?: string;
};

/** `absent`: no (unexpired) item has the key. `version`: the item is still the one that was read. */
export type Condition = { readonly absent: true } | { readonly version: number };

export type Put = Omit<Item, 'version'> & { readonly if?: Condition };
export type Delete = Key & { readonly if?: Condition };
export type Check = Key & { readonly if: Condition };
export type Write = { readonly put: Put } | { readonly delete: Delete } | { readonly check: Check };

export type Query = {
  readonly table: TableName;
  /** partition: by `pk`, or by the index key `i1` or `i2` (whose reads may lag behind writes) */
  readonly by?: 'pk' | 'i1' | 'i2';
  readonly value: string;
  /** sort keys that begin with `prefix`, or from `from` to `to`, both inclusive */
  readonly prefix?: string;
  readonly from?: string;
  readonly to?: string;
  readonly descending?: boolean;
  /** without it, all of them */
  readonly limit?: number;
  readonly cursor?: string;
};
export type Page = { readonly items: Item[]; readonly cursor?: string };

/** Thrown when a condition does not hold. Nothing was written. */
export class ConditionFailed extends Error {
  override readonly name = 'ConditionFailed';
}

/** Thrown when the store has no room left. Of this write nothing was done; reads go on, and so do writes when there is room again. */
export class StoreFull extends Error {
  override readonly name = 'StoreFull';
}

/** Thrown by a query whose cursor no page of this table ended with; the message says what to do. */
export class BadCursor extends Error {
  override readonly name = 'BadCursor';
}

/** At most this many writes go into one `transact`. */
export const TRANSACT_MAX = 100;

/**
 * Items by key. Reads by `pk` see every write that has resolved. A write that resolves is durable.
 * Contract suite: `adapters/contract/table.contract.ts`.
 */
export type Table = {
  get(key: Key): Promise<Item | undefined>;
  /** in the order of the keys; absent ones undefined */
  batchGet(keys: readonly Key[]): Promise<(Item | undefined)[]>;
  put(put: Put): Promise<void>;
  delete(key: Delete): Promise<void>;
  query(query: Query): Promise<Page>;
  /** all or nothing */
  transact(writes: readonly Write[]): Promise<void>;
};
