import * as z from 'zod';
import { OBJECTS, type ObjectOf, type ObjectType } from '@hems/models/openadr/objects';
import { PLATFORM_CLIENT } from '@hems/models/openadr/report';
import type { Key, Table, Write } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';

/**
 * The OpenADR objects of a partner: partition `PARTNER#<partner>#OPENADR` of table `operations`. `<type>#<parents>#<id>` is an object; the
 * parents are the program of an event, program and event of a report, the ven of a resource, so that what belongs to one of them is a range.
 * `ID#<type>#<id>` leads to it. `NAME#…` holds a name that must be unique; `COUNT` says how many objects there are of each type,
 * `COUNT#<client>` how many of them an end node or a business client has made.
 * An id begins with the time it was made at, so that a range is in that order.
 */
const pkOf = (partnerId: string): string => `PARTNER#${partnerId}#OPENADR`;
const keyOf = (partnerId: string, sk: string): Key => ({ table: 'operations', pk: pkOf(partnerId), sk });
const idKey = (partnerId: string, type: ObjectType, id: string): Key => keyOf(partnerId, `ID#${type}#${id}`);

/** As many of each type as one partner may have: a list is found by going over them. */
const QUOTA: Readonly<Record<ObjectType, number>> = {
  PROGRAM: 200,
  EVENT: 2000,
  REPORT: 5000,
  SUBSCRIPTION: 200,
  VEN: 500,
  RESOURCE: 2000,
};
/**
 * As many as one client may have of what clients make for themselves: no end node takes the room of the others, nor makes a write tell
 * more of its callbacks than this. What was made before shares were counted does not count.
 */
const SHARE: Partial<Readonly<Record<ObjectType, number>>> = { REPORT: 1000, SUBSCRIPTION: 20 };
/** 50 of them fit into an answer of a Lambda. */
const OBJECT_MAX_BYTES = 64 * 1024;

const counts = z.partialRecord(z.enum(['PROGRAM', 'EVENT', 'REPORT', 'SUBSCRIPTION', 'VEN', 'RESOURCE']), z.int());
const pointer = z.object({ sk: z.string() });

/** Where an object stands, and its name where that must be unique. */
export type Place = {
  readonly parents: readonly string[];
  /** within these words no two objects have it */
  readonly uniqueName?: readonly string[];
};
export type Stored<T extends ObjectType> = {
  readonly object: ObjectOf[T];
  readonly sk: string;
  readonly version: number;
};

export const objectIdAt = (nowMs: number, random: string): string => `${nowMs.toString(36).padStart(9, '0')}-${random}`;

const prefixOf = (type: ObjectType, parents: readonly string[]): string =>
  [type, ...parents].map((one) => `${one}#`).join('');
const nameKey = (partnerId: string, words: readonly string[]): Key =>
  keyOf(partnerId, ['NAME', ...words.map(encodeURIComponent)].join('#'));

const dataOf = (object: ObjectOf[ObjectType]): ObjectOf[ObjectType] => {
  const bytes = Buffer.byteLength(JSON.stringify(object));
  if (bytes > OBJECT_MAX_BYTES)
    throw new Refused(
      'too-large',
      `the object has ${bytes} bytes; at most ${OBJECT_MAX_BYTES} are kept`,
      'body-too-large',
    );
  return object;
};

type Step = { readonly type: ObjectType; readonly by: 1 | -1; readonly most: number; readonly who: string };

/** Moves a count of a type; refused where there are as many as there may be. */
const counted = async (table: Table, key: Key, { type, by, most, who }: Step): Promise<Write> => {
  const item = await table.get(key);
  const before = item ? counts.parse(item.data) : {};
  const next = Math.max(0, (before[type] ?? 0) + by);
  if (by > 0 && next > most)
    throw new Refused(
      'conflict',
      `there are ${most} objects of type ${type}, as many as ${who} may have; delete some`,
      'quota',
    );
  return {
    put: { ...key, data: { ...before, [type]: next }, if: item ? { version: item.version } : { absent: true } },
  };
};

/** Moves the counts that an object is in. The platform's own report is owed to the partner, however many others there are. */
const countedWith = async (
  table: Table,
  partnerId: string,
  [object, by]: readonly [ObjectOf[ObjectType], 1 | -1],
): Promise<Write[]> => {
  const { objectType: type } = object;
  const isOurs = 'clientID' in object && object.clientID === PLATFORM_CLIENT;
  const most = isOurs ? Infinity : QUOTA[type];
  const all = await counted(table, keyOf(partnerId, 'COUNT'), { type, by, most, who: 'a partner' });
  const share = SHARE[type];
  if (isOurs || share === undefined || !('clientID' in object)) return [all];
  const own = keyOf(partnerId, `COUNT#${object.clientID}`);
  return [all, await counted(table, own, { type, by, most: share, who: 'a client' })];
};

const refuseName = async (table: Table, key: Key, words: readonly string[]): Promise<void> => {
  if (await table.get(key))
    throw new Refused('conflict', `there is one called ${words.at(-1)} already; choose another name`, 'name-taken');
};

/** ConditionFailed where somebody else wrote in between: read anew and try again. */
export const insertObject = async (
  table: Table,
  partnerId: string,
  {
    object,
    place,
    more = [],
  }: { readonly object: ObjectOf[ObjectType]; readonly place: Place; readonly more?: readonly Write[] },
): Promise<void> => {
  const absent = { if: { absent: true } } as const;
  const sk = prefixOf(object.objectType, place.parents) + object.id;
  const named = place.uniqueName && nameKey(partnerId, place.uniqueName);
  if (named && place.uniqueName) await refuseName(table, named, place.uniqueName);
  await table.transact([
    { put: { ...keyOf(partnerId, sk), data: dataOf(object), ...absent } },
    { put: { ...idKey(partnerId, object.objectType, object.id), data: { sk }, ...absent } },
    ...(named ? [{ put: { ...named, data: { id: object.id }, ...absent } }] : []),
    ...(await countedWith(table, partnerId, [object, 1])),
    ...more,
  ]);
};

export const findObject = async <T extends ObjectType>(
  table: Table,
  partnerId: string,
  [type, id]: readonly [T, string],
): Promise<Stored<T> | undefined> => {
  const found = await table.get(idKey(partnerId, type, id));
  if (!found) return undefined;
  const { sk } = pointer.parse(found.data);
  const item = await table.get(keyOf(partnerId, sk));
  const schema: { parse(value: unknown): ObjectOf[T] } = OBJECTS[type];
  return item && { object: schema.parse(item.data), sk, version: item.version };
};

type Names = { readonly before: Place; readonly after: Place };

export const replaceObject = async <T extends ObjectType>(
  table: Table,
  partnerId: string,
  {
    found,
    object,
    names,
    more = [],
  }: {
    readonly found: Stored<T>;
    readonly object: ObjectOf[T];
    readonly names: Names;
    readonly more?: readonly Write[];
  },
): Promise<void> => {
  const [before, after] = [names.before.uniqueName, names.after.uniqueName];
  const isRenamed = before !== undefined && after !== undefined && before.join('#') !== after.join('#');
  if (isRenamed) await refuseName(table, nameKey(partnerId, after), after);
  await table.transact([
    { put: { ...keyOf(partnerId, found.sk), data: dataOf(object), if: { version: found.version } } },
    ...(isRenamed
      ? [
          { delete: nameKey(partnerId, before) },
          { put: { ...nameKey(partnerId, after), data: { id: object.id }, if: { absent: true } as const } },
        ]
      : []),
    ...more,
  ]);
};

export const removeObject = async <T extends ObjectType>(
  table: Table,
  partnerId: string,
  { found, place, more = [] }: { readonly found: Stored<T>; readonly place: Place; readonly more?: readonly Write[] },
): Promise<void> => {
  const { objectType, id } = found.object;
  await table.transact([
    { delete: { ...keyOf(partnerId, found.sk), if: { version: found.version } } },
    { delete: idKey(partnerId, objectType, id) },
    ...(place.uniqueName ? [{ delete: nameKey(partnerId, place.uniqueName) }] : []),
    ...(await countedWith(table, partnerId, [found.object, -1])),
    ...more,
  ]);
};

const PAGE = 100;

/** The objects of a type, oldest first within their parents; a page at a time, so that nothing is held but what is kept. */
export async function* objectsOf<T extends ObjectType>(
  table: Table,
  partnerId: string,
  [type, parents]: readonly [T, readonly string[]],
): AsyncGenerator<ObjectOf[T]> {
  const schema: { parse(value: unknown): ObjectOf[T] } = OBJECTS[type];
  const query = { table: 'operations', value: pkOf(partnerId), prefix: prefixOf(type, parents), limit: PAGE } as const;
  let cursor: string | undefined;
  do {
    const page = await table.query({ ...query, ...(cursor !== undefined && { cursor }) });
    for (const { data } of page.items) yield schema.parse(data);
    cursor = page.cursor;
  } while (cursor !== undefined);
}
