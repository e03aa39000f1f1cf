import { TRANSACT_MAX, type Key, type Put, type Write } from '../ports/table.ts';

/**
 * What every `Table` refuses, so that an item that fits the SQLite file also fits DynamoDB.
 * DynamoDB holds 409,600 bytes an item and 4 MB a transaction. Its encoding of a JSON text of n bytes takes at most 1.5 n
 * (a list of one-digit numbers), so limits on the JSON text hold there without counting its encoding.
 */
const ITEM_MAX_BYTES = 256 * 1024;
const TRANSACT_MAX_BYTES = 2.5 * 1024 * 1024;
const KEY_MAX_BYTES = { pk: 2048, sk: 1024, i1: 2048, i2: 2048 } as const;

/** For people. */
export const named = ({ table, pk, sk }: Key): string => `${table} ${pk} / ${sk}`;

const checkKey = (key: Key & Pick<Put, 'i1' | 'i2'>): void => {
  for (const name of ['pk', 'sk', 'i1', 'i2'] as const) {
    const value = key[name];
    if (value === undefined) continue;
    const bytes = Buffer.byteLength(value);
    if (bytes === 0 || bytes > KEY_MAX_BYTES[name])
      throw new RangeError(`${named(key)}: ${name} has ${bytes} bytes; it must have 1 to ${KEY_MAX_BYTES[name]}`);
  }
};

/** The JSON text of a put, or a RangeError that says which item is too big and what to do. */
export const checkedJson = (put: Put): string => {
  checkKey(put);
  const json = JSON.stringify(put.data);
  if (json === undefined) throw new RangeError(`${named(put)}: data is not JSON`);
  // A UTF-16 unit becomes at most 3 bytes, so most items need no count.
  if (json.length * 3 > ITEM_MAX_BYTES && Buffer.byteLength(json) > ITEM_MAX_BYTES)
    throw new RangeError(
      `${named(put)}: data has ${Buffer.byteLength(json)} bytes of JSON, at most ${ITEM_MAX_BYTES} fit; split the item`,
    );
  return json;
};

export const keyOf = (write: Write): Key =>
  'put' in write ? write.put : 'delete' in write ? write.delete : write.check;

/** One text per key, whatever its parts contain. */
export const identityOf = ({ table, pk, sk }: Key): string => JSON.stringify([table, pk, sk]);

/** The size rules of `transact`; one key may be named once only. */
export const checkTransact = (writes: readonly Write[]): void => {
  if (writes.length === 0 || writes.length > TRANSACT_MAX)
    throw new RangeError(
      `transact takes 1 to ${TRANSACT_MAX} writes, not ${writes.length}; split the work or make it smaller`,
    );
  const seen = new Set<string>();
  let bytes = 0;
  for (const write of writes) {
    const key = keyOf(write);
    const name = identityOf(key);
    if (seen.has(name)) throw new RangeError(`transact names ${named(key)} twice; join the two writes`);
    seen.add(name);
    if ('put' in write) bytes += Buffer.byteLength(checkedJson(write.put));
  }
  if (bytes > TRANSACT_MAX_BYTES)
    throw new RangeError(
      `transact has ${bytes} bytes of JSON, at most ${TRANSACT_MAX_BYTES} fit; write fewer items at once`,
    );
};
