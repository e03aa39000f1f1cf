import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactionConflictException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type BatchGetItemCommandInput,
  type BatchGetItemCommandOutput,
  type DynamoDBClientConfig,
  type QueryCommandOutput,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import type { Clock } from '../../ports/clock.ts';
import {
  ConditionFailed,
  type Item,
  type Key,
  type Page,
  type Put,
  type Query,
  type Table,
  type TableName,
  type Write,
} from '../../ports/table.ts';
import { chunks } from '../chunks.ts';
import { cursorAfter } from '../cursor.ts';
import { checkTransact, identityOf, keyOf, named } from '../table-limits.ts';
import {
  guardedKey,
  isEmptyRange,
  isLive,
  itemOf,
  keyAttributes,
  putRequest,
  queryRequest,
  type Attributes,
  type Place,
} from './table-expressions.ts';
import { SHORT_TIMEOUTS } from './timeouts.ts';

/** BatchGetItem takes this many keys. */
const BATCH = 100;
const ATTEMPTS = 6;
/** Read at least this much at once: expired items count against DynamoDB's limit and are dropped after. */
const MIN_READ = 50;

type Dynamo = { readonly client: DynamoDBClient; readonly place: () => Place };

const jitter = (attempt: number): Promise<void> => sleep(Math.random() * 10 * 2 ** attempt);

const TRANSIENT = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/** Another transaction held the item, or part of this one was throttled. No condition has failed, and the SDK does not repeat it. */
const isTransient = (error: unknown): boolean => {
  if (error instanceof TransactionConflictException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = (error.CancellationReasons ?? []).map(({ Code: code = 'None' }) => code);
  return codes.some((code) => TRANSIENT.has(code)) && codes.every((code) => code === 'None' || TRANSIENT.has(code));
};

const patiently = async <T>(send: () => Promise<T>, attempt = 1): Promise<T> => {
  try {
    return await send();
  } catch (error) {
    if (!isTransient(error) || attempt === ATTEMPTS) throw error;
  }
  await jitter(attempt);
  return patiently(send, attempt + 1);
};

/** What a conditional put leaves in the table. */
const outcomeOf = ({ if: condition, ...item }: Put): Item => ({
  ...item,
  data: JSON.parse(JSON.stringify(item.data)),
  version: condition && 'version' in condition ? condition.version + 1 : 1,
});

/**
 * The SDK repeats a write whose answer was lost on the way, and the second time the condition fails on what the first time
 * wrote. That is no refusal: the item is what this write has `left` (undefined: nothing).
 */
const guarded = async (key: Key, left: () => Item | undefined, send: () => Promise<unknown>): Promise<void> => {
  try {
    await patiently(send);
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const found = error.Item && itemOf(key.table, error.Item);
    const wasRepeated = (error.$metadata.attempts ?? 1) > 1;
    if (wasRepeated && isDeepStrictEqual(found, left())) return;
    throw new ConditionFailed(`${named(key)}: found ${found ? `version ${found.version}` : 'nothing'}`, {
      cause: error,
    });
  }
};

const transactItem = (write: Write, place: Place): TransactWriteItem => {
  if ('put' in write) return { Update: putRequest(write.put, place) };
  if ('delete' in write) return { Delete: guardedKey(write.delete, place) };
  return { ConditionCheck: guardedKey(write.check, place) };
};

const transact = async ({ client, place }: Dynamo, writes: readonly Write[]): Promise<void> => {
  checkTransact(writes);
  try {
    await patiently(() => {
      const at = place();
      return client.send(
        new TransactWriteItemsCommand({ TransactItems: writes.map((write) => transactItem(write, at)) }),
      );
    });
  } catch (error) {
    const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
    const failed = writes.filter((_, index) => reasons[index]?.Code === 'ConditionalCheckFailed').map(keyOf);
    if (failed.length === 0) throw error;
    throw new ConditionFailed(`nothing was written because of ${failed.map(named).join(', ')}`, { cause: error });
  }
};

/** One BatchGetItem of distinct keys; asks again for those that DynamoDB left out. */
const fetchBatch = async ({ client, place }: Dynamo, keys: readonly Key[]): Promise<Item[]> => {
  const { names } = place();
  const tables = Map.groupBy(keys, ({ table }) => table);
  const tableOf = new Map([...tables.keys()].map((table) => [names[table], table]));
  let request: BatchGetItemCommandInput['RequestItems'] = Object.fromEntries(
    [...tables].map(([table, own]) => [names[table], { Keys: own.map(keyAttributes), ConsistentRead: true }]),
  );
  const items: Item[] = [];
  for (let attempt = 1; request && Object.keys(request).length > 0; attempt += 1) {
    if (attempt > ATTEMPTS) throw new Error(`DynamoDB left keys of a batch unread ${ATTEMPTS} times; it is throttled`);
    if (attempt > 1) await jitter(attempt);
    const answer: BatchGetItemCommandOutput = await client.send(new BatchGetItemCommand({ RequestItems: request }));
    for (const [name, found] of Object.entries(answer.Responses ?? {})) {
      const table = tableOf.get(name);
      if (table) items.push(...found.map((attributes) => itemOf(table, attributes)));
    }
    request = answer.UnprocessedKeys;
  }
  return items;
};

const batchGet = async (dynamo: Dynamo, keys: readonly Key[]): Promise<(Item | undefined)[]> => {
  const distinct = [...new Map(keys.map((key) => [identityOf(key), key])).values()];
  const pages = await Promise.all(chunks(distinct, BATCH).map((batch) => fetchBatch(dynamo, batch)));
  const { seconds } = dynamo.place();
  const live = pages.flat().filter((item) => isLive(item, seconds));
  const found = new Map(live.map((item) => [identityOf(item), item]));
  return keys.map((key) => found.get(identityOf(key)));
};

/** Reads until there is one item more than asked for: that one says whether anything follows. */
const query = async ({ client, place }: Dynamo, asked: Query): Promise<Page> => {
  if (isEmptyRange(asked)) return { items: [] };
  const wanted = asked.limit === undefined ? Infinity : asked.limit + 1;
  const { ExclusiveStartKey, ...request } = queryRequest(asked, place());
  const found: Item[] = [];
  let start: Attributes | undefined = ExclusiveStartKey;
  do {
    const Limit = asked.limit === undefined ? undefined : Math.max(wanted - found.length, MIN_READ);
    const page: QueryCommandOutput = await client.send(
      new QueryCommand({ ...request, Limit, ExclusiveStartKey: start }),
    );
    found.push(...(page.Items ?? []).map((attributes) => itemOf(asked.table, attributes)));
    start = page.LastEvaluatedKey;
  } while (start && found.length < wanted);
  const items = found.slice(0, asked.limit);
  const last = items.at(-1);
  return last && found.length > items.length ? { items, cursor: cursorAfter(last) } : { items };
};

export type DynamoTableOptions = { readonly clock?: Clock; readonly config?: DynamoDBClientConfig };

/** `Table` on DynamoDB tables of these names. The SDK repeats what was throttled. */
export const dynamoTable = (names: Record<TableName, string>, options: DynamoTableOptions = {}): Table => {
  const { clock = { now: () => Date.now() }, config = {} } = options;
  const client = new DynamoDBClient({ ...SHORT_TIMEOUTS, ...config });
  const place = (): Place => ({ names, seconds: Math.floor(clock.now() / 1000) });
  const dynamo = { client, place };
  return {
    get: async (key) => {
      const request = { TableName: names[key.table], Key: keyAttributes(key), ConsistentRead: true };
      const { Item: attributes } = await client.send(new GetItemCommand(request));
      const item = attributes && itemOf(key.table, attributes);
      return item && isLive(item, place().seconds) ? item : undefined;
    },
    batchGet: (keys) => batchGet(dynamo, keys),
    put: async (put) => {
      const request = putRequest(put, place());
      await guarded(
        put,
        () => outcomeOf(put),
        () => client.send(new UpdateItemCommand(request)),
      );
    },
    delete: async (key) => {
      const request = guardedKey(key, place());
      await guarded(
        key,
        () => undefined,
        () => client.send(new DeleteItemCommand(request)),
      );
    },
    transact: (writes) => transact(dynamo, writes),
    query: (asked) => query(dynamo, asked),
  };
};
