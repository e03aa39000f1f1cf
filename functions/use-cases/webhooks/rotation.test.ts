import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS } from '@hems/models/calendar/seoul';
import { webhookRefusal } from '@hems/shared/signing/webhook';
import { aWebhookWorld, OFFICE, type WebhookWorld } from '../../testing/webhook-world.ts';
import { NOON } from '../../testing/world.ts';
import { createEndpoint, listEndpoints, rotateSecret } from './endpoints.ts';
import { ping } from './log.ts';

const SECOND = 1000;

let world: WebhookWorld;
beforeEach(async () => {
  world = await aWebhookWorld();
});

describe('a secret that is replaced', () => {
  const post = async (ref: { partnerId: string; endpointId: string }) => {
    await ping(world.deps, ref, `ping ${world.received.length}`);
    await world.work();
    const { headers = {}, body = '' } = world.received.at(-1) ?? {};
    return (secret: string) => webhookRefusal({ headers, body }, { secret, nowS: world.clock.now() / SECOND });
  };

  test('signs beside the new one for a day, then the new one alone', async () => {
    const { ref, secret: first } = await world.addEndpoint();
    const { secret: second, endpoint } = await rotateSecret(world.deps, ref);
    expect(endpoint.secrets).toEqual([
      { fromMs: NOON, untilMs: null },
      { fromMs: NOON, untilMs: NOON + 24 * HOUR_MS },
    ]);
    const both = await post(ref);
    expect([await both(first), await both(second)]).toEqual([undefined, undefined]);
    world.set(NOON + 24 * HOUR_MS + 1);
    const one = await post(ref);
    expect([await one(first), await one(second)]).toEqual(['wrong-signature', undefined]);
  });

  test('that leaked ends at once with a second replacement', async () => {
    const { ref, secret: leaked } = await world.addEndpoint();
    const { secret: second } = await rotateSecret(world.deps, ref);
    const { secret: third } = await rotateSecret(world.deps, ref);
    const check = await post(ref);
    expect([await check(leaked), await check(second), await check(third)]).toEqual([
      'wrong-signature',
      undefined,
      undefined,
    ]);
  });

  test('never stands readable in the table', async () => {
    const { ref, secret } = await world.addEndpoint();
    await rotateSecret(world.deps, ref);
    const { items } = await world.table.query({ table: 'operations', value: `PARTNER#${OFFICE}` });
    expect(JSON.stringify(items)).not.toContain(secret.slice('whsec_'.length, 20));
  });
});

test('an endpoint that is asked for again under its id, because the answer was lost, is the same with the same secret', async () => {
  const wanted = { url: 'https://office.example/hook', types: ['event.dispatched'], endpointId: 'endpoint-1' } as const;
  const first = await createEndpoint(world.deps, OFFICE, wanted);
  expect(await createEndpoint(world.deps, OFFICE, wanted)).toEqual(first);
  expect(await listEndpoints(world.deps, OFFICE)).toHaveLength(1);
});

test('a ping that is asked for again under its effect is one message', async () => {
  const { ref } = await world.addEndpoint();
  const [first, again] = [await ping(world.deps, ref, 'effect-1'), await ping(world.deps, ref, 'effect-1')];
  expect(again).toEqual(first);
  await world.work();
  expect(world.received).toHaveLength(1);
});
