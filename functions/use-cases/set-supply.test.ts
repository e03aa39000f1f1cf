import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS } from '@hems/models/calendar/seoul';
import { ASSUMED_SUPPLY, type Supply } from '@hems/models/household/supply';
import { aBilledHome, type BilledHome } from '../testing/billed-home.ts';
import { HOME } from '../testing/world.ts';
import { setSupply } from './set-supply.ts';

const OWNER = { householdId: HOME.householdId, sub: 'owner', role: 'owner' } as const;
let home: BilledHome;
const imported: BilledHome['imported'] = (...given) => home.imported(...given);
const metered: BilledHome['metered'] = (...given) => home.metered(...given);
const bill: BilledHome['bill'] = (date) => home.bill(date);
const run: BilledHome['run'] = (date) => home.run(date);
const costOf: BilledHome['costOf'] = (from, to) => home.costOf(from, to);
beforeEach(async () => {
  home = await aBilledHome();
});

describe('saying how the household is supplied', () => {
  const HIGH: Supply = { ...ASSUMED_SUPPLY, voltage: 'high', discounts: ['A1'] };

  test('the next daily run prices the days of the period anew, and they add up to the new bill', async () => {
    await imported(200);
    await metered('2026-11-21');
    await run();
    const before = await costOf('2026-11-01', '2026-11-21');
    await setSupply(home, OWNER, HIGH);
    await run();
    const { toDate } = await bill();
    const after = await costOf('2026-11-01', '2026-11-21');
    expect(after).toBeLessThan(before);
    expect(toDate).toMatchObject({ voltage: 'high', won: { bill: after } });
  });

  test('a period that is over keeps its bill and its daily costs, which add up to it', async () => {
    await imported(200);
    await metered('2026-11-21');
    await run();
    const october = await bill('2026-10-10');
    const won = await costOf('2026-10-01', '2026-10-31');
    expect(october.toDate).toMatchObject({ won: { bill: won } });
    await setSupply(home, OWNER, { ...HIGH, readingDay: 25 });
    home.clock.set(home.clock.now() + 24 * HOUR_MS);
    await run('2026-11-22');
    expect(await bill('2026-10-10')).toEqual(october);
    expect(await costOf('2026-10-01', '2026-10-31')).toBe(won);
    expect(await bill()).toMatchObject({
      supply: { readingDay: 25 },
      period: { from: '2026-11-01', to: '2026-11-24' },
    });
  });

  test('a new reading day ends the period before it, and the days of both add up to their bills', async () => {
    await imported(200);
    await metered('2026-11-21');
    await run();
    expect(await setSupply(home, OWNER, { ...HIGH, readingDay: 15 })).toMatchObject({ from: '2026-11-15' });
    await run();
    expect(await bill('2026-11-14')).toMatchObject({
      supplyAssumed: true,
      period: { from: '2026-11-01', to: '2026-11-14', days: 14 },
      toDate: { voltage: 'low', won: { bill: await costOf('2026-11-01', '2026-11-14') } },
    });
    expect(await bill()).toMatchObject({
      supplyAssumed: false,
      period: { from: '2026-11-15', to: '2026-12-14' },
      toDate: { voltage: 'high', won: { bill: await costOf('2026-11-15', '2026-11-21') } },
    });
  });

  test('holds from the day that is said; from a day whose period is final it is refused, and nothing changes', async () => {
    expect(await setSupply(home, OWNER, { ...HIGH, from: '2026-11-10' })).toMatchObject({ from: '2026-11-10' });
    expect(await bill('2026-11-09')).toMatchObject({ supplyAssumed: true, period: { to: '2026-11-09' } });
    await expect(setSupply(home, OWNER, { ...ASSUMED_SUPPLY, from: '2026-10-20' })).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('a change can hold from 2026-11-01 on'),
    });
    expect(await bill()).toMatchObject({ supply: HIGH, period: { from: '2026-11-10' } });
  });

  test('two that say it at once: both are heard, the later row stands on the earlier one', async () => {
    const said = [
      setSupply(home, OWNER, { ...HIGH, from: '2026-11-03' }),
      setSupply(home, OWNER, { ...HIGH, discounts: ['B1'], from: '2026-11-10' }),
    ];
    await Promise.all(said);
    expect(await bill('2026-11-05')).toMatchObject({ supply: { voltage: 'high', discounts: ['A1'] } });
    expect(await bill('2026-11-10')).toMatchObject({ supply: { voltage: 'high', discounts: ['B1'] } });
  });

  test.each(['owner', 'member'] as const)('%s: may', async (role) => {
    expect(await setSupply(home, { ...OWNER, role }, HIGH)).toEqual({
      supply: HIGH,
      assumed: false,
      from: '2026-11-01',
    });
    expect(await bill()).toMatchObject({ supply: HIGH, supplyAssumed: false });
  });

  test('a viewer may not, and nothing changes', async () => {
    await expect(setSupply(home, { ...OWNER, role: 'viewer' }, HIGH)).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await bill()).toMatchObject({ supplyAssumed: true });
  });

  test('what no contract can be is refused, and nothing changes', async () => {
    const wrong: Supply = { ...HIGH, plan: { plan: 'tou', contractKw: 3 } };
    await expect(setSupply(home, OWNER, wrong)).rejects.toMatchObject({ kind: 'invalid' });
    expect(await bill()).toMatchObject({ supplyAssumed: true });
  });
});
