import { beforeEach, describe, expect, test, vi } from 'vitest';
import { addDays, DAY_MS, dayStart, isoSeoul } from '@hems/models/calendar/seoul';
import type { PartnerRoute } from '@hems/shared/partner-api/route';
import { partnerContract } from '@hems/shared/partner-api/contract';
import { listIntervalBlocks, listSubscriptions, readBatch } from '@hems/shared/partner-api/greenbutton';
import * as routes from '@hems/shared/partner-api/sandbox';
import { SCOPES } from '@hems/shared/partner-api/scopes';
import { createWebhook } from '@hems/shared/partner-api/webhooks';
import { partnerHandlers } from '../local/partner/handlers.ts';
import { log } from '../runtime/log.ts';
import * as ports from '../runtime/ports.ts';
import { agree } from '../testing/agree.ts';
import { callPartner, enterPartner } from '../testing/partner-call.ts';
import { aWebhookWorld, type WebhookWorld } from '../testing/webhook-world.ts';
import { householdOf, participantOf } from '../use-cases/partners/participants.ts';
import { noteRefusal } from '../use-cases/partners/refusals.ts';
import { putProfile } from '../use-cases/stores/households.ts';
import { sitePut } from '../use-cases/stores/sites.ts';
import { handler as greenbutton } from './greenbutton.ts';
import { handler } from './sandbox.ts';
import { handler as webhooks } from './webhooks.ts';

vi.spyOn(log, 'warn').mockImplementation(() => undefined);

const TRIAL = 'trial';
const SEED = { seed: 7, homes: 6 };
const { SANDBOX_STARTS_MS } = routes;

let world: WebhookWorld;
beforeEach(async () => {
  world = await aWebhookWorld();
  const { table, clock, ids, keys, http, webhooks: queue } = world.deps;
  ports.table.use(table);
  ports.clock.use(clock);
  ports.ids.use(ids);
  ports.keys.use(keys);
  ports.http.use(http);
  ports.webhooks.use(queue);
  ports.bus.use({ publish: async () => undefined });
  await enterPartner(table, { partnerId: TRIAL, kind: 'sandbox', scopes: [...SCOPES] });
  await enterPartner(table, { partnerId: 'real', kind: 'bems', scopes: [...SCOPES] });
});

const answering = (noun: string) => partnerHandlers[noun as keyof typeof partnerHandlers] as typeof handler;
const reset = async (body: unknown = SEED, as = TRIAL) => callPartner(handler, routes.resetSandbox, { as, body });
const happens = async (body: unknown) => callPartner(handler, routes.addHappening, { as: TRIAL, body });
const clockTo = async (body: unknown) => callPartner(handler, routes.setSandboxClock, { as: TRIAL, body });
const batch = async (subscriptionId: string, as = TRIAL) =>
  callPartner(greenbutton, readBatch, { as, params: { subscriptionId } });
const report = async () => {
  const { checks } = (await callPartner(handler, routes.readReport, { as: TRIAL })).body;
  return checks.flatMap(({ check, done }) => (done ? [check] : []));
};

/** Wh that a home drew in an hour of a day. */
const drawnWh = async (subscriptionId: string, date: string, hour: number): Promise<number> => {
  const params = { subscriptionId, usagePointId: '1', meterReadingId: '1' };
  const { text } = await callPartner(greenbutton, listIntervalBlocks, {
    as: TRIAL,
    params,
    query: { 'published-min': isoSeoul(dayStart(date) + DAY_MS), 'published-max': isoSeoul(dayStart(date) + DAY_MS) },
  });
  const [fromS, toS] = [hour, hour + 1].map((one) => dayStart(date) / 1000 + one * 3600);
  return [...text.matchAll(/<start>(\d+)<\/start><\/timePeriod><value>(\d+)</g)]
    .filter(([, start]) => Number(start) >= fromS! && Number(start) < toS!)
    .reduce((sum, [, , wh]) => sum + Number(wh), 0);
};

describe('a sandbox', () => {
  test('gives the same homes and the same readings to the byte for the same seed, and others for another', async () => {
    const first = (await reset()).body;
    expect(first.homes).toHaveLength(6);
    const { participant } = first.homes[0]!;
    const readings = (await batch(participant)).text;
    expect(readings.match(/<IntervalReading>/g)?.length).toBeGreaterThan(2 * 31 * 90);
    await clockTo({ advanceMs: DAY_MS });
    await happens({ kind: 'withdrawal', participant });
    expect((await reset()).body).toEqual(first);
    expect((await batch(participant)).text).toBe(readings);
    const other = (await reset({ ...SEED, seed: 8 })).body;
    expect(other.homes.map((home) => home.participant)).not.toContain(participant);
  });

  test('has a gap and an estimated quarter hour for its client to bear, somewhere in a month', async () => {
    const { homes } = (await reset()).body;
    const texts = await Promise.all(homes.map(async ({ participant }) => (await batch(participant)).text));
    expect(texts.join('')).toContain('<quality>8</quality>');
    // fewer readings than quarter hours
    expect(Math.min(...texts.map((text) => text.match(/<IntervalReading>/g)?.length ?? 0))).toBeLessThan(2 * 31 * 96);
  });

  test('has a clock that stands until it is moved, and says nothing of a day that is not over by it', async () => {
    const { homes } = (await reset()).body;
    const { participant } = homes[1]!;
    const today = dayStart('2026-11-02') / 1000;
    expect((await batch(participant)).text).not.toContain(`<start>${today}</start>`);
    world.set(world.clock.now() + 365 * DAY_MS);
    expect((await batch(participant)).text).not.toContain(`<start>${today}</start>`);
    expect((await clockTo({ advanceMs: DAY_MS })).body.nowMs).toBe(SANDBOX_STARTS_MS + DAY_MS);
    expect((await batch(participant)).text).toContain(`<start>${today}</start>`);
    const { maxMs } = routes.SANDBOX_CLOCK;
    expect((await clockTo({ nowMs: maxMs })).status).toBe(200);
    expect((await batch(participant)).status).toBe(200);
    expect((await clockTo({ advanceMs: 1 })).body).toMatchObject({ code: 'clock-range' });
  });

  test('shows a saving event in what its homes draw, in those hours, and nowhere else', async () => {
    const { homes } = (await reset()).body;
    const date = addDays('2026-11-02', -3);
    const all = async (hour: number) => {
      const each = [];
      for (const { participant } of homes) each.push(await drawnWh(participant, date, hour));
      return each;
    };
    const [before, beside] = [await all(19), await all(21)];
    await happens({ kind: 'saving-event', programme: 'national-dr', date, fromHour: 19, toHour: 21 });
    const after = await all(19);
    expect(await all(21)).toEqual(beside);
    const saved = after.filter((wh, at) => wh < before[at]! * 0.85).length;
    expect(saved).toBeGreaterThan(0);
    expect(after.every((wh, at) => wh <= before[at]!)).toBe(true);
    for (let ping = 0; ping < routes.HAPPENINGS_MAX; ping += 1) await happens({ kind: 'ping' });
    expect(await all(19)).toEqual(after);
  });

  test('ends the reading of a home that withdraws, and tells of everything that happens as if it were real', async () => {
    const { homes } = (await reset()).body;
    const { participant } = homes[2]!;
    const types = ['event.dispatched', 'application.decided', 'settlement.ready', 'consent.withdrawn', 'sandbox.ping'];
    await callPartner(webhooks, createWebhook, { as: TRIAL, body: { url: 'https://trial.example/hook', types } });
    const programme = 'energy-cashback';
    for (const body of [
      { kind: 'saving-event', programme: 'national-dr', date: '2026-11-02', fromHour: 19, toHour: 21 },
      { kind: 'application', programme, participant, state: 'approved' },
      { kind: 'settlement', programme, period: '2026-10' },
      { kind: 'withdrawal', participant },
      { kind: 'ping' },
      // told once more, not taken for the one before
      { kind: 'ping' },
    ])
      expect((await happens(body)).body).toMatchObject({ told: 1 });
    expect((await batch(participant)).status).toBe(404);
    const { subscriptions } = (await callPartner(greenbutton, listSubscriptions, { as: TRIAL })).body;
    expect(subscriptions).toHaveLength(5);
  });

  test.each([
    ['of a programme that there is not', { kind: 'settlement', programme: 'nothing', period: '2026-10' }, 400],
    ['to a home that it has not', { kind: 'withdrawal', participant: 'AAAAAAAAAAAAAAAAAAAAAA' }, 404],
    [
      'before it begins',
      { kind: 'saving-event', programme: 'national-dr', date: '2026-11-02', fromHour: 20, toHour: 20 },
      400,
    ],
    ['that nobody knows', { kind: 'earthquake' }, 400],
    ['with more said than is asked', { kind: 'ping', loud: true }, 400],
  ])('has nothing happen %s', async (_what, body, status) => {
    await reset();
    expect((await happens(body)).status).toBe(status);
  });

  test.each([
    ['21 homes', { seed: 1, homes: 21 }],
    ['no home', { seed: 1, homes: 0 }],
    ['a clock before the first day', { ...SEED, nowMs: 0 }],
  ])('is not had with %s', async (_what, body) => {
    expect((await reset(body)).status).toBe(400);
  });
});

describe('a report', () => {
  test('says what has been shown, and how to show the rest', async () => {
    expect(await report()).toEqual(['signed-read']);
    const headers = { 'idempotency-key': 'a-key-of-16-letters' };
    const call = { as: TRIAL, body: SEED, headers };
    const { homes } = (await callPartner(handler, routes.resetSandbox, call)).body;
    expect(await report()).toEqual(['signed-read', 'signed-write']);
    await callPartner(handler, routes.resetSandbox, call);
    await batch(homes[0]!.participant);
    expect(await report()).toEqual(['signed-read', 'signed-write', 'green-button', 'idempotency-replayed']);
    const { table, clock } = world.deps;
    for (const code of ['replayed', 'clock-skew', 'wrong-body']) {
      await noteRefusal({ table, clock }, { partnerId: TRIAL, code, detail: code, keyId: 'trial.first' });
      world.set(clock.now() + 2000);
    }
    expect(await report()).toEqual([
      'signed-read',
      'signed-write',
      'green-button',
      'replay-refused',
      'skew-refused',
      'altered-refused',
      'idempotency-replayed',
    ]);
    const { answered } = (await callPartner(handler, routes.readReport, { as: TRIAL })).body;
    expect(Object.keys(answered).toSorted()).toEqual(['readBatch', 'readSandboxReport', 'resetSandbox']);
  });

  test('counts a webhook as delivered once it was, not when it was left', async () => {
    const types = ['sandbox.ping'];
    await callPartner(webhooks, createWebhook, { as: TRIAL, body: { url: 'https://trial.example/hook', types } });
    await happens({ kind: 'ping' });
    expect(await report()).toEqual(['signed-read', 'signed-write', 'webhook-echoed']);
    await world.work();
    expect(await report()).toContain('webhook-delivered');
  });
});

describe('made-up and real homes', () => {
  test('every route that does not say that it answers sandboxes refuses them, whatever their scopes', async () => {
    const closed = [];
    for (const [noun, all] of Object.entries(partnerContract))
      for (const route of all) {
        const asked = { as: TRIAL, ...(route.method === 'GET' ? {} : { body: {} }) };
        const { status, text } = await callPartner<PartnerRoute['answer']>(answering(noun), route, asked);
        const isClosed = status === 403 && (JSON.parse(text) as { code: string }).code === 'not-in-sandbox';
        expect([route.name, isClosed]).toEqual([route.name, !('sandbox' in route)]);
        if (isClosed) closed.push(noun);
      }
    // what tells of homes of residents; a noun that comes later is closed until somebody opens it
    expect([...new Set(closed)]).toEqual(
      expect.arrayContaining(['sites', 'applications', 'savings', 'aggregates', 'settlements', 'disputes']),
    );
  });

  test('a sandbox reads no home of a resident, even where it has a name for it and runs its building', async () => {
    const { table, keys } = world.deps;
    await putProfile(table, { householdId: 'h-real', telemetryId: 't-real', buildingType: 'apartment' });
    await agree(table, 'h-real', 'bems');
    await table.put(sitePut({ partnerId: TRIAL, siteId: 'hanbit', name: '한빛 단지', buildingIndex: 'building' }));
    const participant = await participantOf({ table, keys }, TRIAL, 'h-real');
    expect((await batch(participant)).status).toBe(404);
    const { subscriptions } = (await callPartner(greenbutton, listSubscriptions, { as: TRIAL })).body;
    expect(subscriptions.map(({ subscriptionId }) => subscriptionId)).not.toContain(participant);
  });

  test('a made-up home is known to no other partner, and has no sandbox for one', async () => {
    const { homes } = (await reset()).body;
    for (const { participant } of homes) {
      expect((await batch(participant, 'real')).status).toBe(404);
      expect(await householdOf(world.deps, 'real', participant)).toBeUndefined();
    }
    for (const route of partnerContract.sandbox) {
      const body =
        route.name === 'setSandboxClock' ? { advanceMs: 1 } : route.name === 'addHappening' ? { kind: 'ping' } : SEED;
      const asked = { as: 'real', ...(route.method === 'GET' ? {} : { body }) };
      expect((await callPartner<PartnerRoute['answer']>(handler, route, asked)).text).toContain('sandbox-only');
    }
  });

  test('a sandbox writes nothing where homes, energy, money or rankings are: no run, sum or board can see it', async () => {
    const { table } = world;
    const written = new Set<string>();
    ports.table.use({
      ...table,
      put: async (put) => {
        written.add(put.table);
        await table.put(put);
      },
      transact: async (writes) => {
        for (const write of writes) written.add(Object.values(write)[0]!.table);
        await table.transact(writes);
      },
    });
    const { homes } = (await reset()).body;
    await happens({ kind: 'saving-event', programme: 'national-dr', date: '2026-11-02', fromHour: 19, toHour: 21 });
    await happens({ kind: 'withdrawal', participant: homes[1]!.participant });
    await batch(homes[0]!.participant);
    await report();
    expect([...written]).toEqual(['operations']);
  });
});
