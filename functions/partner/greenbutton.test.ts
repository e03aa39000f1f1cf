import { beforeEach, describe, expect, test, vi } from 'vitest';
import { addDays, dayStart, HOUR_MS, SLOT_MS } from '@hems/models/calendar/seoul';
import { aPoint } from '@hems/models/testing/builders';
import { CONSENTS } from '@hems/models/household/consents';
import * as routes from '@hems/shared/partner-api/greenbutton';
import type { PartnerRoute } from '@hems/shared/partner-api/route';
import { partnerContract } from '@hems/shared/partner-api/contract';
import { log } from '../runtime/log.ts';
import * as ports from '../runtime/ports.ts';
import { agree } from '../testing/agree.ts';
import { callPartner, enterPartner } from '../testing/partner-call.ts';
import { aBatch, aRuleEvent, aWorld, HOME, type World } from '../testing/world.ts';
import { buildingIndexOf } from '../use-cases/onboarding/address-index.ts';
import { participantOf } from '../use-cases/partners/participants.ts';
import { readAccessLog } from '../use-cases/privacy/audit-access.ts';
import { setConsent } from '../use-cases/privacy/set-consent.ts';
import { householdSealer, newSealer } from '../use-cases/stores/data-keys.ts';
import { putProfile } from '../use-cases/stores/households.ts';
import { placePut, readKeptPlace } from '../use-cases/stores/places.ts';
import { NO_PROOF, proofPut } from '../use-cases/stores/proofs.ts';
import { sitePut } from '../use-cases/stores/sites.ts';
import { handler } from './greenbutton.ts';

const BUILDING = { address: '서울 마포구 가상로 12', postalCode: '04001' };
const ELSEWHERE = { address: '서울 마포구 가상로 14', postalCode: '04001' };
const DATE = '2026-11-20';
const { householdId } = HOME;

vi.spyOn(log, 'warn').mockImplementation(() => undefined);

let world: World;
beforeEach(async () => {
  world = await aWorld();
  const { table, clock, keys, bus } = world;
  ports.table.use(table);
  ports.clock.use(clock);
  ports.keys.use(keys);
  ports.bus.use(bus);
  const scopes = ['usage:read'] as const;
  for (const partnerId of ['building', 'other'])
    await enterPartner(table, { partnerId, kind: 'bems', scopes: [...scopes] });
  await enterPartner(table, { partnerId: 'office', kind: 'government', scopes: [...scopes] });
  for (const [partnerId, where] of [
    ['building', BUILDING],
    ['other', ELSEWHERE],
  ] as const)
    await table.put(
      sitePut({ partnerId, siteId: 'hanbit', name: '한빛 단지', buildingIndex: await buildingIndexOf(keys, where) }),
    );
  await live(BUILDING);
  await agree(table, householdId, 'bems');
});

const live = async (where: typeof BUILDING): Promise<void> => {
  const indexes = { addressIndex: 'flat', buildingIndex: await buildingIndexOf(world.keys, where) };
  const { version } = await readKeptPlace(world, householdId);
  const sealer = await householdSealer(world, householdId);
  await world.table.put(placePut(householdId, sealer, { place: { name: 'demo' }, version, indexes }));
};
/** The meter counts 101 Wh each quarter hour of the day; from 05:00 to 07:00 it is silent. */
const liveThrough = async (date: string): Promise<void> => {
  const points = Array.from({ length: 97 }, (_, at) => at).filter((at) => at < 20 || at >= 28);
  await world.take(
    aRuleEvent(
      'batch',
      aBatch(
        points.map((at) =>
          aPoint({
            ts: dayStart(date) + at * SLOT_MS,
            seq: at,
            quantities: { energy_import_wh: 101 * at, energy_export_wh: at },
          }),
        ),
      ),
    ),
  );
};
const get = (
  route: PartnerRoute,
  over: { as?: string; params?: Record<string, string>; query?: Record<string, string> },
) => callPartner(handler, route, { as: 'building', ...over });
const subscription = () => participantOf(world, 'building', householdId);
const batch = async (query: Record<string, string> = {}, as = 'building') =>
  get(routes.readBatch, { as, params: { subscriptionId: await subscription() }, query });
const codeOf = ({ status, text }: { status: number; text: string }) => [
  status,
  (JSON.parse(text) as { code?: string }).code,
];

describe('the system of a building', () => {
  test('finds the homes in it that agree, by names of its own, and reads what they use', async () => {
    await liveThrough(DATE);
    const { body } = await callPartner(handler, routes.listSubscriptions, { as: 'building' });
    const subscriptionId = await subscription();
    const path = `/partner/v1/espi/1_1/resource/Batch/Subscription/${subscriptionId}`;
    expect(body).toEqual({ subscriptions: [{ subscriptionId, batch: path }], after: null });
    const { status, text } = await batch();
    expect(status).toBe(200);
    expect(text).toContain(`<link rel="self" href="${path}"/>`);
    expect(text.match(/<value>101<\/value>/g)?.length).toBeGreaterThan(80);
    expect(text).not.toContain(householdId);
    expect(text).not.toContain(HOME.telemetryId);
  });

  test('is led on by links to addresses that answer, each with itself', async () => {
    await liveThrough(DATE);
    const addresses = new Set<string>();
    const follow = async (address: string): Promise<void> => {
      if (addresses.has(address)) return;
      addresses.add(address);
      const found = partnerContract.greenbutton
        .map((route) => ({
          route,
          match: new RegExp(`^${route.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`).exec(address),
        }))
        .find(({ match }) => match !== null);
      expect(found, address).toBeDefined();
      const { status, text } = await get(found!.route, { params: { ...found!.match?.groups } });
      expect([status, address]).toEqual([200, address]);
      expect(text).toContain(`rel="self" href="${address}"`);
      for (const [, href = ''] of text.matchAll(/rel="(?:self|up|related)" href="([^"]+)"/g)) await follow(href);
    };
    await follow(`/partner/v1/espi/1_1/resource/Batch/Subscription/${await subscription()}`);
    expect(addresses.size).toBeGreaterThan(14);
  });

  test('leaves an entry in the access log of the home with each reading, before it is answered', async () => {
    await batch();
    await get(routes.listUsagePoints, { params: { subscriptionId: await subscription() } });
    const { entries } = await readAccessLog(world.table, { householdId });
    expect(entries.map(({ who, what, why }) => [who.id, what, why])).toEqual([
      ['building', 'usage-read', 'green-button UsagePoint'],
      ['building', 'usage-read', 'green-button Batch'],
    ]);
  });

  test('reads by when a day was published: when it was over, 31 days at most', async () => {
    for (const date of [addDays(DATE, -1), DATE]) await liveThrough(date);
    const ofDay = { 'published-min': '2026-11-21T00:00:00+09:00', 'published-max': '2026-11-21T00:00:00+09:00' };
    const { text } = await batch(ofDay);
    const starts = [...text.matchAll(/<start>(\d+)<\/start><\/timePeriod>/g)].map(([, start]) => Number(start) * 1000);
    expect(Math.min(...starts)).toBe(dayStart(DATE));
    expect(Math.max(...starts)).toBe(dayStart(DATE) + 95 * SLOT_MS);
    // a day that is not over is not there
    world.clock.set(dayStart(DATE) + 23 * HOUR_MS);
    expect((await batch(ofDay)).text).not.toContain('IntervalBlock xmlns');
    const tooLong = { 'published-min': '2026-10-01T00:00:00Z', 'published-max': '2026-11-01T00:00:01Z' };
    expect(codeOf(await batch(tooLong))).toEqual([400, 'window-too-long']);
  });

  test.each([
    ['a time that is none', { 'published-min': 'yesterday' }],
    ['a page of a thousand', { 'max-results': '1000' }],
    ['one block of two that belong together', { 'max-results': '1' }],
    ['a filter that is not offered', { 'updated-min': '2026-11-01T00:00:00Z' }],
  ])('is refused %s', async (_what, query: Record<string, string>) => {
    expect((await batch(query)).status).toBe(400);
  });

  test('reads no more of a home from the moment it withdraws, and nothing tells that from one that is not there', async () => {
    expect((await batch()).status).toBe(200);
    const owner = { householdId, sub: 'owner', role: 'owner' } as const;
    await setConsent(world, owner, { purpose: 'bems', granted: false, textVersion: CONSENTS.bems.textVersion });
    expect(codeOf(await batch())).toEqual([404, 'no-subscription']);
    expect((await callPartner(handler, routes.listSubscriptions, { as: 'building' })).body.subscriptions).toEqual([]);
    const never = await get(routes.readBatch, { params: { subscriptionId: 'AAAAAAAAAAAAAAAAAAAAAA' } });
    expect(codeOf(never)).toEqual([404, 'no-subscription']);
  });

  test('reads no home that has moved out, nor one that has not proved that it lives there', async () => {
    await live(ELSEWHERE);
    expect(codeOf(await batch())).toEqual([404, 'no-subscription']);
    await live(BUILDING);
    expect((await batch()).status).toBe(200);
    const kept = await world.table.query({ table: 'homes', value: `H#${householdId}`, prefix: 'PROOF' });
    await world.table.put(proofPut(householdId, NO_PROOF, kept.items[0]?.version ?? 0));
    expect(codeOf(await batch())).toEqual([404, 'no-subscription']);
  });

  test('is told neither of the homes of another’s building, nor under another’s name for them', async () => {
    expect(codeOf(await batch({}, 'other'))).toEqual([404, 'no-subscription']);
    const own = await participantOf(world, 'other', householdId);
    expect(codeOf(await get(routes.readBatch, { as: 'other', params: { subscriptionId: own } }))).toEqual([
      404,
      'no-subscription',
    ]);
  });
});

test('a complex of more than a hundred homes is listed page by page, each home once', async () => {
  const { table, keys } = world;
  const indexes = { addressIndex: 'flat', buildingIndex: await buildingIndexOf(keys, BUILDING) };
  for (let at = 0; at < 130; at += 1) {
    const id = `flat-${at}`;
    await putProfile(table, { householdId: id, telemetryId: `t-${id}`, buildingType: 'apartment' });
    const { sealer, put } = await newSealer(keys, { household: id });
    await table.transact([{ put }, { put: placePut(id, sealer, { place: { name: 'demo' }, version: 0, indexes }) }]);
    await table.put(proofPut(id, { ...NO_PROOF, state: 'proven', by: 'operator', atMs: 0 }, 0));
    if (at >= 10) await agree(table, id, 'bems');
  }
  const page = async (query: Record<string, string>) =>
    (await callPartner(handler, routes.listSubscriptions, { as: 'building', query })).body;
  const first = await page({});
  expect(first.subscriptions).toHaveLength(100);
  const second = await page({ after: first.after ?? '' });
  const all = [...first.subscriptions, ...second.subscriptions].map(({ subscriptionId }) => subscriptionId);
  expect([all.length, new Set(all).size, second.after]).toEqual([121, 121, null]);
});

test('an office of the government is not let in: what its consent covers are the periods of programmes', async () => {
  await agree(world.table, householdId, 'government');
  const subscriptionId = await participantOf(world, 'office', householdId);
  expect(codeOf(await get(routes.readBatch, { as: 'office', params: { subscriptionId } }))).toEqual([
    403,
    'no-green-button',
  ]);
  expect(codeOf(await get(routes.listSubscriptions, { as: 'office' }))).toEqual([403, 'no-green-button']);
});

test('without the scope nobody reads anything', async () => {
  await enterPartner(world.table, { partnerId: 'building', kind: 'bems', scopes: [] });
  for (const route of partnerContract.greenbutton) expect(codeOf(await get(route, {}))).toEqual([403, 'no-scope']);
});
