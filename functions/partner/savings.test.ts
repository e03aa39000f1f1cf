import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listProgrammes } from '@hems/shared/partner-api/programmes';
import { listSavings } from '@hems/shared/partner-api/savings';
import { log } from '../runtime/log.ts';
import { anOfficeWorld, CASHBACK, MAY, OTHER, SHARING, UTILITY, type OfficeWorld } from '../testing/office-world.ts';
import { callPartner, enterPartner } from '../testing/partner-call.ts';
import { liveMonths } from '../testing/past-use.ts';
import { deleteAll } from '../use-cases/erasure/erase-items.ts';
import { settleHousehold } from '../use-cases/settle-household.ts';
import { handler as programmes } from './programmes.ts';
import { handler } from './savings.ts';

vi.spyOn(log, 'warn').mockImplementation(() => undefined);

let world: OfficeWorld;
beforeEach(async () => {
  world = await anOfficeWorld();
});
afterEach(() => world.close());

const list = (query: Record<string, string> = {}, as = UTILITY) =>
  callPartner(handler, listSavings, { as, params: { programme: CASHBACK, period: MAY }, query });

test('a saving names its baseline, method, version, interval and quality, and adds up to the Wh', async () => {
  await world.addHome('home-a');
  await world.settleMay('home-a', 310);
  const { body, text } = await list();
  expect(body.savings).toEqual([
    {
      participant: expect.stringMatching(/^[\w-]{22}$/),
      period: MAY,
      endsOn: '2026-05-31',
      unit: 'won',
      // 40 kWh, 11.4 % of 350: 30 won base and 50 won tier
      amount: 3200,
      ruleVersion: 'energy-cashback/2024-01-01',
      inputsHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      state: 'provisional',
      saving: {
        baselineWh: 350_000,
        usedWh: 310_000,
        savedWh: 40_000,
        interval: { lowWh: 350_000, highWh: 350_000, confidencePercent: 80 },
        method: expect.any(String),
        methodVersion: 1,
        quality: 'good',
      },
    },
  ]);
  expect(text).not.toContain('home-a');
  expect(await world.accessesOf('home-a')).toEqual([
    { who: { kind: 'partner', id: UTILITY }, what: 'savings-read', why: `${CASHBACK} ${MAY}` },
  ]);
});

test('a period that was corrected comes once, with what it is worth in all', async () => {
  await world.addHome('home-a');
  await world.settleMay('home-a', 310);
  await liveMonths(world, { [MAY]: 300 }, 'home-a');
  await settleHousehold(world, { householdId: 'home-a', date: '2026-05-31' });
  expect(await world.entriesOf('home-a')).toHaveLength(2);
  expect((await list()).body.savings).toMatchObject([{ amount: 4000, saving: { savedWh: 50_000 } }]);
});

test('who withdraws is missing at once, also from a list that is half read, and comes back by agreeing again', async () => {
  const homes = ['home-a', 'home-b', 'home-c'];
  for (const home of homes) {
    await world.addHome(home);
    await world.settleMay(home);
  }
  const readAll = async (): Promise<string[]> => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { body }: Awaited<ReturnType<typeof list>> = await list({ limit: '1', ...(cursor && { cursor }) });
      expect(body.savings.length).toBeLessThanOrEqual(1);
      seen.push(...body.savings.map(({ participant }) => participant));
      cursor = body.cursor;
    } while (cursor !== null);
    return seen;
  };
  expect(new Set(await readAll()).size).toBe(3);
  let { body } = await list({ limit: '1' });
  for (const home of homes) await world.say(home, false);
  while (body.cursor !== null) {
    ({ body } = await list({ limit: '1', cursor: body.cursor }));
    expect(body.savings).toEqual([]);
  }
  expect(await readAll()).toEqual([]);
  await world.say('home-b', true);
  expect(await readAll()).toHaveLength(1);
});

test('a household that is erased is missing, though the index still leads to its entry', async () => {
  await world.addHome('home-a');
  await world.settleMay('home-a');
  const { items } = await world.table.query({ table: 'homes', value: 'H#home-a' });
  await deleteAll(world.table, items);
  expect((await list()).body).toEqual({ savings: [], cursor: null });
});

test('a sandbox partner is told of no household, whatever its scopes', async () => {
  await world.addHome('home-a');
  await world.settleMay('home-a');
  await enterPartner(world.table, {
    partnerId: 'trial',
    kind: 'sandbox',
    scopes: ['savings:read'],
    programmes: [CASHBACK],
  });
  expect(await list({}, 'trial')).toMatchObject({ status: 403, body: { code: 'not-in-sandbox' } });
});

test('an office reads no savings without the scope, of another’s programme, or on by another’s cursor', async () => {
  for (const home of ['home-a', 'home-b']) {
    await world.addHome(home);
    await world.settleMay(home);
  }
  expect(await list({}, OTHER)).toMatchObject({ status: 403, body: { code: 'not-your-programme' } });
  const { cursor } = (await list({ limit: '1' }, SHARING)).body;
  expect(await list({ cursor: cursor ?? '' })).toMatchObject({ status: 400, body: { code: 'bad-cursor' } });
  await enterPartner(world.table, { partnerId: UTILITY, scopes: ['programmes:read'], programmes: [CASHBACK] });
  expect(await list()).toMatchObject({ status: 403, body: { code: 'no-scope' } });
});

test('an office reads the rules of its own programmes, version by version', async () => {
  const { body } = await callPartner(programmes, listProgrammes, { as: UTILITY });
  expect(body.programmes.map(({ programme }) => programme)).toEqual([CASHBACK]);
  const [cashback] = body.programmes;
  expect(cashback).toMatchObject({ payer: 'utility', unit: 'won', inForce: 'energy-cashback/2024-01-01' });
  expect(cashback?.versions.map(({ effectiveFrom, effectiveTo }) => [effectiveFrom, effectiveTo])).toEqual([
    ['2022-07-01', '2023-06-30'],
    ['2023-07-01', '2023-12-31'],
    ['2024-01-01', '2026-06-30'],
    ['2026-07-01', '2026-12-31'],
  ]);
  expect(cashback?.versions[1]?.rule).toMatchObject({ floorBasisPoints: 300, baseWonPerKwh: 30, maxWonPerKwh: 100 });
  expect(cashback?.versions[3]).toMatchObject({ provisional: { code: 'O1' }, rule: { tiers: null } });
  await enterPartner(world.table, { partnerId: 'nobody', scopes: ['programmes:read'] });
  expect((await callPartner(programmes, listProgrammes, { as: 'nobody' })).body).toEqual({ programmes: [] });
  await enterPartner(world.table, { partnerId: 'nobody', programmes: [CASHBACK] });
  expect((await callPartner(programmes, listProgrammes, { as: 'nobody' })).status).toBe(403);
});
