import * as z from 'zod';
import { addDays, localDate } from '@hems/models/calendar/seoul';
import { SHARDS } from '@hems/models/household/shard';
import { seedOf, uniformAt } from '@hems/models/testing/random';
import type { Clock } from '../../../ports/clock.ts';
import type { Table } from '../../../ports/table.ts';
import { hasConsent } from '../../privacy/has-consent.ts';
import { householdsOfShard } from '../../stores/households.ts';
import { readHours } from '../../stores/hours.ts';
import { learntHome, type LearntHome } from './learnt-home.ts';

type Deps = { readonly table: Table; readonly clock: Clock };

/** As much as is learnt from (forecasting.md 4.11). */
const LONGEST_DAYS = 365;
/** Reads that overlap. */
const AT_A_TIME = 50;

const inLot = <T>(all: readonly T[], lotOf: (one: T) => number): T[] =>
  all
    .map((one) => ({ one, lot: lotOf(one) }))
    .toSorted((a, b) => a.lot - b.lot)
    .map(({ one }) => one);

/** What came of asking a home; undefined: it does not agree, or too little is known of it. */
export type Asked = LearntHome | 'unreadable' | undefined;

/** Items that are not what this code writes cost their home, and no other. That the table does not answer is another thing. */
const orUnreadable = async <T>(read: () => Promise<T>): Promise<T | 'unreadable'> => {
  try {
    return await read();
  } catch (error) {
    if (error instanceof z.ZodError) return 'unreadable';
    throw error;
  }
};

/** Asked now and remembered nowhere. */
const ask = async ({ table, clock }: Deps, householdId: string): Promise<Asked> =>
  orUnreadable(async () => {
    if (!(await hasConsent(table, householdId, 'analysis'))) return undefined;
    const today = localDate(clock.now());
    return learntHome(await readHours(table, householdId, [addDays(today, -LONGEST_DAYS), addDays(today, -1)]));
  });

/** The answers in the order of `households`; while one is waited for, those behind it are asked. */
async function* inTurn(deps: Deps, households: readonly string[]): AsyncGenerator<Asked> {
  const asked: Promise<Asked>[] = [];
  for (const householdId of households) {
    const answer = ask(deps, householdId);
    // whoever stops early waits for none of them
    answer.catch(() => undefined);
    asked.push(answer);
    if (asked.length === AT_A_TIME) yield asked.shift();
  }
  for (const answer of asked) yield answer;
}

/**
 * The homes that are learnt from, in an order drawn anew for each `lot`: shards first, whose homes were spread by a hash, then the homes of a
 * shard. Whoever stops early has a fair sample. A demo home uses what somebody made up, or another home lived: it teaches nothing.
 */
export async function* homesByLot(deps: Deps, lot: string): AsyncGenerator<Asked> {
  const seed = seedOf(lot);
  const shards = Array.from({ length: SHARDS }, (_, shard) => shard);
  for (const shard of inLot(shards, (number) => uniformAt(seed, number))) {
    const found = await householdsOfShard(deps.table, shard);
    const real = found.filter(({ origin }) => origin === undefined).map(({ householdId }) => householdId);
    yield* inTurn(
      deps,
      inLot(real, (householdId) => seedOf(lot, householdId)),
    );
  }
}
