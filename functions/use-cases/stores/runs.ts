import * as z from 'zod';
import { addDays, type LocalDate } from '@hems/models/calendar/seoul';
import type { Clock } from '../../ports/clock.ts';
import type { Item, Key, Table } from '../../ports/table.ts';
import { tally } from '../runs/tally.ts';

/**
 * The daily run of a Korean day, partition `RUN#<date>` of table `operations`: `RUN` says who runs and what came of it, `SHARD#<nnn>`
 * what each shard says of itself, `RANK…` how the ranking went.
 */

/** In the order in which a shard goes through them. */
export const STAGES = ['aggregate', 'forecast', 'settle'] as const;
export type Stage = (typeof STAGES)[number];

const stageOutcome = z.object({
  state: z.enum(['done', 'refused', 'failed']),
  /** why it is not done */
  reason: z.optional(z.string()),
  /** that it visited */
  households: z.int(),
  /** the households, by what stood in the way */
  failed: z.record(z.string(), z.array(z.string())),
  tally,
});
export type StageOutcome = z.infer<typeof stageOutcome>;

const shardState = z.object({
  attempt: z.int(),
  stages: z.partialRecord(z.enum(STAGES), stageOutcome),
  /** what former attempts of the same pass wrote */
  before: tally,
});
export type ShardState = z.infer<typeof shardState>;

const ranking = z.object({
  attempt: z.int(),
  state: z.enum(['done', 'failed']),
  reason: z.optional(z.string()),
  /** of the list of segments only: how many it holds */
  segments: z.optional(z.int()),
});
export type Ranking = z.infer<typeof ranking>;

export const summary = z.object({
  shards: z.object({ total: z.int(), done: z.int(), refused: z.int(), failed: z.int(), open: z.int() }),
  openShards: z.array(z.object({ shard: z.int(), stage: z.enum(STAGES), state: z.string(), reason: z.string() })),
  households: z.int(),
  tally,
  ranking: z.object({ segments: z.int(), ranked: z.int(), reason: z.nullable(z.string()) }),
});
export type Summary = z.infer<typeof summary>;

const runState = z.object({
  attempt: z.int(),
  /** the attempt that began over all shards; what an older one says of a shard does not count any more */
  since: z.int(),
  state: z.enum(['running', 'succeeded', 'failed']),
  startedMs: z.int(),
  endedMs: z.nullable(z.int()),
  /** absent until it has ended */
  summary: z.optional(summary),
});
export type RunState = z.infer<typeof runState>;
export type Versioned<T> = { readonly value: T; readonly version: number };

/** What shards and segments say of themselves is merged into the run; the single items go after this long. */
const PARTS_KEPT_DAYS = 90;

const key = (date: LocalDate, sk: string): Key => ({ table: 'operations', pk: `RUN#${date}`, sk });
const RUN = 'RUN';
const SHARD = 'SHARD#';
export type ShardPlace = { readonly date: LocalDate; readonly shard: number };
const shardKey = ({ date, shard }: ShardPlace): Key => key(date, `${SHARD}${String(shard).padStart(3, '0')}`);

/** Where the runs whose parts are kept still may name a household of the shards: in what the shard said, and in what the run made of it. */
export const runKeys = (shards: readonly number[], today: LocalDate): Key[] =>
  // a run may be of the day before the one on which it was written down
  Array.from({ length: PARTS_KEPT_DAYS + 2 }, (_, back) => addDays(today, -back)).flatMap((date) => [
    key(date, RUN),
    ...shards.map((shard) => shardKey({ date, shard })),
  ]);

const expiry = (clock: Clock): number => Math.floor(clock.now() / 1000) + PARTS_KEPT_DAYS * 86_400;
const conditionOf = (version: number) => (version === 0 ? { absent: true as const } : { version });

export const readRunState = async (table: Table, date: LocalDate): Promise<Versioned<RunState> | undefined> => {
  const item = await table.get(key(date, RUN));
  return item && { value: runState.parse(item.data), version: item.version };
};

/** Writes the state that was read at `version`, or is new (0). */
export const putRunState = async (
  table: Table,
  date: LocalDate,
  { value, version }: Versioned<RunState>,
): Promise<void> => await table.put({ ...key(date, RUN), data: value, if: conditionOf(version) });

export const readShardState = async (table: Table, place: ShardPlace): Promise<Versioned<ShardState> | undefined> => {
  const item = await table.get(shardKey(place));
  return item && { value: shardState.parse(item.data), version: item.version };
};

type Deps = { readonly table: Table; readonly clock: Clock };

/** Writes the state that was read at `version`, or is new (0). */
export const putShardState = async (
  { table, clock }: Deps,
  place: ShardPlace,
  { value, version }: Versioned<ShardState>,
): Promise<void> =>
  await table.put({
    ...shardKey(place),
    data: value,
    expiresAt: expiry(clock),
    if: conditionOf(version),
  });

const shardOfKey = ({ sk }: Item): number => Number(sk.slice(SHARD.length));

/** By shard; absent are those that have said nothing yet. */
export const readShardStates = async (table: Table, date: LocalDate): Promise<Map<number, ShardState>> => {
  const { items } = await table.query({ table: 'operations', value: `RUN#${date}`, prefix: SHARD });
  return new Map(items.map((item) => [shardOfKey(item), shardState.parse(item.data)]));
};

/** The list of segments, one segment, and the joining of their histograms. */
export type RankingPart = 'RANK' | `RANK#${string}` | 'RANKED';

export const putRanking = async (
  { table, clock }: Deps,
  { date, part }: { readonly date: LocalDate; readonly part: RankingPart },
  data: Ranking,
): Promise<void> => await table.put({ ...key(date, part), data, expiresAt: expiry(clock) });

export const readRanking = async (table: Table, date: LocalDate): Promise<Map<string, Ranking>> => {
  const { items } = await table.query({ table: 'operations', value: `RUN#${date}`, prefix: 'RANK' });
  return new Map(items.map(({ sk, data }) => [sk, ranking.parse(data)]));
};
