import { afterEach, expect, test, vi } from 'vitest';
import { openDatabase } from '../adapters/embedded/database.ts';
import { sqliteTable } from '../adapters/embedded/table.ts';
import { handler as sweepWebhooks } from '../jobs/sweep-webhooks.ts';
import { handler as tellPartners } from '../events/tell-partners.ts';
import { log } from '../runtime/log.ts';
import * as ports from '../runtime/ports.ts';
import { tellDeps, webhookDeps } from '../runtime/webhook-deps.ts';
import { enterPartner } from '../testing/partner-call.ts';
import { aDispatch, aWebhookWorld, type WebhookWorld } from '../testing/webhook-world.ts';
import { HOME } from '../testing/world.ts';
import { participantOf } from '../use-cases/partners/participants.ts';
import { putProfile } from '../use-cases/stores/households.ts';
import { createEndpoint } from '../use-cases/webhooks/endpoints.ts';
import { tellPartner } from '../use-cases/webhooks/tell-partner.ts';
import { systemClock } from './clock.ts';
import { lambdaContext } from './lambda-context.ts';
import { openWebhooks } from './open-webhooks.ts';
import type { QueuePoller } from './queue-poller.ts';

vi.spyOn(log, 'info').mockImplementation(() => undefined);

let open: QueuePoller | undefined;
afterEach(async () => {
  await open?.stop();
  open = undefined;
});

/** The functions of webhooks as this host runs them. */
const aHost = async (): Promise<WebhookWorld> => {
  const world = await aWebhookWorld();
  const database = openDatabase(':memory:');
  ports.clock.use(systemClock);
  ports.table.use(sqliteTable({ database, clock: systemClock }));
  ports.keys.use(world.deps.keys);
  ports.http.use(world.deps.http);
  open = openWebhooks({ database, clock: systemClock, say: () => undefined });
  for (const partnerId of ['slow', 'quick']) {
    await enterPartner(await ports.table(), { partnerId });
    const types = ['event.dispatched', 'consent.withdrawn'] as const;
    await createEndpoint(await webhookDeps(), partnerId, { url: `https://${partnerId}.example/`, types });
  }
  return world;
};
const tell = async (partnerId: string, key = 'e-1') =>
  tellPartner(await tellDeps(), { partnerId, type: 'event.dispatched', data: aDispatch(key), key });
const urls = (world: WebhookWorld) => world.received.map(({ url }) => url);

test('what a partner is told is posted, and an endpoint that hangs holds up no other', async () => {
  const world = await aHost();
  const hanging = Promise.withResolvers<number>();
  world.receivers.set('https://slow.example/', () => hanging.promise);
  await tell('slow');
  await vi.waitFor(() => expect(urls(world)).toEqual(['https://slow.example/']), { timeout: 3000 });
  await tell('quick');
  await vi.waitFor(() => expect(urls(world)).toContain('https://quick.example/'), { timeout: 3000 });
  hanging.resolve(200);
});

test('a call that was lost is made again by the sweep, and a withdrawn consent is told through the bus', async () => {
  const world = await aHost();
  const { householdId, telemetryId } = HOME;
  const table = await ports.table();
  await putProfile(table, { householdId, telemetryId, buildingType: 'apartment' });
  await participantOf({ table, keys: world.deps.keys }, 'quick', householdId);
  const queue = await ports.webhooks();
  ports.webhooks.use({ send: async () => undefined });
  const facts = { purpose: 'government', said: 'withdrawn' };
  const event = { 'detail-type': 'consent.changed', detail: { householdId, atMs: 1, key: 'k', facts } };
  expect(await tellPartners(event, lambdaContext('tell-partners', 1000))).toEqual({ told: 1 });
  ports.webhooks.use(queue);
  await sweepWebhooks({}, lambdaContext('sweep-webhooks', 1000));
  await vi.waitFor(() => expect(urls(world)).toEqual(['https://quick.example/']), { timeout: 3000 });
});
