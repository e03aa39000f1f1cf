import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DAY_MS } from '@hems/models/calendar/seoul';
import { aPoint } from '@hems/models/testing/builders';
import { lambdaContext } from '../local/lambda-context.ts';
import { log } from '../runtime/log.ts';
import * as ports from '../runtime/ports.ts';
import { aDevicesWorld } from '../testing/devices-world.ts';
import { aNoticeWorld } from '../testing/notice-world.ts';
import { figuresOf } from '../testing/told-figures.ts';
import { aBatch, aReading, aRuleEvent, aWorld, HOME, NOON, type World } from '../testing/world.ts';
import { handler as commandResult } from './command-result.ts';
import { handler as ingest } from './ingest.ts';
import { handler as notify } from './notify.ts';
import { handler as presence } from './presence.ts';

const context = (name: string) => lambdaContext(name, 10_000);
const useWorld = (world: Pick<World, 'table' | 'clock' | 'bus' | 'telemetry' | 'deps'>): void => {
  ports.table.use(world.table);
  ports.clock.use(world.clock);
  ports.bus.use(world.bus);
  ports.telemetry.use(world.telemetry);
  ports.directory.use(world.deps.directory);
};

let warned: (Record<string, unknown> & { message: string })[];
beforeEach(() => {
  warned = [];
  vi.spyOn(log, 'warn').mockImplementation((message: unknown, ...[more]: unknown[]) => {
    warned.push({ message: String(message), ...(more as object) });
  });
});
afterEach(() => vi.restoreAllMocks());

test('ingest tells what it took by kind of device, what it kept out by reason, and how long messages took', async () => {
  const world = await aWorld();
  useWorld(world);
  world.clock.set(NOON + 700);
  const point = (deviceId: string, over = {}) => aPoint({ deviceId, ts: NOON - 500, ...over });
  const figures = await figuresOf(() =>
    ingest(
      [
        aRuleEvent('reading', aReading(point('meter-1'))),
        aRuleEvent('reading', aReading(point('plug-9')), { correlation: 'message-2' }),
        aRuleEvent('batch', aBatch([1, 2, 3].map((seq) => point('meter-1', { ts: NOON - seq * 60_000, seq })))),
        aRuleEvent('batch', 'no json', { received: NOON + 200, correlation: 'message-4' }),
      ],
      context('ingest'),
    ),
  );
  expect(figures).toEqual([
    { metric: 'IngestDelayMs', value: 700 },
    { metric: 'IngestDelayMs', value: 700 },
    { metric: 'IngestDelayMs', value: 700 },
    { metric: 'IngestDelayMs', value: 500 },
    // of the one live reading that was taken; the ages of a back-fill say nothing of freshness
    { metric: 'ReadingAgeMs', value: 1200 },
    { metric: 'ReadingsAccepted', value: 4, of: 'smart_meter' },
    { metric: 'MessagesQuarantined', value: 1, of: 'unknown-device' },
    { metric: 'MessagesQuarantined', value: 1, of: 'not-json' },
  ]);
});

test('a batch of which parts are kept out for two reasons is one message of all that came, by the first reason', async () => {
  useWorld(await aWorld());
  const points = [aPoint({ ts: NOON }), aPoint({ deviceId: 'plug-9', ts: NOON }), aPoint({ ts: NOON - 4e11, seq: 2 })];
  const figures = await figuresOf(() => ingest(aRuleEvent('batch', aBatch(points)), context('ingest')));
  expect(figures).toEqual([
    { metric: 'IngestDelayMs', value: 0 },
    { metric: 'ReadingsAccepted', value: 1, of: 'smart_meter' },
    { metric: 'MessagesQuarantined', value: 1, of: 'unknown-device' },
  ]);
  expect(warned.map(({ reason }) => reason)).toEqual(['unknown-device', 'too-old']);
});

test('ingest logs a line for each message that is kept out, twenty at the most, and how many more there were', async () => {
  useWorld(await aWorld());
  const bad = Array.from({ length: 50 }, (_, i) =>
    aRuleEvent('reading', `no json ${i}`, { correlation: `message-${i}` }),
  );
  const figures = await figuresOf(() => ingest(bad, context('ingest')));
  expect(warned).toHaveLength(21);
  expect(warned[0]).toEqual({
    message: 'a message was kept out',
    reason: 'not-json',
    channel: 'reading',
    gateway: HOME.gateway,
  });
  expect(warned[20]).toEqual({ message: 'more messages were kept out', count: 30 });
  expect(figures).toContainEqual({ metric: 'MessagesQuarantined', value: 50, of: 'not-json' });
});

test('ingest logs no line for messages that it took', async () => {
  useWorld(await aWorld());
  await ingest(aRuleEvent('reading', aReading(aPoint({ ts: NOON }))), context('ingest'));
  expect(warned).toEqual([]);
});

test('what a gateway says of an order that nobody gave is counted among the messages kept out', async () => {
  useWorld(await aWorld());
  const figures = await figuresOf(() => commandResult(aRuleEvent('cmd/result', '{}'), context('command-result')));
  expect(figures).toEqual([
    { metric: 'IngestDelayMs', value: 0 },
    { metric: 'MessagesQuarantined', value: 1, of: 'not-a-result' },
  ]);
});

test('a gateway that comes or goes is counted once for each time, and one of nobody is not', async () => {
  const world = await aDevicesWorld();
  ports.table.use(world.table);
  ports.bus.use(world.bus);
  ports.registry.use(world.deps.registry as never);
  ports.rechecks.use({ send: async () => undefined });
  const said = (eventType: 'connected' | 'disconnected', versionNumber: number, clientId: string = HOME.gateway) =>
    presence({ clientId, eventType, timestamp: NOON + versionNumber, versionNumber }, context('presence'));
  expect(
    await figuresOf(async () => {
      await said('connected', 1);
      await said('connected', 1);
      await said('disconnected', 1);
      await said('connected', 2, 'g-of-nobody');
    }),
  ).toEqual([
    { metric: 'GatewaysConnected', value: 1 },
    { metric: 'GatewaysDisconnected', value: 1 },
  ]);
});

test('a notice tells how many messages of it were sent and failed, and how long after the happening it was in the inbox and sent', async () => {
  const world = await aNoticeWorld();
  await world.addPerson('owner');
  await world.allChannels('owner', 'unusual-use');
  ports.table.use(world.table);
  ports.clock.use(world.clock);
  ports.keys.use(world.keys);
  ports.ids.use(world.ids);
  ports.mailer.use(world.deps.mailer);
  ports.push.use(world.deps.push);
  ports.letterhead.use(world.deps.letterhead);
  const facts = { date: '2026-11-22', toHour: 12, usedWh: 6400, usualWh: 1200 };
  const tell = (key: string) => {
    const detail = { householdId: HOME.householdId, atMs: world.clock.now() - 4000, key, facts };
    return figuresOf(() => notify({ 'detail-type': 'usage.unusual', detail }, context('notify')));
  };
  expect(await tell('once')).toEqual([
    { metric: 'MessagesSent', value: 2 },
    { metric: 'MessagesFailed', value: 0 },
    // the inbox, the push and the e-mail
    { metric: 'NoticeDelayMs', value: 4000 },
    { metric: 'NoticeDelayMs', value: 4000 },
    { metric: 'NoticeDelayMs', value: 4000 },
  ]);
  // a week later: the first counts to its cap
  world.clock.set(world.clock.now() + 8 * DAY_MS);
  world.services.push = new Error('the push service is away');
  expect(await tell('again')).toEqual([
    { metric: 'MessagesSent', value: 1 },
    { metric: 'MessagesFailed', value: 1 },
    { metric: 'NoticeDelayMs', value: 4000 },
    { metric: 'NoticeDelayMs', value: 4000 },
  ]);
});
