import { instantText } from '@hems/models/openadr/duration';
import type { ObjectOf, ObjectType } from '@hems/models/openadr/objects';
import { PAGE_MAX } from '@hems/shared/openadr/contract';
import { Refused } from '../refusal.ts';
import {
  findObject,
  insertObject,
  objectIdAt,
  removeObject,
  replaceObject,
  type Place,
  type Stored,
} from '../stores/openadr.ts';
import { owedPut, type Owed } from '../stores/openadr-owed.ts';
import { untilWon } from '../until-won.ts';
import type { OpenadrDeps } from './caller.ts';
import { notify } from './notify.ts';

/** The kernel of the six kinds of object: metadata, one write at a time, and subscriptions told of each. */
type Metadata<T extends ObjectType> = {
  readonly id: string;
  readonly createdDateTime: string;
  readonly modificationDateTime: string;
  readonly objectType: T;
};

export const newMetadata = <T extends ObjectType>(
  { clock, ids, effect }: Pick<OpenadrDeps, 'clock' | 'ids' | 'effect'>,
  objectType: T,
): Metadata<T> => {
  const nowMs = clock.now();
  const at = instantText(nowMs);
  const id = effect ?? objectIdAt(nowMs, ids.next());
  return { id, createdDateTime: at, modificationDateTime: at, objectType };
};

/** What an earlier try of this request made that was cut off before its answer was kept. */
export const madeBefore = async <T extends ObjectType>(
  { table, effect }: Pick<OpenadrDeps, 'table' | 'effect'>,
  partnerId: string,
  type: T,
): Promise<ObjectOf[T] | undefined> =>
  effect === undefined ? undefined : (await findObject(table, partnerId, [type, effect]))?.object;

export type PlaceOf<T extends ObjectType> = (object: ObjectOf[T]) => Place;

export const create = async <T extends ObjectType>(
  deps: OpenadrDeps,
  partnerId: string,
  given: { readonly type: T; readonly object: ObjectOf[T]; readonly place: Place },
): Promise<ObjectOf[T]> => {
  const before = await madeBefore(deps, partnerId, given.type);
  if (before) return before;
  const owed: Owed = { partnerId, operation: 'CREATE', object: given.object, atMs: deps.clock.now() };
  await untilWon(deps.pause, () => insertObject(deps.table, partnerId, { ...given, more: [owedPut(owed)] }));
  await notify(deps, owed);
  return given.object;
};

const noSuch = (type: ObjectType, id: string): Refused =>
  new Refused('not-found', `there is no ${type.toLowerCase()} ${id} that you may see`, 'no-object');

/** The object, or `undefined` where it is not there or `see` hides it: the two are answered alike. */
export const find = async <T extends ObjectType>(
  { table }: Pick<OpenadrDeps, 'table'>,
  partnerId: string,
  {
    type,
    id,
    see,
  }: { readonly type: T; readonly id: string; readonly see: (object: ObjectOf[T]) => ObjectOf[T] | undefined },
): Promise<Stored<T>> => {
  const found = await findObject(table, partnerId, [type, id]);
  const object = found && see(found.object);
  if (!found || !object) throw noSuch(type, id);
  return { ...found, object };
};

type Change<T extends ObjectType> = {
  readonly type: T;
  readonly id: string;
  readonly mayWrite: (object: ObjectOf[T]) => boolean;
  readonly placeOf: PlaceOf<T>;
};

/** `next` makes the new object from the one that is there; its metadata stay. */
export const update = async <T extends ObjectType>(
  deps: OpenadrDeps,
  partnerId: string,
  { type, id, mayWrite, placeOf, next }: Change<T> & { readonly next: (before: ObjectOf[T]) => ObjectOf[T] },
): Promise<ObjectOf[T]> => {
  const [object, owed] = await untilWon(deps.pause, async () => {
    const found = await findObject(deps.table, partnerId, [type, id]);
    if (!found || !mayWrite(found.object)) throw noSuch(type, id);
    const atMs = deps.clock.now();
    const changed = { ...next(found.object), modificationDateTime: instantText(atMs) };
    const names = { before: placeOf(found.object), after: placeOf(changed) };
    const owes: Owed = { partnerId, operation: 'UPDATE', object: changed, atMs };
    await replaceObject(deps.table, partnerId, { found, object: changed, names, more: [owedPut(owes)] });
    return [changed, owes] as const;
  });
  await notify(deps, owed);
  return object;
};

/** `before` may refuse, or take away what belongs to the object. */
export const remove = async <T extends ObjectType>(
  deps: OpenadrDeps,
  partnerId: string,
  { type, id, mayWrite, placeOf, before }: Change<T> & { readonly before?: (object: ObjectOf[T]) => Promise<void> },
): Promise<ObjectOf[T]> => {
  const [object, owed] = await untilWon(deps.pause, async () => {
    const found = await findObject(deps.table, partnerId, [type, id]);
    if (!found || !mayWrite(found.object)) throw noSuch(type, id);
    await before?.(found.object);
    const owes: Owed = { partnerId, operation: 'DELETE', object: found.object, atMs: deps.clock.now() };
    await removeObject(deps.table, partnerId, { found, place: placeOf(found.object), more: [owedPut(owes)] });
    return [found.object, owes] as const;
  });
  await notify(deps, owed);
  return object;
};

export type Paging = { readonly skip?: number | undefined; readonly limit?: number | undefined };

/** The objects that `see` lets through, less the first `skip`, at most `limit`. */
export const pageOf = async <T>(
  all: AsyncIterable<T>,
  { skip = 0, limit = PAGE_MAX }: Paging,
  see: (one: T) => T | undefined,
): Promise<T[]> => {
  const page: T[] = [];
  let passed = 0;
  if (limit === 0) return page;
  for await (const one of all) {
    const seen = see(one);
    if (seen === undefined) continue;
    passed += 1;
    if (passed > skip) page.push(seen);
    if (page.length === limit) break;
  }
  return page;
};
