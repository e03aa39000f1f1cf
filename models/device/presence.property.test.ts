import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLater, type Presence } from './presence.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A connection: how long after the end of the one before it begins, and how long it lasts. */
const connection = fc.record({
  awayMs: fc.oneof(
    fc.integer({ min: 100, max: 55 * MINUTE_MS }),
    fc.integer({ min: 65 * MINUTE_MS, max: 72 * HOUR_MS }),
  ),
  lastsMs: fc.oneof(fc.integer({ min: 1, max: 5 * MINUTE_MS }), fc.integer({ min: HOUR_MS, max: 72 * HOUR_MS })),
  skips: fc.integer({ min: 1, max: 3 }),
  /** what the broker's clocks are off by */
  offMs: fc.tuple(
    fc.integer({ min: -2 * MINUTE_MS, max: 2 * MINUTE_MS }),
    fc.integer({ min: -2 * MINUTE_MS, max: 2 * MINUTE_MS }),
  ),
});

/** What the broker says of the connections, in their true order: the version begins at 0 again after an hour away. */
const wordsOf = (connections: readonly (typeof connection extends fc.Arbitrary<infer C> ? C : never)[]): Presence[] => {
  let nowMs = 1_795_316_400_000;
  let version = 0;
  return connections.flatMap(({ awayMs, lastsMs, skips, offMs: [offAtBegin, offAtEnd] }) => {
    version = awayMs > HOUR_MS ? 0 : version + skips;
    const beginMs = nowMs + awayMs;
    nowMs = beginMs + lastsMs;
    return [
      { state: 'connected', version, atMs: beginMs + offAtBegin },
      { state: 'disconnected', version, atMs: nowMs + offAtEnd },
    ] as const;
  });
};

test('whatever the order and however often the broker says it, what is known in the end is the last thing that happened', () => {
  const heard = fc
    .array(connection, { minLength: 1, maxLength: 8 })
    .map(wordsOf)
    .chain((words) =>
      fc.tuple(
        fc.constant(words),
        fc.array(fc.nat(words.length - 1), { maxLength: 10 }).chain((again) => {
          const all = [...words, ...again.flatMap((index) => words[index] ?? [])];
          return fc.shuffledSubarray(all, { minLength: all.length });
        }),
      ),
    );
  fc.assert(
    fc.property(heard, ([words, order]) => {
      const known = order.reduce<Presence | undefined>(
        (before, word) => (before === undefined || isLater(word, before) ? word : before),
        undefined,
      );
      expect(known).toEqual(words.at(-1));
    }),
  );
});
