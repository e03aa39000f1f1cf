import { beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '@hems/models/calendar/seoul';
import { FINAL_AFTER_DAYS } from '@hems/models/day/day-value';
import { SHARDS, shardOf } from '@hems/models/household/shard';
import { aWorld, type World } from '../../testing/world.ts';
import { CAUSES, type MovedDay } from '../days/report.ts';
import { putProfile } from '../stores/households.ts';
import { putRanking, putRunState, putShardState, type StageOutcome } from '../stores/runs.ts';
import { reportRun } from './report-run.ts';
import { runShard } from './run-shard.ts';
import { settleGate, tallyOfDays, tallyOfSettlements } from './tallies.ts';
import { addTallies, nothing, type Tally } from './tally.ts';

const DATE = '2026-11-21';
const KB = 1024;

let world: World;
beforeEach(async () => {
  world = await aWorld();
});

/** A day of one household; no two households have the same figures. */
const movedDay = (household: number): MovedDay => ({
  date: addDays(DATE, -(household % (FINAL_AFTER_DAYS + 1))),
  cause: CAUSES[household % CAUSES.length]!,
  importWh: 1_000_000 + household,
  costWon: 100_000 + household,
  savedWon: -10_000 - household,
});
const corrected = (moved: MovedDay[]): Tally =>
  tallyOfDays({ derived: 0, corrected: moved.length, unchanged: 0, missing: 0, moved });

const outcome = (tally: Tally): StageOutcome => ({ state: 'done', households: 5, failed: {}, tally });

/** Reports a run whose shards say what they are given to say. */
const reported = async (tallyOf: (shard: number) => Pick<Tally, 'moved' | 'settled' | 'corrections'>) => {
  const run = { attempt: 1, since: 1, state: 'running', startedMs: 1, endedMs: null } as const;
  await putRunState(world.table, DATE, { value: run, version: 0 });
  const done = outcome(nothing());
  for (let shard = 0; shard < SHARDS; shard += 1) {
    const stages = { aggregate: outcome({ ...nothing(), ...tallyOf(shard) }), forecast: done, settle: done };
    await putShardState(world, { date: DATE, shard }, { value: { attempt: 1, stages, before: nothing() }, version: 0 });
  }
  await putRanking(world, { date: DATE, part: 'RANK' }, { attempt: 1, state: 'done', segments: 0 });
  await putRanking(world, { date: DATE, part: 'RANKED' }, { attempt: 1, state: 'done' });
  const { state } = await reportRun(world, { date: DATE, attempt: 1 });
  const item = await world.table.get({ table: 'operations', pk: `RUN#${DATE}`, sk: 'RUN' });
  return { state, text: JSON.stringify(item?.data), data: item?.data };
};

describe('the report of a run', () => {
  test('of 5,000 corrected days, each by other figures, is small, tells what moved in sums, and the run succeeds', async () => {
    const { state, text, data } = await reported((shard) =>
      addTallies([0, 1, 2, 3, 4].map((n) => corrected([movedDay(5 * shard + n)]))),
    );
    expect(state).toBe('succeeded');
    expect(Buffer.byteLength(text)).toBeLessThan(64 * KB);
    const own = Array.from({ length: 5000 }, (_, household) => movedDay(household)).filter(
      ({ date, cause }) => date === DATE && cause === 'late readings',
    );
    const sum = (name: 'importWh' | 'costWon' | 'savedWon') => own.reduce((all, moved) => all + moved[name], 0);
    expect(own.length).toBeGreaterThan(20);
    expect(data).toMatchObject({
      summary: {
        tally: {
          moved: {
            [DATE]: {
              'late readings': {
                households: own.length,
                importWh: sum('importWh'),
                costWon: sum('costWon'),
                savedWon: sum('savedWon'),
              },
            },
          },
        },
      },
    });
    expect(text, 'the figure of a single household').not.toContain('1000042');
  });

  test('counts further challenges and reason codes together when there are very many, and loses none of them', async () => {
    const challenges = 5;
    const programme = 'community-challenge';
    const { state, text, data } = await reported((shard) =>
      addTallies(
        Array.from({ length: challenges }, (_, n) =>
          tallyOfSettlements([
            { programme, period: `challenge-${shard}-${n}`, outcome: 'corrected', amount: 1, unit: 'won' },
            { programme, period: 'same', outcome: 'refused', code: `reason-${shard}-${n}` },
            { programme, period: 'same', outcome: 'unchanged', amount: 1, unit: 'won' },
          ]),
        ),
      ),
    );
    expect(state).toBe('succeeded');
    expect(Buffer.byteLength(text)).toBeLessThan(64 * KB);
    const { settled, corrections } = (data as { summary: { tally: Tally } }).summary.tally;
    const all = SHARDS * challenges;
    const total = (counts = {}) => Object.values<number>(counts).reduce((a, b) => a + b, 0);
    expect(total(corrections[programme])).toBe(all);
    expect(settled[programme]).toMatchObject({ corrected: all, unchanged: all });
    expect(total(settled[programme])).toBe(3 * all);
  });
});

describe('a shard', () => {
  const HOMES = Array.from({ length: 90_000 }, (_, n) => `home-${n}`)
    .filter((id) => shardOf(id) === 7)
    .slice(0, 60);
  const task = { run: { date: DATE, attempt: 1, since: 1 }, shard: 7 };
  const deps = () => ({ ...world, pause: async () => undefined });
  const failing = async (stage: 'aggregate' | 'forecast') =>
    await runShard(deps(), task, {
      stage,
      visit: async (householdId) => {
        throw new Error(`${householdId}: ${'unreadable '.repeat(1000)}`);
      },
    });

  test('whose homes all fail, each for a long reason of its own, says so in a small item, and none of them is settled', async () => {
    expect(HOMES).toHaveLength(60);
    for (const householdId of HOMES)
      await putProfile(world.table, { householdId, telemetryId: `t-${householdId}`, buildingType: 'house' });
    expect([await failing('aggregate'), await failing('forecast')]).toEqual([{ state: 'failed' }, { state: 'failed' }]);
    const visited: string[] = [];
    await runShard(deps(), task, {
      stage: 'settle',
      gate: settleGate(null),
      visit: async (householdId) => {
        visited.push(householdId);
        return nothing();
      },
    });
    expect(visited).toEqual([]);
    const item = await world.table.get({ table: 'operations', pk: `RUN#${DATE}`, sk: 'SHARD#007' });
    expect(Buffer.byteLength(JSON.stringify(item?.data))).toBeLessThan(16 * KB);
    expect(item?.data).toMatchObject({
      stages: { aggregate: { reason: expect.stringMatching(/^60 of 60 households failed, the first: Error: home-/) } },
    });
  });
});
