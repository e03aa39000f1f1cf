import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS } from '@hems/models/calendar/seoul';
import { AnswerLate } from '../../ports/http-out.ts';
import { Crash, mortal, type End } from '../../testing/mortal.ts';
import { enterPartner } from '../../testing/partner-call.ts';
import { aDispatch, aWebhookWorld, OFFICE, type WebhookWorld } from '../../testing/webhook-world.ts';
import { NOON } from '../../testing/world.ts';
import type { WebhookDeps } from './deps.ts';
import { deliver } from './deliver.ts';
import { createEndpoint, listEndpoints } from './endpoints.ts';
import { sweepWebhooks } from './sweep.ts';
import { tellPartner } from './tell-partner.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const URL_OF_OFFICE = 'https://office.example/hook';

let world: WebhookWorld;
beforeEach(async () => {
  world = await aWebhookWorld();
});
const tell = (key: string, deps: WebhookDeps = world.deps, partnerId = OFFICE) =>
  tellPartner(deps, { partnerId, type: 'event.dispatched', data: aDispatch(key), key });
const idsOf = () => world.received.map(({ headers }) => headers['webhook-id']);

describe('workers', () => {
  test('who are called for the same endpoint at once post each message once', async () => {
    const { ref } = await world.addEndpoint();
    for (let i = 0; i < 30; i += 1) await tell(`e-${i}`);
    const reports = await Promise.all([1, 2, 3, 4].map(() => deliver(world.deps, ref)));
    expect(reports.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(30);
    expect(new Set(idsOf()).size).toBe(30);
    expect(world.received).toHaveLength(30);
  });

  test('retry after five seconds and five minutes by the queue alone, without a sweep', async () => {
    const { ref } = await world.addEndpoint();
    const answers = [500, 500, 200];
    world.receivers.set(URL_OF_OFFICE, () => answers.shift() ?? 500);
    await tell('e-1');
    for (const atMs of [0, 3 * SECOND, 8 * SECOND, 4 * MINUTE, 7 * MINUTE]) {
      world.set(NOON + atMs);
      await world.work();
    }
    expect(world.received.map(({ atMs }) => atMs - NOON)).toEqual([0, 8 * SECOND, 7 * MINUTE]);
    expect((await world.log(ref.endpointId))[0]).toMatchObject({ state: 'delivered' });
  });

  test('ask the queue for one visit to an endpoint that is away, however many messages wait for it', async () => {
    await world.addEndpoint();
    world.receivers.set(URL_OF_OFFICE, () => 500);
    for (let i = 0; i < 50; i += 1) await tell(`e-${i}`);
    await world.work();
    expect((await world.queue.depth()).waiting).toBe(1);
    world.set(NOON + 10 * SECOND);
    await world.work();
    expect((await world.queue.depth()).waiting).toBe(1);
  });

  test('find what came while another was about to leave', async () => {
    const { ref } = await world.addEndpoint();
    await tell('e-1');
    const late = {
      ...world.deps,
      table: {
        ...world.deps.table,
        // the second message comes after the first worker saw that nothing is due, and finds the lane taken
        put: async (put: Parameters<typeof world.table.put>[0]) => {
          if (put.sk.startsWith('LANE#') && JSON.stringify(put.data).includes('"untilMs":0')) {
            await tell('e-2');
            await world.work();
          }
          return world.deps.table.put(put);
        },
      },
    };
    await deliver(late, ref);
    expect(world.received).toHaveLength(1);
    await world.work();
    expect(world.received).toHaveLength(2);
  });

  test('end in bounded time at an endpoint that hangs, with eight posts at once, and go on later', async () => {
    const { ref } = await world.addEndpoint();
    let round = Promise.withResolvers<AnswerLate>();
    let waiting = 0;
    // each hangs until eight do; then all of them have waited for their ten seconds together
    world.receivers.set(URL_OF_OFFICE, () => {
      const { promise, resolve } = round;
      waiting += 1;
      if (waiting < 8) return promise;
      waiting = 0;
      round = Promise.withResolvers();
      world.set(world.clock.now() + 10 * SECOND);
      resolve(new AnswerLate('late'));
      return promise;
    });
    for (let i = 0; i < 100; i += 1) await tell(`e-${i}`);
    const report = await deliver(world.deps, ref);
    expect(world.clock.now() - NOON).toBe(20 * SECOND);
    expect(report.failed).toBe(16);
    expect(waiting).toBe(0);
    expect((await world.queue.depth()).waiting).toBeGreaterThan(0);
  });

  test('are not held up by an endpoint of another partner that hangs', async () => {
    await world.addEndpoint();
    await enterPartner(world.deps.table, { partnerId: 'grid', scopes: ['webhooks:write'] });
    const grid = await createEndpoint(world.deps, 'grid', {
      url: 'https://grid.example/',
      types: ['event.dispatched'],
    });
    const hanging = Promise.withResolvers<number>();
    world.receivers.set(URL_OF_OFFICE, () => hanging.promise);
    for (let i = 0; i < 20; i += 1) await tell(`e-${i}`);
    const office = world.work();
    await new Promise((done) => setTimeout(done, 20));
    await tell('g-1', world.deps, 'grid');
    await Promise.all([world.work(), world.work()]);
    expect(world.received.filter(({ url }) => url === 'https://grid.example/')).toHaveLength(1);
    expect(world.received.filter(({ url }) => url === URL_OF_OFFICE)).toHaveLength(8);
    expect(grid.endpoint.status).toBe('active');
    hanging.resolve(200);
    await office;
    await world.work();
    expect(world.received.filter(({ url }) => url === URL_OF_OFFICE)).toHaveLength(20);
  });

  test('end what another release wrote, instead of stopping at it for ever', async () => {
    const { ref } = await world.addEndpoint();
    await tell('e-1');
    await tell('e-2');
    const { items } = await world.table.query({ table: 'operations', value: `PARTNER#${OFFICE}`, prefix: 'DELIVERY#' });
    const [{ version: _version, ...first } = { version: 0, table: 'operations' as const, pk: '', sk: '' }] = items;
    await world.table.put({ ...first, data: { of: 'tomorrow' } });
    expect(await deliver(world.deps, ref)).toMatchObject({ delivered: 1, unreadable: 1 });
    expect(await sweepWebhooks(world.deps)).toMatchObject({ woken: 0 });
  });
});

describe('a process that is killed at any of its calls', () => {
  const dying = (end: End): WebhookDeps => {
    const { table, http, webhooks } = world.deps;
    const wrap = mortal(end, async () => undefined);
    return {
      ...world.deps,
      table: {
        get: wrap((key) => table.get(key)),
        batchGet: wrap((keys) => table.batchGet(keys)),
        put: wrap((put) => table.put(put)),
        delete: wrap((key) => table.delete(key)),
        query: wrap((query) => table.query(query)),
        transact: wrap((writes) => table.transact(writes)),
      },
      http: { call: wrap((call) => http.call(call)) },
      webhooks: { send: wrap((body, options) => webhooks.send(body, options)) },
    };
  };
  const died = async (work: Promise<unknown>): Promise<boolean> => {
    try {
      await work;
      return false;
    } catch (error) {
      if (error instanceof Crash) return true;
      throw error;
    }
  };

  /** Every call of the work, before and after its effect, until the process lives through it. */
  const everyEnd = async (
    work: (deps: WebhookDeps) => Promise<unknown>,
    check: () => Promise<void>,
  ): Promise<number> => {
    let ends = 0;
    for (const when of ['before', 'after'] as const)
      for (let at = 0; ; at += 1) {
        world = await aWebhookWorld();
        await world.addEndpoint();
        const isDead = await died(work(dying({ at, when })));
        await check();
        if (!isDead) break;
        ends += 1;
      }
    return ends;
  };

  test('while it tells has told nothing or what is delivered; told again, as the bus does, it is delivered as one message', async () => {
    const ends = await everyEnd(
      (deps) => tell('e-1', deps),
      async () => {
        await tell('e-1');
        await world.pass(3 * MINUTE);
        expect(world.received).toHaveLength(1);
      },
    );
    expect(ends).toBeGreaterThan(8);
  });

  test('while it delivers loses nothing: what may not have arrived comes again under its id', async () => {
    let twice = 0;
    const ends = await everyEnd(
      async (deps) => {
        await tell('e-1');
        await tell('e-2');
        await world.work(deps);
      },
      async () => {
        await world.pass(10 * MINUTE);
        const ids = idsOf();
        expect(new Set(ids).size).toBe(2);
        expect(ids.length).toBeLessThanOrEqual(4);
        if (ids.length > 2) twice += 1;
        const [{ endpointId } = { endpointId: '' }] = await listEndpoints(world.deps, OFFICE);
        expect((await world.log(endpointId)).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
      },
    );
    expect(ends).toBeGreaterThan(15);
    // between post and mark nobody can know; anywhere else it arrives once
    expect(twice).toBeGreaterThan(0);
    expect(twice).toBeLessThan(ends / 2);
  });
});

test('whatever receivers answer and whenever, each message ends delivered or dead, with an attempt that says so', async () => {
  const fate = fc.constantFrom(200, 204, 301, 400, 410, 429, 500, 503, 0);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fate, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 6 }),
      async (fates, messages) => {
        world = await aWebhookWorld();
        const { ref } = await world.addEndpoint();
        let next = 0;
        world.receivers.set(URL_OF_OFFICE, () => {
          const said = fates[next++ % fates.length] ?? 200;
          return said === 0 ? new Error('away') : { status: said, headers: { 'retry-after': String(said) } };
        });
        for (let i = 0; i < messages; i += 1) await tell(`e-${i}`);
        await world.work();
        await world.pass(80 * HOUR_MS);
        const log = await world.log(ref.endpointId);
        expect(log).toHaveLength(messages);
        for (const { state, why, attempts, nextAtMs } of log) {
          expect(nextAtMs).toBeNull();
          expect(attempts.length).toBeLessThanOrEqual(8);
          expect(state === 'delivered').toBe(attempts.at(-1)?.reason === 'delivered');
          expect(state === 'dead').toBe(why !== null);
          expect(why !== 'delivery-failed' || attempts.length === 8).toBe(true);
        }
        expect(await world.queue.depth()).toMatchObject({ dead: 0 });
      },
    ),
    { numRuns: 40 },
  );
});
