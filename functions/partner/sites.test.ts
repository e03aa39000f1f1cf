import { beforeEach, describe, expect, it } from 'vitest';
import { dayStart, HOUR_MS, SLOT_MS } from '@hems/models/calendar/seoul';
import { listSites, pushIntervals, readFlexibility, readSiteUsage } from '@hems/shared/partner-api/sites';
import * as ports from '../runtime/ports.ts';
import { agree } from '../testing/agree.ts';
import { callPartner, enterPartner } from '../testing/partner-call.ts';
import { aWorld, NOON, type World } from '../testing/world.ts';
import { putHours } from '../use-cases/stores/hours.ts';
import { putProfile } from '../use-cases/stores/households.ts';
import { keepPlan } from '../use-cases/stores/plans.ts';
import { placePut } from '../use-cases/stores/places.ts';
import { newSealer } from '../use-cases/stores/data-keys.ts';
import { NO_PROOF, proofPut } from '../use-cases/stores/proofs.ts';
import { buildingIndexOf } from '../use-cases/onboarding/address-index.ts';
import { registerSite } from '../use-cases/sites/register-site.ts';
import { handler } from './sites.ts';

const BUILDING = { address: '서울 마포구 가상로 12', postalCode: '04001' };
const DATE = '2026-11-20';
const site = { siteId: 'hanbit' };
const meter = { siteId: 'hanbit', meterId: 'lobby' };

let world: World;
beforeEach(async () => {
  world = await aWorld();
  ports.table.use(world.table);
  ports.clock.use(world.clock);
  for (const partnerId of ['building', 'other'])
    await enterPartner(world.table, {
      partnerId,
      kind: 'bems',
      scopes: ['readings:write', 'usage:read', 'flexibility:read'],
    });
  await registerSite(
    world,
    { partnerId: 'building', siteId: 'hanbit', name: '한빛 단지', ...BUILDING },
    { by: 'staff-7', reason: 'a contract was signed' },
  );
});

/** A flat of the building whose home used `loadWh` each hour of the day. */
const addFlat = async (householdId: string, loadWh: number, { proven = true, agrees = true } = {}): Promise<void> => {
  const { table, keys } = world;
  await putProfile(table, { householdId, telemetryId: `t-${householdId}`, buildingType: 'apartment' });
  const { sealer, put } = await newSealer(keys, { household: householdId });
  const indexes = { addressIndex: householdId, buildingIndex: await buildingIndexOf(keys, BUILDING) };
  await table.transact([
    { put },
    { put: placePut(householdId, sealer, { place: { name: 'demo' }, version: 0, indexes }) },
  ]);
  if (proven) await table.put(proofPut(householdId, { ...NO_PROOF, state: 'proven', by: 'operator', atMs: 0 }, 0));
  if (agrees) await agree(table, householdId, 'bems');
  const hours = Array.from({ length: 24 }, () => loadWh);
  await putHours(table, householdId, [{ date: DATE, loadWh: hours, importWh: hours, solarWh: hours.map(() => null) }]);
  const startMs = NOON;
  const step = {
    loadW: 300,
    pvW: 0,
    batteryW: -1000,
    carW: 2000,
    gridW: 3300,
    storedWh: 1000,
    buyWon: 150,
    reason: 'cheap',
  };
  await keepPlan(table, householdId, {
    madeAtMs: NOON,
    stepMinutes: 30,
    status: 'planned',
    conflicts: [],
    capacityWh: 5000,
    won: 0,
    selfUseWon: 0,
    changes: 0,
    steps: Array.from({ length: 48 }, (_, at) => ({ ...step, startMs: startMs + at * 1_800_000 })),
  });
};
let flats = 0;
const addFlats = async (count: number, over = {}): Promise<void> => {
  for (let i = 0; i < count; i += 1) await addFlat(`flat-${(flats += 1)}`, 500, over);
};

const quarter = (at: number, importWh: number | null = 1000) => ({
  fromMs: dayStart(DATE) + at * SLOT_MS,
  minutes: 15 as const,
  importWh,
  exportWh: null,
  quality: importWh === null ? ('missing' as const) : ('good' as const),
  revision: 1,
});
const push = (intervals: unknown, as = 'building') =>
  callPartner(handler, pushIntervals, { as, params: meter, body: { intervals } });
const usage = (as = 'building', date = DATE) =>
  callPartner(handler, readSiteUsage, { as, params: site, query: { date } });

describe('a building that sends what its common areas used', () => {
  it('reads it back by the hour to the Wh, and an hour with a gap as not known', async () => {
    const day = Array.from({ length: 96 }, (_, at) => quarter(at, at === 5 ? null : 1000 + at));
    const { status, body } = await push(day);
    expect([status, body]).toEqual([200, { taken: 96, refused: [] }]);
    const { hours } = (await usage()).body;
    expect(hours[0]).toMatchObject({ commonImportWh: 4006, commonQuality: 'good' });
    expect(hours[1]).toMatchObject({ commonImportWh: null, commonQuality: 'missing' });
  });

  it('misses a meter that was heard the day before and is not heard today', async () => {
    await callPartner(handler, pushIntervals, {
      as: 'building',
      params: { ...site, meterId: 'garage' },
      body: { intervals: [{ ...quarter(0), fromMs: quarter(0).fromMs - 3 * HOUR_MS }] },
    });
    await push(Array.from({ length: 4 }, (_, at) => quarter(at)));
    expect((await usage()).body.hours[0]).toMatchObject({ commonImportWh: null, commonQuality: 'missing' });
  });

  it('sends late, and what it sent is told though the homes of that day were told before', async () => {
    expect((await usage()).body.hours[0]?.commonImportWh).toBeNull();
    await push(Array.from({ length: 4 }, (_, at) => quarter(at)));
    expect((await usage()).body.hours[0]?.commonImportWh).toBe(4000);
  });

  it('sends the same again and nothing changes', async () => {
    await push([quarter(0), quarter(1)]);
    expect((await push([quarter(1), quarter(0)])).body).toEqual({ taken: 0, refused: [] });
  });

  it('is told of each interval that cannot be right, and the rest is taken', async () => {
    const ahead = { ...quarter(0), fromMs: NOON };
    const { body } = await push([quarter(0), ahead]);
    expect(body).toEqual({ taken: 1, refused: [{ fromMs: NOON, fault: 'in-the-future' }] });
  });

  it.each([
    ['none', []],
    ['ten thousand', Array.from({ length: 10_000 }, (_, at) => quarter(at % 96))],
    ['a field that nobody knows', [{ ...quarter(0), color: 'blue' }]],
    ['an energy below zero', [{ ...quarter(0), importWh: -1 }]],
  ])('is refused %s, as a problem that names the place', async (_what, intervals) => {
    const { status, text } = await push(intervals);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(JSON.parse(text)).toMatchObject({ status, detail: expect.any(String) });
  });

  it('cannot send for the site of another, nor see it', async () => {
    expect((await push([quarter(0)], 'other')).status).toBe(404);
    expect((await usage('other')).status).toBe(404);
    expect((await callPartner(handler, listSites, { as: 'other' })).body).toEqual({ sites: [] });
    expect((await callPartner(handler, listSites, { as: 'building' })).body).toEqual({
      sites: [{ siteId: 'hanbit', name: '한빛 단지' }],
    });
  });
});

describe('the homes of a building', () => {
  it('are told as a sum from 20 on that have proved they live there and agree', async () => {
    await addFlats(22);
    const { body } = await usage();
    expect(body.homes).toBe(20);
    expect(body.hours[7]?.homes).toEqual({ loadWh: 12_000 });
  });

  it('are not told where 19 agree, however many do not', async () => {
    await addFlats(19);
    await addFlats(10, { agrees: false });
    await addFlats(10, { proven: false });
    const { body } = await usage();
    expect(body.homes).toBe(15);
    expect(body.hours.every(({ homes }) => homes === null)).toBe(true);
  });

  it('are not told where one of them would show', async () => {
    await addFlats(25);
    await addFlat('sauna', 9000);
    expect((await usage()).body.hours[0]?.homes).toBeNull();
  });

  it('are told once and for good: who agrees or withdraws later changes nothing that was told', async () => {
    await addFlats(20);
    const first = (await usage()).body;
    await addFlat('late', 2000);
    expect((await usage()).body).toEqual(first);
  });

  it('are told the same to whoever runs the building, whenever it asks', async () => {
    await addFlats(22);
    const first = (await usage()).body;
    await registerSite(
      world,
      { partnerId: 'other', siteId: 'hanbit', name: '같은 건물', ...BUILDING },
      { by: 'staff-7', reason: 'a second contract' },
    );
    await addFlats(10);
    expect((await usage('other')).body.hours).toEqual(first.hours);
  });

  it('are told from noon of the next day on, when the night’s late readings are in', async () => {
    world.clock.set(dayStart('2026-11-21') + 11 * HOUR_MS);
    const { status, text } = await usage();
    expect(status).toBe(409);
    expect(JSON.parse(text).code).toBe('not-settled');
  });

  it('offer what their plans could move, and nothing below 20 of them', async () => {
    const ask = () => callPartner(handler, readFlexibility, { as: 'building', params: site });
    await addFlats(19);
    expect((await ask()).body).toMatchObject({ homes: 0, hours: [] });
    await addFlat('twentieth', 500);
    const { body } = await ask();
    expect(body.homes).toBe(20);
    expect(body.hours[0]).toMatchObject({ canReduceW: 60_000, canIncreaseW: 0 });
    world.clock.set(NOON + 3 * HOUR_MS);
    expect((await ask()).body).toMatchObject({ homes: 0, hours: [] });
  });
});
