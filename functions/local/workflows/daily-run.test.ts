import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayStart } from '@hems/models/calendar/seoul';
import { SHARDS, shardOf } from '@hems/models/household/shard';
import { run as runSchema, type Run } from '@hems/shared/api/runs';
import { openDatabase, type Database } from '../../adapters/embedded/database.ts';
import { embeddedRuns, type EmbeddedRuns } from '../../adapters/embedded/runs.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import type { Watermark } from '../../ports/pipeline.ts';
import type { Query, Table } from '../../ports/table.ts';
import { checkRun } from '../../use-cases/runs/check-run.ts';
import { freezeDay } from '../../use-cases/runs/freeze-day.ts';
import { listForRanking, rankPart } from '../../use-cases/runs/rank-segments.ts';
import { readRun } from '../../use-cases/runs/read-run.ts';
import { reportRun } from '../../use-cases/runs/report-run.ts';
import { runShard, type ShardTask } from '../../use-cases/runs/run-shard.ts';
import { startRun, type RunOfDay } from '../../use-cases/runs/start-run.ts';
import { settleGate, tallyOfDays, tallyOfForecast, tallyOfSettlements } from '../../use-cases/runs/tallies.ts';
import { nothing } from '../../use-cases/runs/tally.ts';
import { putProfile } from '../../use-cases/stores/households.ts';
import { putRunState, putShardState, readShardState } from '../../use-cases/stores/runs.ts';
import { DAILY_RUN } from './daily-run.ts';
import { localMachine } from './state-machine.ts';

const DATE = '2026-11-20';
const NEXT_DAY = dayStart('2026-11-21');

/** Five households in each of six shards. */
const HOUSEHOLDS = (() => {
  const byShard = Map.groupBy(
    Array.from({ length: 20_000 }, (_, n) => `home-${n}`),
    shardOf,
  );
  return [...byShard.values()]
    .filter((homes) => homes.length >= 5)
    .slice(0, 6)
    .flatMap((homes) => homes.slice(0, 5));
})();
const SHARD_NUMBERS = [...new Set(HOUSEHOLDS.map(shardOf))].toSorted((a, b) => a - b);
const [FIRST = ''] = HOUSEHOLDS;

const HELD = { hours: 24, actualWh: 10_000, expectedWh: 9000, errorWh: 4000, naiveErrorWh: 5000, within: 19 };
const MOVED = { importWh: 2000, costWon: 240, savedWon: -20 };

/** What the other rooms do for a household: here they keep in the table what they did, once, as the real ones do. */
const aWork = (table: Table) => {
  const keep = async (householdId: string, sk: string, data: unknown): Promise<'new' | 'changed' | 'same'> => {
    const key = { table: 'energy', pk: `H#${householdId}`, sk } as const;
    const found = await table.get(key);
    if (found && JSON.stringify(found.data) === JSON.stringify(data)) return 'same';
    await table.put({ ...key, data, if: found ? { version: found.version } : { absent: true } });
    return found ? 'changed' : 'new';
  };
  const use = new Map(HOUSEHOLDS.map((householdId) => [householdId, 10_000]));
  return {
    use,
    /** throws where a test says so */
    break: (_stage: string, _householdId: string): void => undefined,
    async day(householdId: string) {
      this.break('aggregate', householdId);
      const kept = await keep(householdId, `DAY#${DATE}`, { wh: use.get(householdId) });
      return {
        derived: Number(kept === 'new'),
        corrected: Number(kept === 'changed'),
        unchanged: Number(kept === 'same'),
        missing: 0,
        moved: kept === 'changed' ? [{ date: DATE, cause: 'late readings' as const, ...MOVED }] : [],
      };
    },
    async forecast(householdId: string) {
      this.break('forecast', householdId);
      const kept = await keep(householdId, 'FC#2026-11-21', { wh: use.get(householdId) });
      return { made: kept === 'same' ? ('unchanged' as const) : ('forecast' as const), held: HELD };
    },
    async settle(householdId: string) {
      this.break('settle', householdId);
      const amount = (use.get(householdId) ?? 0) / 100;
      const kept = await keep(householdId, `ENTRY#cashback`, { amount });
      const outcome = { new: 'settled', changed: 'corrected', same: 'unchanged' } as const;
      return [
        { programme: 'energy-cashback', period: '2026-11', outcome: outcome[kept], amount, unit: 'won' as const },
      ];
    },
  };
};

/** Says that every shard without a home in it was done by an attempt that failed over the others: six are open. */
const leaveSixOpen = async (): Promise<void> => {
  const done = { state: 'done', households: 0, failed: {}, tally: nothing() } as const;
  const value = { attempt: 1, stages: { aggregate: done, forecast: done, settle: done }, before: nothing() };
  const others = Array.from({ length: SHARDS }, (_, shard) => shard).filter((shard) => !SHARD_NUMBERS.includes(shard));
  const failed = { attempt: 1, since: 1, state: 'failed', startedMs: 1, endedMs: 2 } as const;
  await Promise.all([
    putRunState(world.table, DATE, { value: failed, version: 0 }),
    ...others.map((shard) => putShardState(deps(), { date: DATE, shard }, { value, version: 0 })),
  ]);
};

type World = {
  readonly table: Table;
  readonly database: Database;
  readonly runs: EmbeddedRuns;
  readonly work: ReturnType<typeof aWork>;
  readonly say: string[];
  watermark: Watermark;
  nowMs: number;
  /** the process is gone: nothing more is written */
  dead: boolean;
};
let world: World;

/** The tasks as `jobs/` has them, with the doubles above where other rooms do the work. */
const tasks = (() => {
  const here = () => ({ ...deps(), pause: async () => undefined });
  const shardOfTask = (input: unknown) => input as ShardTask & { refusal: string | null };
  const runOf = (input: unknown) => input as RunOfDay;
  return {
    FreezeDay: async (input: unknown) =>
      await freezeDay({ pipeline: { watermark: async () => world.watermark }, table: world.table }, runOf(input).date),
    AggregateShard: async (input: unknown) =>
      await runShard(here(), shardOfTask(input), {
        stage: 'aggregate',
        visit: async (householdId) => tallyOfDays(await world.work.day(householdId)),
      }),
    ForecastShard: async (input: unknown) =>
      await runShard(here(), shardOfTask(input), {
        stage: 'forecast',
        visit: async (householdId) => tallyOfForecast(await world.work.forecast(householdId)),
      }),
    SettleShard: async (input: unknown) =>
      await runShard(here(), shardOfTask(input), {
        stage: 'settle',
        gate: settleGate(shardOfTask(input).refusal),
        visit: async (householdId) => tallyOfSettlements(await world.work.settle(householdId)),
      }),
    ListSegments: async (input: unknown) =>
      await listForRanking(here(), runOf(input), async () => ['seoul-apartment', 'jeju-house']),
    RankSegment: async (input: unknown) => {
      const { run, segment } = input as { run: RunOfDay; segment: string };
      await rankPart(here(), { ...run, part: `RANK#${segment}` }, async () => {
        world.work.break('rank', segment);
        return {};
      });
      return {};
    },
    MergeHistograms: async (input: unknown) => {
      await rankPart(here(), { ...runOf(input), part: 'RANKED' }, async () => ({}));
      return {};
    },
    ReportRun: async (input: unknown) => {
      world.work.break('report', '');
      return await reportRun(here(), runOf(input));
    },
  };
})();

const machine = await localMachine(DAILY_RUN, { tasks, retryMs: 0 });

const mortal = (table: Table): Table => {
  const alive = (): void => {
    if (world.dead) throw new Error('the process is gone');
  };
  return {
    ...table,
    put: async (item) => {
      alive();
      await table.put(item);
    },
    transact: async (writes) => {
      alive();
      await table.transact(writes);
    },
  };
};

beforeEach(async () => {
  const database = openDatabase(':memory:');
  const clock = { now: () => world.nowMs };
  const table = mortal(sqliteTable({ database, clock }));
  const work = aWork(table);
  const say: string[] = [];
  const runs = embeddedRuns({
    database,
    execute: async (input) => await machine.execute(input),
    say: (line) => say.push(line),
  });
  world = {
    table,
    database,
    runs,
    work,
    say,
    watermark: { deadLetters: 0 },
    nowMs: NEXT_DAY + 20 * 60_000,
    dead: false,
  };
  for (const householdId of HOUSEHOLDS)
    await putProfile(table, {
      householdId,
      telemetryId: `t-${householdId}`,
      buildingType: 'apartment',
    });
});
afterEach(async () => {
  await world.runs.idle();
  await world.database.close();
});

const deps = () => ({ table: world.table, clock: { now: () => world.nowMs }, runs: world.runs });
const start = async (again = false) => await startRun(deps(), { date: DATE, again });
const report = async (): Promise<Run> => runSchema.parse(await readRun(deps(), DATE));
const toItsEnd = async (again = false): Promise<Run> => {
  await start(again);
  await world.runs.idle();
  return await report();
};
/** Everything that is stored for households, with how often each item was written. */
const written = () =>
  world.database
    .prepare('SELECT pk, sk, version, data FROM energy ORDER BY pk, sk')
    .all()
    .map((row) => ({ ...row }));

describe('the daily run of a day', () => {
  it('derives, forecasts and settles each household once; gone through again it writes what late readings changed and nothing else, and says why', async () => {
    expect(await toItsEnd()).toMatchObject({
      date: DATE,
      attempt: 1,
      state: 'succeeded',
      shards: { total: 1000, done: 1000, refused: 0, failed: 0, open: 0 },
      openShards: [],
      households: 30,
      days: { derived: 30 },
      forecasts: { forecast: 30 },
      foreseen: { households: 30, hours: 720, errorWh: 120_000, within: 570 },
      settled: { 'energy-cashback': { settled: 30 } },
      amounts: { 'energy-cashback': 3000 },
      moved: {},
      corrections: {},
      ranking: { segments: 2, ranked: 2, reason: null },
    });
    expect(await world.runs.status(`daily-${DATE}-a1`)).toBe('succeeded');
    expect(await checkRun(deps(), DATE)).toBeUndefined();
    const before = written();
    await expect(start(false)).rejects.toThrow(/has succeeded; nothing is open/);

    world.work.use.set(FIRST, 12_000);
    expect(await toItsEnd(true)).toMatchObject({
      attempt: 2,
      state: 'succeeded',
      days: { corrected: 1, unchanged: 29 },
      moved: { [DATE]: { 'late readings': { households: 1, ...MOVED } } },
      settled: { 'energy-cashback': { corrected: 1, unchanged: 29 } },
      forecasts: { forecast: 1, unchanged: 29 },
      foreseen: { households: 30 },
      corrections: { 'energy-cashback': { '2026-11': 1 } },
      amounts: {},
    });
    const others = (rows: ReturnType<typeof written>) => rows.filter(({ pk }) => pk !== `H#${FIRST}`);
    expect(others(written())).toEqual(others(before));
  });

  it('cannot begin before the day is over', async () => {
    world.nowMs = NEXT_DAY - 1;
    await expect(start()).rejects.toThrow(/2026-11-20 is not over yet/);
    await expect(report()).rejects.toThrow(/there was no run of 2026-11-20/);
    expect(await checkRun(deps(), DATE)).toBe('there was no run of 2026-11-20');
  });

  it('is started once by two who start it in the same moment, and not a second time while it runs', async () => {
    await leaveSixOpen();
    const both = await Promise.allSettled([start(), start()]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(start(true)).rejects.toThrow(/in progress, attempt 2/);
    await world.runs.idle();
    expect(await report()).toMatchObject({ attempt: 2, settled: { 'energy-cashback': { settled: 30 } } });
  });
});

describe('a household that fails', () => {
  beforeEach(leaveSixOpen);

  it('stops no other, is not settled on a day that is not derived, and leaves its shard open until it is', async () => {
    world.work.break = (stage, householdId) => {
      if (stage === 'aggregate' && householdId === FIRST) throw new RangeError('its registers make no sense');
    };
    expect(await toItsEnd()).toMatchObject({
      state: 'failed',
      shards: { done: 999, failed: 1, open: 1 },
      openShards: [
        {
          shard: shardOf(FIRST),
          stage: 'aggregate',
          state: 'failed',
          reason: expect.stringContaining('1 of 5 households'),
        },
      ],
      settled: { 'energy-cashback': { settled: 29 } },
      ranking: { reason: null },
    });
    expect(await world.runs.status(`daily-${DATE}-a2`)).toBe('failed');
    expect(world.say.join()).toContain(`daily-${DATE}-a2 failed`);
    world.work.break = () => undefined;
    expect(await start()).toEqual({ run: { date: DATE, attempt: 3, since: 1 }, shards: [shardOf(FIRST)] });
    await world.runs.idle();
    // over both attempts: thirty were settled, and four were looked at a second time
    expect(await report()).toMatchObject({
      attempt: 3,
      state: 'succeeded',
      households: 30,
      days: { derived: 30, unchanged: 4 },
      settled: { 'energy-cashback': { settled: 30, unchanged: 4 } },
      amounts: { 'energy-cashback': 3000 },
    });
  });

  it('in every home of a shard leaves the whole shard unsettled when no home of it is named', async () => {
    const shard = shardOf(FIRST);
    Object.defineProperty(world.table, 'query', {
      value: async (query: Query) => {
        if (query.by === 'i2' && query.value === `S#${shard}`) throw new Error('the index is away');
        return await sqliteTable({ database: world.database, clock: deps().clock }).query(query);
      },
    });
    expect(await toItsEnd()).toMatchObject({
      state: 'failed',
      openShards: [{ shard, stage: 'aggregate', state: 'failed', reason: 'Error: the index is away' }],
      settled: { 'energy-cashback': { settled: 25 } },
    });
    expect((await readShardState(world.table, { date: DATE, shard }))?.value.stages.settle).toMatchObject({
      state: 'refused',
      reason: expect.stringMatching(/^aggregate-not-done/),
    });
  });
});

describe('a run that is cut off', () => {
  beforeEach(leaveSixOpen);

  it.each(['aggregate', 'forecast', 'settle'])(
    'in %s, when the host dies there, is finished by the next attempt over the shards that are open',
    async (stage) => {
      let visits = 0;
      world.work.break = (at) => {
        if (at === stage && (visits += 1) > 12) {
          world.dead = true;
          machine.abort();
        }
      };
      await start();
      await world.runs.idle();
      const cut = await report();
      expect(cut).toMatchObject({ attempt: 2, state: 'failed' });
      expect(cut.shards.open).toBeGreaterThan(0);
      expect(await checkRun(deps(), DATE)).toMatch(/is running, attempt 2/);
      await sleep(5);
      world.work.break = () => undefined;
      world.dead = false;
      expect(await toItsEnd()).toMatchObject({
        attempt: 3,
        state: 'succeeded',
        shards: { done: 1000 },
        households: 30,
      });
      const entries = written().filter(({ sk }) => sk === 'ENTRY#cashback');
      expect(entries).toHaveLength(30);
      expect(written().filter(({ version }) => version !== 1)).toEqual([]);
    },
  );

  it('before its report is told as failed and reported by the next attempt, which has no shard to visit', async () => {
    world.work.break = (stage) => {
      if (stage === 'report') throw new Error('no memory');
    };
    expect(await toItsEnd()).toMatchObject({ state: 'failed', shards: { open: 0 } });
    world.work.break = () => undefined;
    expect(await start()).toMatchObject({ run: { attempt: 3 }, shards: [] });
    await world.runs.idle();
    expect(await report()).toMatchObject({ state: 'succeeded', settled: { 'energy-cashback': { settled: 30 } } });
  });

  it('between taking the run and starting it goes on under the same attempt', async () => {
    const cutOff = { ...world.runs, start: async () => await Promise.reject(new Error('cut off')) };
    await expect(startRun({ ...deps(), runs: cutOff }, { date: DATE, again: false })).rejects.toThrow('cut off');
    expect(await toItsEnd()).toMatchObject({ attempt: 2, state: 'succeeded' });
  });
});

describe('a pipeline that is behind', () => {
  beforeEach(leaveSixOpen);

  const expectRefused = (told: Run, reason: RegExp): void => {
    expect(told).toMatchObject({
      state: 'failed',
      days: { derived: 30 },
      settled: {},
      shards: { refused: 6, open: 6 },
    });
    expect(told.openShards[0]).toMatchObject({
      stage: 'settle',
      state: 'refused',
      reason: expect.stringMatching(reason),
    });
  };

  it('by a dead letter settles nobody, says so, and settles everybody by the next attempt once it is handed in', async () => {
    world.watermark = { deadLetters: 3 };
    expectRefused(await toItsEnd(), /^pipeline-behind: 3 messages/);
    world.watermark = { deadLetters: 0 };
    // the letters held readings of the first home
    world.work.use.set(FIRST, 11_000);
    expect(await toItsEnd()).toMatchObject({
      attempt: 3,
      state: 'succeeded',
      days: { derived: 30, corrected: 1, unchanged: 29 },
      settled: { 'energy-cashback': { settled: 30 } },
    });
  });

  it('by messages that were given up and lie nowhere settles nobody', async () => {
    world.watermark = { deadLetters: 0, dropped: 1 };
    expectRefused(await toItsEnd(), /^pipeline-behind: .*read the stream again/);
  });

  it('by a message of the day that still waits settles nobody', async () => {
    world.watermark = { oldestWaitingMs: NEXT_DAY - 1, deadLetters: 0 };
    expectRefused(await toItsEnd(), /arrived at 2026-11-20T23:59:59\+09:00/);
  });

  it('is not: a message that came after midnight belongs to the next day, and a silent home sends none', async () => {
    world.watermark = { oldestWaitingMs: NEXT_DAY, deadLetters: 0 };
    expect(await toItsEnd()).toMatchObject({ state: 'succeeded' });
  });

  it('or not cannot be said when it does not answer: nobody is settled', async () => {
    Object.defineProperty(world, 'watermark', {
      get: () => {
        throw new Error('no answer');
      },
    });
    expectRefused(await toItsEnd(), /^pipeline-unknown/);
  });
});

it('a segment that cannot be ranked keeps no shard open, and the run says that the ranking is not complete', async () => {
  await leaveSixOpen();
  world.work.break = (stage, segment) => {
    if (stage === 'rank' && segment === 'jeju-house') throw new Error('a board is too long');
  };
  expect(await toItsEnd()).toMatchObject({
    state: 'failed',
    shards: { open: 0 },
    ranking: { segments: 2, ranked: 1, reason: 'a board is too long' },
  });
});

it('a task that nothing here carries out is refused before anything runs', async () => {
  await expect(localMachine(DAILY_RUN, { tasks: {} })).rejects.toThrow(
    'state FreezeDay: nothing here carries out FreezeDay',
  );
});
