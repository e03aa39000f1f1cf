import { beforeAll, describe, expect, test } from 'vitest';
import { DAY_MS } from '@hems/models/calendar/seoul';
import { aWorld, NOON, type World } from '../../testing/world.ts';
import { hoursUntilNow } from '../days/hours-until-now.ts';
import { readDays } from '../read-days.ts';
import { readHouseholds } from '../read-session.ts';
import { readRunningBill } from '../read-running-bill.ts';
import { readUsage } from '../read-usage.ts';
import { householdsOfShard, readProfile } from '../stores/households.ts';
import { shardOf } from '@hems/models/household/shard';
import { openHousehold } from './open-household.ts';
import { readOnboarding } from './read-onboarding.ts';

const DEMO = { requestId: 'request-demo', kind: 'demo', name: '우리 집 데모', buildingType: 'apartment' } as const;

let world: World;
let householdId: string;
// made once: each of them is a year of minutes
beforeAll(async () => {
  world = await aWorld();
  ({ householdId } = await openHousehold(world, 'ada', DEMO));
});

describe('a demo home that was just opened', () => {
  test('shows 13 months of days with their cost, and savings against the days before', async () => {
    const { days, saved } = await readDays(world, { householdId, from: '2025-10-25', to: '2026-11-21' });
    expect(days).toHaveLength(393);
    expect(
      days.every(
        ({ importWh, cost, source }) => (importWh ?? 0) > 500 && (cost?.won ?? 0) > 0 && source === 'simulated',
      ),
    ).toBe(true);
    expect(saved?.days).toBeGreaterThan(300);
  });

  test('shows the running bill of this month without a gap, and the chart of the last weeks', async () => {
    const bill = await readRunningBill(world, { householdId });
    expect(bill).toMatchObject({ use: { missingDays: 0 }, toDate: { status: 'priced' } });
    expect(bill.use.importWh).toBeGreaterThan(50_000);
    const usage = await readUsage(world.deps, { householdId, grain: 'day', from: '2026-11-01', to: '2026-11-21' });
    expect(usage.intervals.map(({ importWh }) => importWh ?? 0).every((wh) => wh > 500)).toBe(true);
  });

  test('has the hours of 400 days and of today so far, so that a forecast can be made of it at once', async () => {
    const hours = await hoursUntilNow(world, householdId, 365);
    expect(hours?.firstDate).toBe('2025-11-22');
    expect(hours?.loadWh).toHaveLength(365 * 24 + 12);
    expect(hours?.loadWh.every((wh) => wh !== null)).toBe(true);
    const { days } = await readDays(world, { householdId, from: '2026-11-21', to: '2026-11-21' });
    const yesterday = hours?.loadWh.slice(-36, -12) ?? [];
    expect(yesterday.reduce<number>((sum, wh) => sum + (wh ?? 0), 0)).toBe(days[0]?.loadWh);
  });

  test('is said to be simulated wherever it is shown', async () => {
    expect((await readProfile(world.table, householdId))?.origin).toMatchObject({ type: 'simulated' });
    expect(await readHouseholds(world, 'ada')).toMatchObject([
      { origin: { type: 'simulated' }, isProven: true, role: 'owner' },
    ]);
    expect(await readOnboarding(world, householdId)).toMatchObject({
      kind: 'demo',
      next: 'done',
      proof: { state: 'proven', by: 'demo' },
      historyDays: 417,
    });
  });

  test('is visited by no daily run: nothing is settled for it, and it stands in no ranking', async () => {
    const visited = await householdsOfShard(world.table, shardOf(householdId));
    expect(visited.map((one) => one.householdId)).not.toContain(householdId);
  });

  test('opened again by the same request, it is the same one and nothing is lived twice', async () => {
    const again = await openHousehold(world, 'ada', DEMO);
    expect(again).toMatchObject({ householdId, historyDays: 417 });
  });

  test('looked at after ten days, it has lived on until yesterday', async () => {
    world.clock.set(NOON + 10 * DAY_MS);
    expect(await readOnboarding(world, householdId)).toMatchObject({ historyDays: 427 });
    const { days } = await readDays(world, { householdId, from: '2026-11-20', to: '2026-12-02' });
    expect(days.map(({ date }) => date).at(-1)).toBe('2026-12-01');
    expect(days).toHaveLength(12);
  });
});

/** Measured: 0.45 s of one core; a Lambda function of 512 MB has less than a third of one. What else the machine does is not counted. */
test('a demo home is there with its bill within 1.5 s', async () => {
  const since = process.threadCpuUsage();
  const { householdId: opened } = await openHousehold(world, 'ben', { ...DEMO, buildingType: 'house' });
  expect(await readRunningBill(world, { householdId: opened })).toMatchObject({ toDate: { status: 'priced' } });
  const { user, system } = process.threadCpuUsage(since);
  expect(user + system).toBeLessThan(1_500_000);
});

test('the demo homes of two people are two homes', async () => {
  const ids = [householdId, (await openHousehold(world, 'cho', DEMO)).householdId];
  const uses = await Promise.all(
    ids.map(async (id) =>
      (await readDays(world, { householdId: id, from: '2026-11-01', to: '2026-11-21' })).days.map(
        ({ importWh }) => importWh,
      ),
    ),
  );
  expect(new Set(uses.map((use) => JSON.stringify(use))).size).toBe(2);
});
