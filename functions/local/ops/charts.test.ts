import '../quiet-log.ts';
import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, dayStart, isoSeoul } from '@hems/models/calendar/seoul';
import { aPoint } from '@hems/models/testing/builders';
import { BOARDS } from '@hems/shared/metrics/boards';
import { eraseHousehold } from '@hems/shared/api/erasures';
import { announceChallenge, joinChallenge } from '@hems/shared/api/challenges';
import { readSession } from '@hems/shared/api/session';
import { simulatedWeather } from '../../adapters/embedded/weather.ts';
import { handler as challenges } from '../../api/challenges.ts';
import { handler as erasures } from '../../api/erasures.ts';
import { handler as session } from '../../api/session.ts';
import { handler as ingest } from '../../events/ingest.ts';
import { handler as presence } from '../../events/presence.ts';
import { handler as checkErasures } from '../../jobs/check-erasures.ts';
import { handler as countFleet } from '../../jobs/count-fleet.ts';
import { handler as dispatchPayouts } from '../../jobs/dispatch-payouts.ts';
import { handler as planShard } from '../../jobs/plan-shard.ts';
import { handler as startRun } from '../../jobs/start-run.ts';
import { handler as sweepWebhooks } from '../../jobs/sweep-webhooks.ts';
import { metricSink } from '../../runtime/metrics.ts';
import * as ports from '../../runtime/ports.ts';
import { askApi, serve } from '../../testing/ask-api.ts';
import { aCommunity } from '../../testing/community-world.ts';
import { aReading, aRuleEvent, aWorld, HOME, type World } from '../../testing/world.ts';
import { NO_PROOF, proofPut } from '../../use-cases/stores/proofs.ts';
import { lambdaContext } from '../lambda-context.ts';
import { aFrontDoor } from '../testing/front-door.ts';
import { openDailyRun } from '../workflows/daily-run.ts';
import { boardCharts } from './board-charts.ts';
import { metricStore } from './metric-store.ts';
import { openOps, type Ops } from './open-ops.ts';
import { BOARD_NAMES } from './page.ts';

/** Charts that a short run cannot fill, and why; `measured-by.ts` says on the page what fills them. */
const NOT_IN_A_SHORT_RUN: Readonly<Record<string, string>> = {
  'Forecasts of a day against the 7-day mean':
    'a forecast is held against its day when that is over: two runs, a day apart',
  'Forecasts without an engine': 'a home has forecasts after a week of days',
  'Behind the stream': 'there is no stream here',
  'Table throttles': 'SQLite turns nothing away',
};

const DATE = '2026-11-20';
/** When the schedule calls for the run of the day. */
const NIGHT = dayStart(addDays(DATE, 1)) + 20 * 60_000;
let world: World;
let ops: Ops;

const context = (name: string): Context => lambdaContext(name, 60_000);

const devicesSpeak = async (): Promise<void> => {
  const reading = aReading(aPoint({ ts: world.clock.now() - 800 }));
  const over = { received: world.clock.now() };
  await ingest([aRuleEvent('reading', reading, over), aRuleEvent('reading', '{"v":1,', over)], context('ingest'));
  for (const [versionNumber, eventType] of (['connected', 'disconnected'] as const).entries())
    await presence(
      { clientId: HOME.gateway, eventType, timestamp: world.clock.now() + versionNumber, versionNumber },
      context('presence'),
    );
};

const theClockCalls = async (): Promise<void> => {
  const scheduled = isoSeoul(NIGHT);
  await dispatchPayouts({}, context('dispatch-payouts'));
  await sweepWebhooks({}, context('sweep-webhooks'));
  await checkErasures({}, context('check-erasures'));
  await countFleet({ scheduled }, context('count-fleet'));
  const record = { messageId: 'm-1', body: JSON.stringify({ forMs: NIGHT - 20 * 60_000, shard: 0 }) };
  await planShard({ Records: [record] } as never, context('plan-shard'));
  const dailyRun = openDailyRun({
    database: world.database,
    say: () => undefined,
    before: async () => undefined,
    ended: ops.dailyRunEnded,
  });
  ports.runs.use(dailyRun.runs);
  await startRun({ scheduled }, context('start-run'));
  const isRunning = async () => (await dailyRun.runs.status(`daily-${DATE}-a1`)) === 'running';
  while (await isRunning()) await new Promise((resolve) => setTimeout(resolve, 10));
  await dailyRun.stop();
};

const residentsLook = async (): Promise<void> => {
  await askApi(session, readSession, { sub: 'owner' });
  const body = { householdId: HOME.householdId, erasureId: 'a-random-id-of-the-client', confirm: 'erase' };
  await askApi(erasures, eraseHousehold, { sub: 'owner', body });
  const door = await aFrontDoor({ ops });
  await door.get('/v1/session');
  await door.get('/partner/v1/nothing');
  await door.close();
};

const aHomeJoinsAChallenge = async (): Promise<void> => {
  const community = await aCommunity();
  serve(community);
  const member = await community.addHome('home');
  await community.table.put(proofPut('home', { ...NO_PROOF, state: 'proven', by: 'operator', atMs: 1 }, 0));
  await community.join(member, '2026-10-01');
  community.on('2026-10-25');
  const challengeId = 'two-weeks';
  const body = {
    challengeId,
    title: { ko: '2주', en: 'Two weeks' },
    from: '2026-11-02',
    to: '2026-11-15',
    goalBasisPoints: 500,
    reward: { unit: 'points', amount: 1000 },
  };
  await askApi(challenges, announceChallenge, { sub: 'staff', groups: '[operator]', body });
  await askApi(challenges, joinChallenge, { sub: member.sub, params: { householdId: 'home', challengeId } });
  await community.database.close();
};

beforeAll(async () => {
  world = await aWorld();
  world.clock.set(NIGHT);
  serve(world);
  ports.telemetry.use(world.telemetry);
  ports.directory.use(world.deps.directory);
  ports.weather.use(simulatedWeather(world.clock));
  ports.channel.use(world.channel);
  ports.pipeline.use({ watermark: async () => ({ deadLetters: 0 }) });
  const nowhere = { send: async () => undefined };
  ports.webhooks.use(nowhere);
  ports.rechecks.use(nowhere);
  ports.plans.use(nowhere);
  ports.payments.use({ pay: async () => 'paid', find: async () => 'never-heard' } as never);
  ports.registry.use({} as never);
  ports.erasures.use({ start: async () => true, status: async () => 'running' });
  ops = openOps({ database: world.database, clock: world.clock, say: () => undefined });
  ops.watch({ unsaid: () => 0 });
  metricSink.use(ops.sink);
  await devicesSpeak();
  await theClockCalls();
  await residentsLook();
  await aHomeJoinsAChallenge();
  await ops.stop();
}, 30_000);
afterAll(async () => await world.database.close());

test.each(BOARD_NAMES)('every chart of the board %s has a line from what the handlers measured', async (board) => {
  const charts = await boardCharts(metricStore(world.database), { board, range: '3h', nowMs: NIGHT });
  const empty = charts.filter(({ series }) => series.every(({ values }) => values.every((value) => value === null)));
  const expected = BOARDS[board].charts
    .map(({ title }): string => title)
    .filter((title) => title in NOT_IN_A_SHORT_RUN);
  expect(empty.map(({ chart }) => chart.title)).toEqual(expected);
});

test('each chart that cannot be filled here is one of a board', () => {
  const titles = new Set<string>(Object.values(BOARDS).flatMap(({ charts }) => charts.map(({ title }) => title)));
  expect(Object.keys(NOT_IN_A_SHORT_RUN).filter((title) => !titles.has(title))).toEqual([]);
});

test('no id of a home, a device or a person is among the figures', () => {
  const kept = world.database.prepare('SELECT DISTINCT metric, part FROM ops_minutes').all();
  const names = new Set(kept.flatMap(({ metric, part }) => [String(metric), String(part)]));
  expect(names.size).toBeGreaterThan(25);
  expect(
    [HOME.householdId, HOME.telemetryId, HOME.gateway, 'meter-1', 'owner', 'home'].filter((id) => names.has(id)),
  ).toEqual([]);
});
