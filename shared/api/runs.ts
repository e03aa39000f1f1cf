import * as z from 'zod/mini';
import { epochMs, localDate, nothing } from './nouns.ts';
import { route } from './route.ts';

const counts = z.record(z.string(), z.int());
const countsBy = z.record(z.string(), counts);
const shift = z.object({ households: z.int(), importWh: z.int(), costWon: z.int(), savedWon: z.int() });

export const run = z.object({
  date: localDate,
  attempt: z.int(),
  /** failed: at least one shard is open or the ranking is not complete, or the run was cut off */
  state: z.enum(['running', 'succeeded', 'failed']),
  startedMs: epochMs,
  endedMs: z.nullable(epochMs),
  /** open: all that are not done, those included that have said nothing (yet) */
  shards: z.object({ total: z.int(), done: z.int(), refused: z.int(), failed: z.int(), open: z.int() }),
  /** why shards are open, at most 20 of them */
  openShards: z.array(z.object({ shard: z.int(), stage: z.string(), state: z.string(), reason: z.string() })),
  households: z.int(),
  /** days derived, corrected, unchanged, missing */
  days: counts,
  /** households by what came of their forecast: forecast, usual (no engine answered), unchanged, or why there is none */
  forecasts: counts,
  /** of the day against what had been foreseen of it: `households`, and over them `hours`, `actualWh`, `expectedWh`, `errorWh`, `naiveErrorWh`, `within` */
  foreseen: counts,
  /** by programme: periods settled, corrected, unchanged, and `refused: <reason code>` */
  settled: countsBy,
  /** of periods that were settled for the first time, by programme, in its unit */
  amounts: counts,
  /** households whose day was derived again, and by how much their figures moved together, by the date of the day and by why */
  moved: z.record(z.string(), z.record(z.string(), shift)),
  /** households whose settled period was corrected, by programme and by period (at most 40, and `others`); the ledger tells by how much */
  corrections: countsBy,
  /** segments of the community ranking; reason: why it is not complete */
  ranking: z.object({ segments: z.int(), ranked: z.int(), reason: z.nullable(z.string()) }),
});
export type Run = z.infer<typeof run>;

const runParams = z.object({ date: localDate });

export const readRun = route({
  name: 'readRun',
  method: 'GET',
  path: '/v1/runs/{date}',
  auth: 'operator',
  summary: 'The daily run of a day: what moved, and which shards are open and why',
  params: runParams,
  query: nothing,
  body: nothing,
  answer: run,
});

export const startRun = route({
  name: 'startRun',
  method: 'POST',
  path: '/v1/runs/{date}',
  auth: 'operator',
  summary:
    'Starts the daily run of a day that is over, its next attempt over the shards that are open, or a finished one once more over all; one that is running is refused',
  params: runParams,
  query: nothing,
  body: nothing,
  answer: z.object({ date: localDate, attempt: z.int(), shards: z.int() }),
});
