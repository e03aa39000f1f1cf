import { beforeEach, describe, expect, test } from 'vitest';
import { dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { ASSUMED_SUPPLY, type Supply } from '@hems/models/household/supply';
import { aBilledHome, type BilledHome } from '../testing/billed-home.ts';
import { HOME } from '../testing/world.ts';
import { readDays } from './stores/days.ts';
import { putProfile, readProfile } from './stores/households.ts';
import { putSupplies } from './stores/supplies.ts';

const { householdId } = HOME;
let home: BilledHome;
const imported: BilledHome['imported'] = (...given) => home.imported(...given);
const metered: BilledHome['metered'] = (...given) => home.metered(...given);
const bill: BilledHome['bill'] = (date) => home.bill(date);
const run: BilledHome['run'] = (date) => home.run(date);
const costOf: BilledHome['costOf'] = (from, to) => home.costOf(from, to);
beforeEach(async () => {
  home = await aBilledHome();
});

/** It has said so before all of its days. */
const supplied = (over: Partial<Supply>) =>
  putSupplies(home.table, householdId, {
    rows: [{ from: '2025-01-01', supply: { ...ASSUMED_SUPPLY, ...over } }],
    version: 0,
  });
const livesIn = async (region: string): Promise<void> => {
  const profile = await readProfile(home.table, householdId);
  if (!profile) throw new Error('the world has no household');
  await putProfile(home.table, { ...profile, region });
};

describe('the running bill of a household', () => {
  test('adds the items of the past days, yesterday from its quarter hours and today up to noon', async () => {
    await imported(200);
    await metered('2026-11-21', 96 + 48);
    const { period, use, supplyAssumed, toDate, projected, tierBar } = await bill();
    expect(period).toEqual({ from: '2026-11-01', to: '2026-11-30', days: 30, daysPassed: 21 });
    expect(use).toEqual({ importWh: 20 * 10_000 + 9600 + 4800, exportWh: 0, missingDays: 0, quality: 'good' });
    expect(supplyAssumed).toBe(true);
    expect(toDate).toMatchObject({ status: 'priced', kwh: 214, tier: 2 });
    expect(projected).toMatchObject({ status: 'projected', confidencePercent: 80 });
    // 8.5 days of a little under 10 kWh are to come
    const { useWh } = projected as Extract<typeof projected, { status: 'projected' }>;
    expect(useWh.middle).toBeGreaterThan(214_400 + 80_000);
    expect(useWh.middle).toBeLessThan(214_400 + 86_000);
    expect(tierBar).toMatchObject({
      usedKwh: 214,
      tiers: [{ toKwh: 200 }, { toKwh: 400 }, { toKwh: null }],
      crossing: null,
    });
  });

  test('the costs of its days add up to it', async () => {
    await imported(200);
    await metered('2026-11-21');
    await run();
    const days = await readDays(home.table, householdId, ['2026-11-01', '2026-11-21']);
    const won = days.reduce((sum, { cost }) => sum + (cost?.won ?? 0), 0);
    expect((await bill()).toDate).toMatchObject({ won: { bill: won } });
  });

  test('says what it assumed until the household has said how it is supplied', async () => {
    await imported(60);
    expect(await bill()).toMatchObject({ supplyAssumed: true, supply: ASSUMED_SUPPLY });
    await supplied({ voltage: 'high', readingDay: 15 });
    expect(await bill()).toMatchObject({
      supplyAssumed: false,
      period: { from: '2026-11-15', to: '2026-12-14', daysPassed: 7 },
      toDate: { voltage: 'high' },
    });
  });

  test('a new household has a bill of nothing, and is told why there is no projection', async () => {
    expect(await bill()).toMatchObject({
      use: { importWh: 0, missingDays: 21, quality: 'missing' },
      toDate: { status: 'priced', kwh: 0, won: { bill: 1120 } },
      projected: { status: 'refused', code: 'insufficient-history' },
      tierBar: { usedKwh: 0, projectedKwh: null, crossing: null },
    });
  });

  test('a day without readings is missing from the sums and expected in the projection', async () => {
    await imported(200, { before: '2026-11-15' });
    await imported(4, { before: '2026-11-21' });
    await metered('2026-11-21');
    const { use, projected } = await bill();
    // 15 and 16 November
    expect(use).toEqual({ importWh: 18 * 10_000 + 9600, exportWh: 0, missingDays: 2, quality: 'estimated' });
    expect(projected).toMatchObject({ useWh: { middle: expect.closeTo(297_000, -4) } });
  });

  test('a period that is over has its final bill and nothing to project', async () => {
    await imported(200);
    expect(await bill('2026-10-09')).toMatchObject({
      period: { from: '2026-10-01', to: '2026-10-31', daysPassed: 31 },
      toDate: { kwh: 310, won: { bill: expect.any(Number) } },
      projected: null,
      tierBar: { usedKwh: 310, projectedKwh: null, crossing: null },
    });
  });

  test('on the first of the month a period begins without a day passed', async () => {
    home.clock.set(dayStart('2026-12-01') + HOUR_MS);
    await imported(200, { before: '2026-12-01' });
    expect(await bill()).toMatchObject({
      period: { from: '2026-12-01', daysPassed: 0 },
      use: { importWh: 0, missingDays: 0 },
      projected: { status: 'projected', useWh: { middle: expect.closeTo(310_000, -4) } },
      tierBar: { crossing: { intoTier: 2, atKwh: 200, alert: true } },
    });
  });

  test('who moved in on the 15th has a bill from the 15th', async () => {
    await imported(7);
    await supplied({ movedIn: '2026-11-15' });
    expect(await bill()).toMatchObject({
      period: { from: '2026-11-15', to: '2026-11-30', days: 16 },
      toDate: { period: { monthDays: 30 } },
    });
    await expect(bill('2026-11-10')).rejects.toMatchObject({
      kind: 'invalid',
      message: 'date: 2026-11-10 is before the household moved in on 2026-11-15',
    });
  });

  test.each([
    ['2026-11-23', 'date: 2026-11-23 has not begun; ask for a day up to today, 2026-11-22'],
    ['2020-05-01', 'date: the residential tariff has no row for 2020-05-01; it begins on 2021-01-01'],
  ])('%s is refused: %s', async (date, message) => {
    await expect(bill(date)).rejects.toMatchObject({ kind: 'invalid', message });
  });

  test('credit of sunny months comes off the bill, and is that which the days were told with', async () => {
    await supplied({ netMetering: true });
    await imported(30, { importWh: 4000, exportWh: 9000, before: '2026-10-01' });
    await imported(51, { importWh: 8000, exportWh: 5000 });
    const carriedInKwh = 150 - 31 * 3;
    expect(await bill()).toMatchObject({ toDate: { netMetering: { carriedInKwh } } });
    await metered('2026-11-21');
    await run();
    const [first] = await readDays(home.table, householdId, ['2026-11-01', '2026-11-01']);
    expect(await bill()).toMatchObject({ toDate: { netMetering: { carriedInKwh: first!.cost!.carriedInKwh } } });
  });

  test('time of use needs the hours: with totals alone there is no bill, and it says why', async () => {
    await supplied({ plan: { plan: 'tou', contractKw: 3 } });
    await livesIn('부산광역시 해운대구');
    await imported(200);
    expect(await bill()).toMatchObject({
      toDate: { status: 'unsupported', code: 'tou-without-bands' },
      projected: { status: 'refused', code: 'tou-without-bands' },
      tierBar: null,
    });
  });

  test('time of use: from the meter’s quarter hours to bands that add up to the billed use', async () => {
    await supplied({ plan: { plan: 'tou', contractKw: 3 }, movedIn: '2026-11-20' });
    await livesIn('서울특별시 마포구');
    await metered('2026-11-20', 2 * 96 + 48);
    const { use, toDate } = await bill();
    expect(use.importWh).toBe(24_000);
    // Friday 4.0 off, 3.2 mid, 2.4 peak; Saturday 4.0 off, 5.6 mid; Sunday up to noon 4.8 off
    expect(toDate).toMatchObject({ status: 'priced', kwh: 24, segments: [{ bandKwh: { off: 13, mid: 9, peak: 2 } }] });
  });

  test('time of use on Jeju: its hours, and a household that turns out to live there is billed anew by them', async () => {
    await supplied({ plan: { plan: 'tou', contractKw: 3 }, movedIn: '2026-11-20' });
    await livesIn('서울특별시 마포구');
    // Friday up to noon: 3.2 kWh off, then on the mainland 0.4 mid and 1.2 peak, on Jeju 1.6 mid
    await metered('2026-11-20', 48);
    home.clock.set(dayStart('2026-11-20') + 12 * HOUR_MS);
    const bands = async () => (await bill()).toDate;
    expect(await bands()).toMatchObject({ segments: [{ bandKwh: { off: 3, mid: 0, peak: 2 } }] });
    await livesIn('제주특별자치도 제주시');
    expect(await bands()).toMatchObject({ segments: [{ bandKwh: { off: 3, mid: 2, peak: 0 } }] });
  });

  test('time of use without a region is refused, not guessed', async () => {
    await supplied({ plan: { plan: 'tou', contractKw: 3 }, movedIn: '2026-11-20' });
    await metered('2026-11-20', 48);
    expect(await bill()).toMatchObject({ toDate: { status: 'unsupported', code: 'tou-unknown-region' } });
    await livesIn('중구');
    expect(await bill()).toMatchObject({ toDate: { status: 'unsupported', code: 'tou-unknown-region' } });
  });

  test('time of use: the next daily run prices the open days anew by the hours of the region that is named', async () => {
    await supplied({ plan: { plan: 'tou', contractKw: 3 }, movedIn: '2026-11-20' });
    await metered('2026-11-20', 2 * 96);
    await run('2026-11-20');
    const withheld = async () =>
      (await readDays(home.table, householdId, ['2026-11-20', '2026-11-21'])).map((day) => day.withheld?.cost);
    expect(await withheld()).toEqual(['tou-unknown-region']);
    await livesIn('제주시');
    await run();
    expect(await withheld()).toEqual([undefined, undefined]);
    const onJeju = await costOf('2026-11-20', '2026-11-21');
    expect((await bill()).toDate).toMatchObject({ won: { bill: onJeju } });
    await livesIn('서울');
    await run();
    expect((await bill()).toDate).toMatchObject({ won: { bill: await costOf('2026-11-20', '2026-11-21') } });
  });

  test('who has moved out has a last bill up to the day before, and none after it', async () => {
    await imported(200);
    await supplied({ movedOut: '2026-11-16' });
    expect(await bill('2026-11-10')).toMatchObject({
      period: { from: '2026-11-01', to: '2026-11-15', days: 15, daysPassed: 15 },
      toDate: { kwh: 150, period: { monthDays: 30 } },
      projected: null,
    });
    await expect(bill()).rejects.toMatchObject({
      message: 'date: 2026-11-22 is no day of the household, which moved out on 2026-11-16',
    });
  });
});
