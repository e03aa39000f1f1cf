import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { convertToAttr, convertToNative } from '@aws-sdk/util-dynamodb';
import type { Check, Condition, Delete, Item, Key, Put, Query, TableName } from '../../ports/table.ts';
import { readCursor } from '../cursor.ts';
import { checkedJson } from '../table-limits.ts';

/**
 * How items, conditions and queries are said to DynamoDB. Attributes: pk, sk, version (N), data (M), expiresAt (N, the
 * TTL attribute), i1, i2; indexes `by-i1` and `by-i2` sort by sk. `data` and `version` are aliased: they may be reserved words.
 */
export type Attributes = Record<string, AttributeValue>;
/** Table names, and the present in epoch seconds. */
export type Place = { readonly names: Record<TableName, string>; readonly seconds: number };

const number = (value: number): AttributeValue => ({ N: String(value) });

export const keyAttributes = ({ pk, sk }: Pick<Key, 'pk' | 'sk'>): Attributes => ({ pk: { S: pk }, sk: { S: sk } });

const optionalOf = ({ expiresAt, i1, i2 }: Attributes): Pick<Item, 'expiresAt' | 'i1' | 'i2'> => ({
  ...(expiresAt?.N && { expiresAt: Number(expiresAt.N) }),
  ...(i1?.S && { i1: i1.S }),
  ...(i2?.S && { i2: i2.S }),
});

export const itemOf = (table: TableName, attributes: Attributes): Item => {
  const { pk, sk, version, data } = attributes;
  return {
    table,
    pk: pk?.S ?? '',
    sk: sk?.S ?? '',
    version: Number(version?.N),
    data: data && convertToNative(data),
    ...optionalOf(attributes),
  };
};

export const isLive = ({ expiresAt }: Pick<Item, 'expiresAt'>, seconds: number): boolean =>
  expiresAt === undefined || expiresAt > seconds;

const LIVE = '(attribute_not_exists(expiresAt) OR expiresAt > :now)';

type Expression = { readonly text?: string; readonly values: Attributes };

const conditionOf = (condition: Condition | undefined, seconds: number): Expression => {
  if (!condition) return { values: {} };
  const now = { ':now': number(seconds) };
  if ('absent' in condition) return { text: 'attribute_not_exists(pk) OR expiresAt <= :now', values: now };
  return { text: `#version = :read AND ${LIVE}`, values: { ...now, ':read': number(condition.version) } };
};

/** A put is an update of every attribute: PutItem cannot count the version up. */
export const putRequest = (put: Put, { names, seconds }: Place) => {
  const data: unknown = JSON.parse(checkedJson(put));
  const condition = conditionOf(put.if, seconds);
  const restarts = put.if && 'absent' in put.if;
  const optional = { expiresAt: put.expiresAt, i1: put.i1, i2: put.i2 };
  const given = Object.entries(optional).filter(([, value]) => value !== undefined);
  const missing = Object.keys(optional).filter((name) => !given.some(([other]) => other === name));
  const sets = [
    `#version = ${restarts ? ':one' : 'if_not_exists(#version, :zero) + :one'}`,
    '#data = :data',
    ...given.map(([name]) => `${name} = :${name}`),
  ];
  return {
    TableName: names[put.table],
    Key: keyAttributes(put),
    UpdateExpression: `SET ${sets.join(', ')}${missing.length > 0 ? ` REMOVE ${missing.join(', ')}` : ''}`,
    ConditionExpression: condition.text,
    ExpressionAttributeNames: { '#version': 'version', '#data': 'data' },
    ExpressionAttributeValues: {
      ...condition.values,
      ':one': number(1),
      ...(restarts ? {} : { ':zero': number(0) }),
      ':data': convertToAttr(data),
      ...Object.fromEntries(given.map(([name, value]) => [`:${name}`, convertToAttr(value)])),
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
};

/** A delete, or the check of a transaction. */
export const guardedKey = ({ table, pk, sk, if: condition }: Delete | Check, { names, seconds }: Place) => {
  const { text, values } = conditionOf(condition, seconds);
  return {
    TableName: names[table],
    Key: keyAttributes({ pk, sk }),
    ConditionExpression: text,
    ...(text === undefined ? {} : { ExpressionAttributeValues: values }),
    ...(condition && 'version' in condition ? { ExpressionAttributeNames: { '#version': 'version' } } : {}),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
};

/** DynamoDB takes no empty text as a bound; below it there is nothing to leave out. */
const rangeOf = ({ prefix, from, to }: Query): Expression => {
  if (prefix) return { text: 'begins_with(sk, :prefix)', values: { ':prefix': { S: prefix } } };
  if (from && to) return { text: 'sk BETWEEN :from AND :to', values: { ':from': { S: from }, ':to': { S: to } } };
  if (from) return { text: 'sk >= :from', values: { ':from': { S: from } } };
  if (to) return { text: 'sk <= :to', values: { ':to': { S: to } } };
  return { values: {} };
};

/** A range that ends before it begins: nothing to us, an error to DynamoDB. */
export const isEmptyRange = ({ from = '', to }: Query): boolean =>
  to === '' || (to !== undefined && Buffer.compare(Buffer.from(from), Buffer.from(to)) > 0);

const startOf = ({ by = 'pk', value, cursor }: Query): Attributes | undefined => {
  if (cursor === undefined) return undefined;
  const { pk, sk } = readCursor(cursor);
  // The partition is the query's, whatever a cursor says.
  return by === 'pk' ? keyAttributes({ pk: value, sk }) : { ...keyAttributes({ pk, sk }), [by]: { S: value } };
};

export const queryRequest = (query: Query, { names, seconds }: Place) => {
  const { table, by = 'pk', value, descending = false } = query;
  const { text, values } = rangeOf(query);
  return {
    TableName: names[table],
    ...(by === 'pk' ? { ConsistentRead: true } : { IndexName: `by-${by}` }),
    KeyConditionExpression: `${by} = :value${text === undefined ? '' : ` AND ${text}`}`,
    FilterExpression: LIVE,
    ExpressionAttributeValues: { ':value': { S: value }, ':now': number(seconds), ...values },
    ScanIndexForward: !descending,
    ExclusiveStartKey: startOf(query),
  };
};
