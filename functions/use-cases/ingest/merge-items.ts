import type { Pause } from '../../ports/pause.ts';
import { ConditionFailed, type Item, type Key, type Put, type Table } from '../../ports/table.ts';

/** Something to be merged into the item under a key. */
export type Addition<T> = { readonly key: Key; readonly value: T };

/** How items of one sort are read, merged and written. `merge` is commutative, associative and idempotent. */
export type Merging<T, A extends Addition<T>> = {
  readonly parse: (item: Item) => T;
  readonly merge: (stored: T, addition: A) => T;
  readonly same: (a: T, b: T) => boolean;
  readonly put: (addition: A, write: { readonly value: T; readonly version: number }) => Put;
};

type Deps = { readonly table: Table; readonly pause: Pause };

const MAX_ATTEMPTS = 12;

/** Runs the writes side by side and answers which of them lost a race; any other failure is thrown. */
const losers = async (table: Table, puts: readonly (Put | undefined)[]): Promise<Set<number>> => {
  const outcomes = await Promise.allSettled(puts.map(async (put) => (put ? table.put(put) : undefined)));
  const lost = new Set<number>();
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.status === 'fulfilled') continue;
    if (!(outcome.reason instanceof ConditionFailed)) throw outcome.reason;
    lost.add(index);
  }
  return lost;
};

const putOf = <T, A extends Addition<T>>(addition: A, item: Item | undefined, how: Merging<T, A>): Put | undefined => {
  if (!item) return how.put(addition, { value: addition.value, version: 0 });
  const stored = how.parse(item);
  const value = how.merge(stored, addition);
  return how.same(stored, value) ? undefined : how.put(addition, { value, version: item.version });
};

/**
 * Merges each addition into its item by compare-and-set; each key at most once. A race lost is read and merged again. Answers those that made
 * their item: of all who bring something to a key, one does.
 */
export const mergeItems = async <T, A extends Addition<T>>(
  { table, pause }: Deps,
  additions: readonly A[],
  how: Merging<T, A>,
): Promise<readonly A[]> => {
  const made: A[] = [];
  let open = additions;
  for (let attempt = 1; open.length > 0; attempt += 1) {
    const items = await table.batchGet(open.map(({ key }) => key));
    const puts = open.map((addition, index) => putOf(addition, items[index], how));
    const lost = await losers(table, puts);
    if (lost.size > 0 && attempt === MAX_ATTEMPTS) {
      throw new Error(
        `${lost.size} items are written by others all the time; the messages stay unacknowledged and come again`,
      );
    }
    made.push(...open.filter((_, index) => !items[index] && !lost.has(index)));
    open = open.filter((_, index) => lost.has(index));
    if (open.length > 0) await pause(attempt);
  }
  return made;
};
