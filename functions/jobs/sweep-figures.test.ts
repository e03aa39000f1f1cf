import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { SHARDS } from '@hems/models/household/shard';
import { aPoint } from '@hems/models/testing/builders';
import { enterpriseBems } from '../adapters/providers/connectors/enterprise-bems.ts';
import { highsSolver } from '../adapters/providers/highs.ts';
import { jsonataMapper } from '../adapters/providers/jsonata-mapper.ts';
import { simulatedWeather } from '../adapters/embedded/weather.ts';
import { sqliteQueue } from '../adapters/embedded/queue.ts';
import { lambdaContext } from '../local/lambda-context.ts';
import * as ports from '../runtime/ports.ts';
import { aSettling } from '../testing/ledger.ts';
import { aNoticeWorld } from '../testing/notice-world.ts';
import { aPlannedWorld, NIGHT } from '../testing/planned-world.ts';
import { figuresOf } from '../testing/told-figures.ts';
import { aDispatch, aWebhookWorld, OFFICE } from '../testing/webhook-world.ts';
import { aReading, aRuleEvent, aWorld, HOME, NOON, type World } from '../testing/world.ts';
import type { Clock } from '../ports/clock.ts';
import { ForecasterUnavailable } from '../ports/forecaster.ts';
import { askPayout } from '../use-cases/ask-payout.ts';
import { decidePayout } from '../use-cases/decide-payout.ts';
import { HOMES_MAX } from '../use-cases/devices/count-fleet.ts';
import { askHousehold } from '../use-cases/erasure/ask-household.ts';
import { planShardOf } from '../use-cases/stores/automations.ts';
import { changeGateway, newGateway } from '../use-cases/stores/gateways.ts';
import { putDevice, putProfile } from '../use-cases/stores/households.ts';
import { settle as settleLedger } from '../use-cases/stores/ledger.ts';
import { tellPartner } from '../use-cases/webhooks/tell-partner.ts';
import { handler as checkErasures } from './check-erasures.ts';
import { handler as countFleet } from './count-fleet.ts';
import { handler as dispatchPayouts } from './dispatch-payouts.ts';
import { handler as planShard } from './plan-shard.ts';
import { handler as pullConnectors } from './pull-connectors.ts';
import { handler as sendNotices } from './send-notices.ts';
import { handler as sendWebhooks } from './send-webhooks.ts';
import { handler as sweepWebhooks } from './sweep-webhooks.ts';

const { householdId } = HOME;
const MINUTE_MS = 60_000;
const context = (name: string) => lambdaContext(name, 60_000);
const records = (body: string) => ({ Records: [{ body, messageId: '1' }] }) as never;

let world: World;
const use = (own: { readonly table: World['table']; readonly clock: Clock }): void => {
  ports.table.use(own.table);
  ports.clock.use(own.clock);
};
beforeEach(async () => {
  world = await aWorld();
  use(world);
  ports.bus.use(world.bus);
});

test('the sweep of payouts tells how many the rail did not answer', async () => {
  await settleLedger(world, aSettling(), {});
  const ref = { householdId, payoutId: 'payout-1' };
  await askPayout(world, { householdId, sub: 'owner', role: 'owner' }, { ...ref, unit: 'won', amount: 1000 });
  await decidePayout(world, ref, { decision: 'approve', by: 'staff' });
  const away = () => Promise.reject(new Error('the rail is away'));
  ports.payments.use({ pay: away, find: away } as never);
  expect(await figuresOf(() => dispatchPayouts({}, context('dispatch-payouts')))).toEqual([
    { metric: 'PayoutsUnanswered', value: 1 },
  ]);
});

test('the look at erasures tells how many should have ended, from a day after they were asked for', async () => {
  const erasures = { start: async () => true, status: async () => 'running' as const };
  ports.erasures.use(erasures);
  const asked = { householdId, erasureId: 'erasure-0000000000000001', forfeit: false };
  await askHousehold({ ...world, erasures }, 'owner', asked);
  const look = () => figuresOf(() => checkErasures({}, context('check-erasures')));
  world.clock.set(NOON + DAY_MS);
  expect(await look()).toEqual([{ metric: 'ErasuresLate', value: 0 }]);
  world.clock.set(NOON + DAY_MS + 1);
  expect(await look()).toEqual([{ metric: 'ErasuresLate', value: 1 }]);
});

describe('messages to partners', () => {
  test('are told by how long the oldest has waited, and when one is given up', async () => {
    const webhooks = await aWebhookWorld();
    use(webhooks);
    ports.keys.use(webhooks.deps.keys);
    ports.ids.use(webhooks.deps.ids);
    ports.http.use(webhooks.deps.http);
    ports.webhooks.use(webhooks.queue);
    const { ref, endpoint } = await webhooks.addEndpoint();
    webhooks.receivers.set(endpoint.url, () => 503);
    await tellPartner(webhooks.deps, {
      partnerId: OFFICE,
      type: 'event.dispatched',
      key: 'e-1',
      data: aDispatch('e-1'),
    });
    webhooks.set(NOON + 7 * MINUTE_MS);
    expect(await figuresOf(() => sweepWebhooks({}, context('sweep-webhooks')))).toEqual([
      { metric: 'WebhooksLatestMs', value: 7 * MINUTE_MS },
    ]);
    let atMs = NOON + 7 * MINUTE_MS;
    const post = async () => {
      webhooks.set((atMs += DAY_MS));
      return figuresOf(() => sendWebhooks(records(JSON.stringify(ref)), context('send-webhooks')));
    };
    const told: number[] = [];
    for (let tries = 0; tries < 30 && !told.includes(1); tries += 1)
      told.push(...(await post()).map(({ metric, value }) => (metric === 'WebhooksGivenUp' ? value : Number.NaN)));
    expect(told.length).toBeGreaterThan(3);
    expect([told.slice(0, -1).every((value) => value === 0), told.at(-1)]).toEqual([true, 1]);
  });
});

test('a system of a building that does not answer is told once it is let alone for failing', async () => {
  ports.mapper.use(jsonataMapper());
  ports.connectors.use([enterpriseBems]);
  ports.connectorSecret.use(() => async () => 'constructed-secret');
  ports.http.use({ call: () => Promise.reject(new Error('the system is away')) });
  ports.webhooks.use({ send: async () => undefined });
  const told: (number | undefined)[] = [];
  for (let days = 1; days <= 8; days += 1) {
    world.clock.set(NOON + days * DAY_MS);
    const figures = await figuresOf(() => pullConnectors({}, context('pull-connectors')));
    told.push(figures.find(({ metric }) => metric === 'ConnectorsFailed')?.value);
  }
  expect([told[0], told.at(-1)]).toEqual([0, 1]);
}, 20_000);

test('the sweep of messages tells those that failed, and of those that went how long they took from when they were free to go', async () => {
  const notices = await aNoticeWorld();
  use(notices);
  ports.keys.use(notices.keys);
  ports.ids.use(notices.ids);
  ports.mailer.use(notices.deps.mailer);
  ports.push.use(notices.deps.push);
  ports.letterhead.use(notices.deps.letterhead);
  const midnight = dayStart('2026-11-23');
  notices.clock.set(midnight - HOUR_MS);
  await notices.addPerson('owner', { quiet: { fromHour: 21, toHour: 8 } });
  await notices.unusual();
  notices.clock.set(midnight + 8 * HOUR_MS + 3000);
  notices.services.push = new Error('the push service is away');
  const sweep = () => figuresOf(() => sendNotices({}, context('send-notices')));
  expect(await sweep()).toEqual([
    { metric: 'MessagesSent', value: 0 },
    { metric: 'MessagesFailed', value: 1 },
  ]);
  delete notices.services.push;
  notices.clock.set(midnight + 8 * HOUR_MS + 2 * MINUTE_MS);
  expect(await sweep()).toEqual([
    { metric: 'MessagesSent', value: 1 },
    { metric: 'MessagesFailed', value: 0 },
    // not since the evening before: the quiet hours were asked for
    { metric: 'NoticeDelayMs', value: 2 * MINUTE_MS },
  ]);
});

test('planning by the clock tells homes, orders and changes of mode, and nothing of homes that were done before', async () => {
  const planned = await aPlannedWorld();
  use(planned);
  ports.telemetry.use(planned.telemetry);
  ports.channel.use(planned.channel);
  ports.ids.use(planned.ids);
  ports.plans.use(sqliteQueue(planned, { name: 'plans', visibilitySeconds: 180, attempts: 5 }));
  ports.forecaster.use({ forecast: () => Promise.reject(new ForecasterUnavailable('no engine here')) });
  ports.weather.use(simulatedWeather(planned.clock));
  ports.mixedSolver.use(await highsSolver());
  await planned.charge(300);
  await planned.allow();
  const body = JSON.stringify({ forMs: NIGHT, shard: planShardOf(householdId) });
  planned.clock.set(NIGHT + 30_000);
  const plan = () => figuresOf(() => planShard(records(body), context('plan-shard')));
  const told = (homes: number, orders: number) => [
    { metric: 'HomesPlanned', value: homes, of: 'planned' },
    { metric: 'HomesPlanned', value: 0, of: 'failed' },
    { metric: 'PlanOrders', value: orders },
    { metric: 'PlanModeChanges', value: orders },
  ];
  expect([await plan(), await plan()]).toEqual([told(1, 1), told(0, 0)]);
});

describe('the fleet', () => {
  const HOUR = '2026-11-22T13:00:00+09:00';
  const atMs = Date.parse(HOUR);
  const count = (scheduled = HOUR) => figuresOf(() => countFleet({ scheduled }, context('count-fleet')));
  const home = async (id: string, { isConnected, heardMs }: { isConnected: boolean; heardMs?: number }) => {
    const place = { householdId: id, gateway: `g-${id}` };
    await putProfile(world.table, { householdId: id, telemetryId: `t-${id}`, buildingType: 'apartment' });
    await world.table.put(newGateway(place));
    const presence = { state: isConnected ? ('connected' as const) : ('disconnected' as const), version: 1, atMs: 1 };
    await changeGateway(world, place, (before) => ({ ...before, presence }));
    const deviceId = `m-${id}`;
    await putDevice(world.table, id, {
      deviceId,
      kind: 'smart_meter',
      name: deviceId,
      gateway: place.gateway,
      status: 'active',
    });
    if (heardMs === undefined) return;
    const reading = aReading(aPoint({ deviceId, ts: heardMs }));
    await world.take(
      aRuleEvent('reading', reading, { household: `t-${id}`, gateway: place.gateway, received: heardMs }),
    );
  };
  beforeEach(async () => {
    for (const { sk } of (await world.table.query({ table: 'homes', value: `H#${householdId}` })).items)
      await world.table.delete({ table: 'homes', pk: `H#${householdId}`, sk });
  });

  test('of three homes, one away and one unheard for a day, is two thirds connected and one third silent', async () => {
    await home('a', { isConnected: true, heardMs: atMs - DAY_MS });
    await home('b', { isConnected: true, heardMs: atMs - DAY_MS - 1 });
    await home('c', { isConnected: false, heardMs: atMs });
    expect(await count()).toEqual([
      { metric: 'FleetSeen', value: 3 },
      { metric: 'FleetOnlinePercent', value: 200 / 3 },
      { metric: 'FleetSilentPercent', value: 100 / 3 },
    ]);
  });

  test('that is empty has no shares', async () => {
    expect(await count()).toEqual([{ metric: 'FleetSeen', value: 0 }]);
  });

  test('of more homes than an hour has time for is a sample, another one each hour, and no table is read as a whole', async () => {
    const shards: string[] = [];
    const counted: string[] = [];
    const ids = Array.from({ length: 3 }, (_, i) => i);
    ports.table.use({
      ...world.table,
      query: async (query) => {
        if (query.by === 'i2') {
          shards.push(query.value);
          // a fleet of three homes a shard would be 3,000 homes
          return {
            items: ids.map((i) => ({
              table: 'homes',
              pk: `H#${query.value}-${i}`,
              sk: 'PROFILE',
              version: 1,
              data: { telemetryId: 't', buildingType: 'apartment' },
            })),
          };
        }
        counted.push(query.value);
        return { items: [] };
      },
    });
    await count();
    expect(counted).toHaveLength(HOMES_MAX);
    const first = [...shards];
    expect(first.length).toBeLessThan(SHARDS * 0.7);
    shards.splice(0);
    await count('2026-11-22T14:00:00+09:00');
    expect(shards[0]).not.toBe(first[0]);
  });
});
