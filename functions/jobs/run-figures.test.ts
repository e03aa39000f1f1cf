import { beforeEach, describe, expect, test, vi } from 'vitest';
import { dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { shardOf } from '@hems/models/household/shard';
import { lambdaContext } from '../local/lambda-context.ts';
import { log } from '../runtime/log.ts';
import * as ports from '../runtime/ports.ts';
import { liveHours } from '../testing/past-use.ts';
import { figuresOf } from '../testing/told-figures.ts';
import { aWorld, HOME, type World } from '../testing/world.ts';
import { nothing, type Tally } from '../use-cases/runs/tally.ts';
import {
  putRunState,
  putShardState,
  type RunState,
  type ShardState,
  type StageOutcome,
} from '../use-cases/stores/runs.ts';
import { handler as aggregate } from './aggregate-shard.ts';
import { handler as checkReadiness } from './check-readiness.ts';
import { handler as checkRun } from './check-run.ts';
import { handler as reportRun } from './report-run.ts';
import { handler as startRun } from './start-run.ts';

const DATE = '2026-11-20';
const MORNING = '2026-11-21T06:00:00+09:00';
const SHARD = shardOf(HOME.householdId);
const RUN = { date: DATE, attempt: 1, since: 1 };

const context = (name: string) => lambdaContext(name, 60_000);
let world: World;
beforeEach(async () => {
  world = await aWorld();
  ports.table.use(world.table);
  ports.clock.use(world.clock);
});

describe('the shard that is aggregated', () => {
  const twoKwhAnHour = Array.from({ length: 24 }, (_, hour) => ({ date: DATE, hour, wh: 2000 }));
  const derive = () => figuresOf(() => aggregate({ run: RUN, shard: SHARD }, context('aggregate-shard')));

  test('tells what its home drew, once: derived again it adds nothing', async () => {
    for (const device of ['solar-1', 'battery-1'])
      await world.table.delete({ table: 'homes', pk: `H#${HOME.householdId}`, sk: `DEVICE#${device}` });
    await liveHours(world, twoKwhAnHour);
    world.clock.set(dayStart('2026-11-21') + HOUR_MS);
    expect(await derive()).toEqual([
      { metric: 'HomesDerived', value: 1, of: 'derived' },
      { metric: 'DayImportWh', value: 48_000 },
      { metric: 'DaySavedWon', value: 0 },
    ]);
    expect(await derive()).toEqual([
      { metric: 'HomesDerived', value: 1, of: 'unchanged' },
      { metric: 'DayImportWh', value: 0 },
      { metric: 'DaySavedWon', value: 0 },
    ]);
  });

  test('tells of a home whose day fails that it failed', async () => {
    world.clock.set(dayStart('2026-11-21') + HOUR_MS);
    ports.table.use({
      ...world.table,
      query: async (query) => {
        if (query.table === 'energy') throw new Error('the table is away');
        return world.table.query(query);
      },
    });
    expect(await derive()).toEqual([{ metric: 'HomesDerived', value: 1, of: 'failed' }]);
  });
});

describe('at six in the morning', () => {
  const asked = { scheduled: MORNING };
  const put = async (state: RunState['state']) =>
    putRunState(world.table, DATE, {
      value: { attempt: 1, since: 1, state, startedMs: 1, endedMs: null },
      version: 0,
    });

  test('a run that is not there, or has not succeeded, is missing; one that has is not', async () => {
    const look = () => figuresOf(() => checkRun(asked, context('check-run')));
    expect(await look()).toEqual([{ metric: 'DailyRunsMissing', value: 1 }]);
    await put('failed');
    expect(await look()).toEqual([{ metric: 'DailyRunsMissing', value: 1 }]);
    world = await aWorld();
    ports.table.use(world.table);
    await put('succeeded');
    expect(await look()).toEqual([{ metric: 'DailyRunsMissing', value: 0 }]);
  });

  const stage = (over: Partial<StageOutcome> = {}): StageOutcome => ({
    state: 'done',
    households: 3,
    failed: {},
    tally: nothing(),
    ...over,
  });
  const forecasts = (counted: Tally['forecasts']) => stage({ tally: { ...nothing(), forecasts: counted } });
  const lookAfter = async (...shards: ShardState['stages'][]) => {
    for (const [shard, stages] of shards.entries())
      await putShardState(
        world,
        { date: DATE, shard },
        { value: { attempt: 1, stages, before: nothing() }, version: 0 },
      );
    const figures = await figuresOf(() => checkReadiness(asked, context('check-readiness')));
    return figures.find(({ metric }) => metric === 'ForecastsMissing')?.value;
  };
  const aggregated = stage();

  test.each<[string, ShardState['stages'][], number]>([
    ['every home that agreed has failed', [{ aggregate: aggregated, forecast: stage({ state: 'failed' }) }], 1],
    ['forecasts were never begun', [{ aggregate: aggregated }, { aggregate: stage({ households: 0 }) }], 1],
    [
      'one home in two shards has a forecast',
      [
        { aggregate: aggregated, forecast: stage({ state: 'failed' }) },
        { aggregate: aggregated, forecast: forecasts({ usual: 1 }) },
      ],
      0,
    ],
    [
      'the run was made again and found them said',
      [{ aggregate: aggregated, forecast: forecasts({ unchanged: 3 }) }],
      0,
    ],
    [
      'nobody agreed, or all homes are new',
      [{ aggregate: aggregated, forecast: forecasts({ 'no-consent': 2, collecting: 1 }) }],
      0,
    ],
    ['there are no homes', [], 0],
  ])('forecasts are looked for: %s', async (_, shards, missing) => {
    expect(await lookAfter(...shards)).toBe(missing);
  });

  test('the fuel adjustment of 2027 Q1, which is not announced, is missing from 23 December on, nine days before it begins', async () => {
    const quarters = async (date: string) => {
      world.clock.set(dayStart(date) + 6 * HOUR_MS);
      const figures = await figuresOf(() => checkReadiness(asked, context('check-readiness')));
      return figures.find(({ metric }) => metric === 'TariffQuartersMissing')?.value;
    };
    expect([await quarters('2026-12-22'), await quarters('2026-12-23')]).toEqual([0, 1]);
  });
});

test('the start of a run logs the id under which its steps are found', async () => {
  const said = vi.spyOn(log, 'info').mockReturnValue();
  ports.runs.use({ start: async () => true, status: async () => undefined });
  world.clock.set(dayStart('2026-11-21') + 30 * 60_000);
  await startRun({ scheduled: '2026-11-21T00:20:00+09:00' }, context('start-run'));
  expect(said.mock.calls).toEqual([['run started', expect.objectContaining({ run_correlation_id: `run-${DATE}-1` })]]);
  said.mockRestore();
});

test('the end of a run tells how the day went by its forecasts, once', async () => {
  const foreseen = {
    households: 20,
    hours: 10,
    actualWh: 10_000,
    expectedWh: 9000,
    errorWh: 1000,
    naiveErrorWh: 2500,
    within: 8,
  };
  const tally: Tally = { ...nothing(), foreseen, forecasts: { forecast: 15, usual: 5 } };
  const done: StageOutcome = { state: 'done', households: 4, failed: {}, tally };
  await putRunState(world.table, DATE, {
    value: { attempt: 1, since: 1, state: 'running', startedMs: 1, endedMs: null },
    version: 0,
  });
  const stages = { aggregate: { ...done, tally: nothing() }, forecast: done, settle: { ...done, tally: nothing() } };
  await putShardState(
    world,
    { date: DATE, shard: 0 },
    { value: { attempt: 1, stages, before: nothing() }, version: 0 },
  );
  const report = () => figuresOf(() => reportRun(RUN, context('report-run')));
  expect(await report()).toEqual([
    { metric: 'ForecastAccuracy', value: 90 },
    { metric: 'ForecastNaiveAccuracy', value: 75 },
    { metric: 'ForecastWithin80', value: 80 },
    { metric: 'ForecastUsualShare', value: 25 },
  ]);
  expect(await report()).toEqual([]);
});
