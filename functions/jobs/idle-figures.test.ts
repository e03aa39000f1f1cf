import { beforeEach, expect, test } from 'vitest';
import { TOLD_EACH_TIME } from '@hems/shared/metrics/told-each-time';
import { sqliteQueue } from '../adapters/embedded/queue.ts';
import { simulatedWeather } from '../adapters/embedded/weather.ts';
import { highsSolver } from '../adapters/providers/highs.ts';
import { jsonataMapper } from '../adapters/providers/jsonata-mapper.ts';
import { lambdaContext } from '../local/lambda-context.ts';
import { ForecasterUnavailable } from '../ports/forecaster.ts';
import * as ports from '../runtime/ports.ts';
import { aNoticeWorld } from '../testing/notice-world.ts';
import { aPlannedWorld, NIGHT } from '../testing/planned-world.ts';
import { figuresOf } from '../testing/told-figures.ts';
import { aWebhookWorld } from '../testing/webhook-world.ts';
import { aWorld, HOME } from '../testing/world.ts';
import { planShardOf } from '../use-cases/stores/automations.ts';
import { putRunState } from '../use-cases/stores/runs.ts';
import { handler as checkErasures } from './check-erasures.ts';
import { handler as checkReadiness } from './check-readiness.ts';
import { handler as checkRun } from './check-run.ts';
import { handler as countFleet } from './count-fleet.ts';
import { handler as dispatchPayouts } from './dispatch-payouts.ts';
import { handler as planShard } from './plan-shard.ts';
import { handler as pullConnectors } from './pull-connectors.ts';
import { handler as sendNotices } from './send-notices.ts';
import { handler as sweepWebhooks } from './sweep-webhooks.ts';

const context = (name: string) => lambdaContext(name, 60_000);
const AT_SIX = '2026-11-21T06:00:00+09:00';

beforeEach(async () => {
  const world = await aWorld();
  ports.table.use(world.table);
  ports.clock.use(world.clock);
  ports.bus.use(world.bus);
  world.clock.set(Date.parse(AT_SIX));
  const home = `H#${HOME.householdId}`;
  for (const { sk } of (await world.table.query({ table: 'homes', value: home })).items)
    await world.table.delete({ table: 'homes', pk: home, sk });
  // the run of yesterday went well, and no home is there to do anything for
  await putRunState(world.table, '2026-11-20', {
    value: { attempt: 1, since: 1, state: 'succeeded', startedMs: 1, endedMs: 2 },
    version: 0,
  });
  const unasked = () => Promise.reject(new Error('there is nothing to do'));
  ports.payments.use({ pay: unasked, find: unasked } as never);
  ports.erasures.use({ start: unasked, status: unasked });
});

/** What the clock calls, where there is nothing to do. */
const CALLS: Record<(typeof TOLD_EACH_TIME)[number], () => Promise<unknown>> = {
  DailyRunsMissing: () => checkRun({ scheduled: AT_SIX }, context('check-run')),
  TariffQuartersMissing: () => checkReadiness({ scheduled: AT_SIX }, context('check-readiness')),
  PayoutsUnanswered: () => dispatchPayouts({}, context('dispatch-payouts')),
  ErasuresLate: () => checkErasures({}, context('check-erasures')),
  FleetSeen: () => countFleet({ scheduled: AT_SIX }, context('count-fleet')),
  HomesPlanned: async () => {
    const planned = await aPlannedWorld();
    ports.table.use(planned.table);
    ports.clock.use(planned.clock);
    ports.telemetry.use(planned.telemetry);
    ports.channel.use(planned.channel);
    ports.ids.use(planned.ids);
    ports.plans.use(sqliteQueue(planned, { name: 'plans', visibilitySeconds: 180, attempts: 5 }));
    ports.forecaster.use({ forecast: () => Promise.reject(new ForecasterUnavailable('no engine here')) });
    ports.weather.use(simulatedWeather(planned.clock));
    ports.mixedSolver.use(await highsSolver());
    planned.clock.set(NIGHT + 30_000);
    const body = JSON.stringify({ forMs: NIGHT, shard: planShardOf('nobody-lives-here') });
    return planShard({ Records: [{ body, messageId: '1' }] } as never, context('plan-shard'));
  },
  MessagesFailed: async () => {
    const notices = await aNoticeWorld();
    ports.table.use(notices.table);
    ports.clock.use(notices.clock);
    ports.keys.use(notices.keys);
    ports.ids.use(notices.ids);
    ports.mailer.use(notices.deps.mailer);
    ports.push.use(notices.deps.push);
    ports.letterhead.use(notices.deps.letterhead);
    return sendNotices({}, context('send-notices'));
  },
  WebhooksLatestMs: async () => {
    const webhooks = await aWebhookWorld();
    ports.table.use(webhooks.table);
    ports.clock.use(webhooks.clock);
    ports.webhooks.use(webhooks.queue);
    return sweepWebhooks({}, context('sweep-webhooks'));
  },
  ConnectorsFailed: async () => {
    ports.mapper.use(jsonataMapper());
    ports.connectors.use([]);
    ports.webhooks.use({ send: async () => undefined });
    return pullConnectors({}, context('pull-connectors'));
  },
};

test.each(TOLD_EACH_TIME)('%s is told as 0 by a call that finds nothing to do', async (metric) => {
  const told = (await figuresOf(CALLS[metric])).filter(
    // of what is split, the alarm listens to what failed
    (figure) => figure.metric === metric && (figure.of === undefined || figure.of === 'failed'),
  );
  expect(told.map(({ value }) => value)).toEqual([0]);
});
