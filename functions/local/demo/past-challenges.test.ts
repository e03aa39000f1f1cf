import { beforeAll, expect, test } from 'vitest';
import { addDays, dayStart, HOUR_MS, localDate } from '@hems/models/calendar/seoul';
import { HOME_TARGET } from '@hems/models/incentive/rows/events';
import { homeDays, type HomeDay } from '@hems/models/testing/home-days';
import { devicesOf } from '@hems/models/testing/home';
import { aWorld, NOON, type World } from '../../testing/world.ts';
import { askPayout } from '../../use-cases/ask-payout.ts';
import { leaveCommunity } from '../../use-cases/community/membership.ts';
import { readChallenges } from '../../use-cases/community/read-challenges.ts';
import { importDays } from '../../use-cases/import-days.ts';
import { recompute } from '../../use-cases/programmes/recompute.ts';
import { withdraw } from '../../use-cases/programmes/withdraw.ts';
import { readEvidence } from '../../use-cases/read-evidence.ts';
import { readRewards } from '../../use-cases/read-rewards.ts';
import { settleHousehold } from '../../use-cases/settle-household.ts';
import { readMemberships } from '../../use-cases/stores/community.ts';
import { listEnrolments } from '../../use-cases/stores/enrolments.ts';
import { putDevice, putProfile, type Member } from '../../use-cases/stores/households.ts';
import { readEntries } from '../../use-cases/stores/ledger.ts';
import { NO_PROOF, proofPut } from '../../use-cases/stores/proofs.ts';
import { DEMO_HOUSEHOLDS, idsOf, subOf } from './households.ts';
import { joinPastChallenges, settlePastChallenges } from './past-challenges.ts';
import { simulatedHomes, simulatedPast } from './simulated-homes.ts';

const FLAT = DEMO_HOUSEHOLDS[0]!;
const { householdId, telemetryId, gateway } = idsOf(FLAT.home.seed);
const OWNER: Member = { householdId, sub: subOf('demo1@example.com'), role: 'owner' };
const TODAY = localDate(NOON);

/** What the flat's challenges rest on: the autumn, and the one a year before. */
const lived = (): HomeDay[] => {
  const { spec } = simulatedHomes(NOON, 1)[0]!;
  if (spec.type !== 'simulated') throw new Error('no simulated home');
  return [...simulatedPast({ ...spec, totals: ['2025-07-25', TODAY] })];
};

let world: World;
let year: readonly HomeDay[];
const bringUp = async (): Promise<void> => {
  await joinPastChallenges(world);
  await settlePastChallenges(world);
};
const rewards = () => readRewards(world, { householdId });

beforeAll(async () => {
  world = await aWorld();
  const { table } = world;
  const { building: buildingType, areaM2, people, seed } = FLAT.home;
  const origin = { type: 'simulated', seed } as const;
  for (const { deviceId, kind } of devicesOf(FLAT.home))
    await putDevice(table, householdId, { deviceId, kind, name: kind, gateway, status: 'active' });
  await table.put(proofPut(householdId, { ...NO_PROOF, state: 'proven', by: 'operator', atMs: NOON }, 0));
  await putProfile(table, { householdId, telemetryId, buildingType, region: '서울 마포구', areaM2, people, origin });
  year = lived();
  const days = year.map((day) => ({ ...day, quality: 'estimated' as const, source: 'simulated' as const }));
  const { refused } = await importDays(world, householdId, days);
  if (refused.length > 0) throw new Error(`${refused.length} days were refused`);
  await bringUp();
}, 30_000);

test('the flat used more a year before, by how it lived then', () => {
  const october = (y: number): number =>
    year.filter(({ date }) => date.startsWith(`${y}-10`)).reduce((sum, { importWh }) => sum + importWh, 0);
  const asNow = [...homeDays(FLAT.home, '2025-10-01', '2025-11-01')].reduce((sum, { importWh }) => sum + importWh, 0);
  expect(october(2025)).toBeGreaterThan(asNow * 1.03);
  expect(october(2026)).toBeLessThan(october(2025) * 0.95);
});

test('three months are settled with what the engine makes of them: two final, the last provisional, and a month that missed the goal at nothing', async () => {
  const { entries, balances } = await rewards();
  expect(entries.map(({ period, amount, unit, state }) => [period, amount, unit, state])).toEqual([
    ['demo-2026-10', 1000, 'points', 'provisional'],
    ['demo-2026-09', 1000, 'points', 'final'],
    ['demo-2026-08', 0, 'points', 'final'],
  ]);
  expect(balances).toMatchObject({ points: { earned: 2000, withdrawable: 2000 }, won: { earned: 0, expected: 0 } });
  for (const { entryId } of entries)
    expect(await readEvidence({ ...world, recompute }, { householdId, entryId })).toMatchObject({ matches: true });
});

test('each entry was recorded in the night after its month', async () => {
  for (const { endsOn, recordedMs } of await readEntries(world.table, householdId))
    expect(recordedMs).toBe(dayStart(addDays(endsOn, 1)) + HOUR_MS);
});

test('another start, and the daily run of the day, change nothing', async () => {
  const before = await readEntries(world.table, householdId);
  const memberships = await readMemberships(world.table, householdId);
  await bringUp();
  await settleHousehold(world, { householdId, date: addDays(TODAY, -1) });
  expect(await readEntries(world.table, householdId)).toEqual(before);
  expect(await readMemberships(world.table, householdId)).toEqual(memberships);
});

test('the challenges that are lately over show how they ended', async () => {
  expect(await readChallenges(world, householdId)).toMatchObject([
    { challengeId: 'demo-2026-10', phase: 'closing', joined: true, result: { reached: true, amount: 1000 } },
    { challengeId: 'demo-2026-09', phase: 'closed', joined: true, result: { reached: true, amount: 1000 } },
  ]);
});

test('the points can be asked for, and who leaves the programme and the community is not put back', async () => {
  const asked = { payoutId: 'payout-1', unit: 'points', amount: 1500 } as const;
  expect(await askPayout(world, OWNER, asked)).toMatchObject({ state: 'pending' });
  expect((await rewards()).balances.points).toMatchObject({ withdrawable: 500, underway: 1500 });
  await leaveCommunity(world, OWNER);
  await withdraw(world, OWNER, { programme: HOME_TARGET.id });
  await bringUp();
  expect(await listEnrolments(world.table, householdId)).toMatchObject([{ state: 'withdrawn' }]);
  expect((await readMemberships(world.table, householdId)).memberships).toMatchObject([{ leftOn: TODAY }]);
});
