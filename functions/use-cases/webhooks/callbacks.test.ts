import { beforeEach, expect, test } from 'vitest';
import { newWebhookSecret, webhookRefusal } from '@hems/shared/signing/webhook';
import { aDispatch, aWebhookWorld, OFFICE, type WebhookWorld } from '../../testing/webhook-world.ts';
import { addCallback, callbackStatus, removeCallback, sendRaw } from './callbacks.ts';
import { listEndpoints, requireEndpoint } from './endpoints.ts';
import { tellPartner } from './tell-partner.ts';

const URL_OF_VEN = 'https://ven.example/notifications';
const OWNER = { partnerId: OFFICE, ownerKey: 'subscription-1' };
const BODY = '{"objectType":"EVENT","operation":"CREATE"}';
const secret = newWebhookSecret();

let world: WebhookWorld;
beforeEach(async () => {
  world = await aWebhookWorld();
  await addCallback(world.deps, { ...OWNER, url: URL_OF_VEN, bearer: 'ven-token', secret });
});
const send = (key: string) => sendRaw(world.deps, { ...OWNER, body: BODY, key });

test('a callback gets the body as it is, signed, with its bearer, once for a key', async () => {
  expect(await send('n-1')).toBe(true);
  expect(await send('n-1')).toBe(false);
  await world.work();
  expect(world.received).toHaveLength(1);
  const [{ url, headers, body } = { url: '', headers: {} as Record<string, string>, body: '' }] = world.received;
  expect([url, headers['authorization'], body]).toEqual([URL_OF_VEN, 'Bearer ven-token', BODY]);
  expect(await webhookRefusal({ headers, body }, { secret, nowS: world.clock.now() / 1000 })).toBeUndefined();
});

test('a callback is none of the webhooks of its partner: not listed, not counted, told of nothing else', async () => {
  expect(await listEndpoints(world.deps, OFFICE)).toEqual([]);
  expect(
    await tellPartner(world.deps, { partnerId: OFFICE, type: 'event.dispatched', data: aDispatch('e'), key: 'e' }),
  ).toEqual({
    told: 0,
  });
  const { items } = await world.table.query({ table: 'operations', value: `PARTNER#${OFFICE}`, prefix: 'CALLBACK#' });
  const endpointId = items[0]?.sk.slice('CALLBACK#'.length) ?? '';
  await expect(requireEndpoint(world.deps, { partnerId: OFFICE, endpointId })).rejects.toThrow('no such endpoint');
  expect(items).toHaveLength(1);
  expect(JSON.stringify(items)).not.toMatch(/ven-token|whsec_/);
});

test('a callback that is gone ends; added again it is called at its new address', async () => {
  world.receivers.set(URL_OF_VEN, () => 410);
  await send('n-1');
  await world.work();
  expect(await callbackStatus(world.deps, OWNER)).toBe('disabled');
  await addCallback(world.deps, { ...OWNER, url: 'https://ven.example/new', secret });
  expect(await callbackStatus(world.deps, OWNER)).toBe('active');
  await send('n-2');
  await world.work();
  expect(world.received.map(({ url }) => url)).toEqual([URL_OF_VEN, 'https://ven.example/new']);
  expect(world.received[1]?.headers['authorization']).toBeUndefined();
});

test('a callback that was removed is called no more', async () => {
  await send('n-1');
  await removeCallback(world.deps, OWNER);
  await removeCallback(world.deps, OWNER);
  await world.work();
  expect(await send('n-2')).toBe(false);
  expect(world.received).toEqual([]);
  expect(await callbackStatus(world.deps, OWNER)).toBeUndefined();
});
