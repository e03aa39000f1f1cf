import { beforeAll, expect, test } from 'vitest';
import { addDays, dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { DEMO_HOUSEHOLDS, idsOf } from './households.ts';
import { aWorld, HOME, type World } from '../../testing/world.ts';
import { listSegments, mergeHistograms, rankSegment } from '../../use-cases/community/rank-segment.ts';
import { leaveCommunity } from '../../use-cases/community/membership.ts';
import { readChallenges } from '../../use-cases/community/read-challenges.ts';
import { readCommunity } from '../../use-cases/community/read-community.ts';
import { standHousehold } from '../../use-cases/community/stand-household.ts';
import { readMemberships } from '../../use-cases/stores/community.ts';
import { householdsOfShard, putProfile, type Profile } from '../../use-cases/stores/households.ts';
import { SHARDS } from '@hems/models/household/shard';
import { refreshNeighbours } from './neighbours.ts';

const YESTERDAY = '2026-11-21';
const DEMO = idsOf(DEMO_HOUSEHOLDS[0]!.home.seed);

let world: World;
let neighbours: Profile[];
beforeAll(async () => {
  world = await aWorld();
  await putProfile(world.table, { ...DEMO, buildingType: 'apartment', region: '서울 마포구' });
  await refreshNeighbours(world, YESTERDAY);
  const shards = await Promise.all(Array.from({ length: SHARDS }, (_, shard) => householdsOfShard(world.table, shard)));
  const others = new Set([DEMO.householdId, HOME.householdId]);
  neighbours = shards.flat().filter(({ householdId }) => !others.has(householdId));
});

const rank = async (date: string): Promise<void> => {
  world.clock.set(dayStart(addDays(date, 1)) + HOUR_MS);
  for (const { householdId } of neighbours) await standHousehold(world, { householdId, date });
  for (const segment of await listSegments(world, { date })) await rankSegment(world, { segment, date });
  await mergeHistograms(world, { date });
};

test('24 neighbours, simulated, stand on one board, and most of them save', async () => {
  expect(neighbours).toHaveLength(24);
  expect(neighbours.every(({ origin }) => origin?.type === 'simulated')).toBe(true);
  await rank(YESTERDAY);
  const { board } = await readCommunity(world, { householdId: neighbours[0]!.householdId });
  expect(board).toMatchObject({ members: 24, through: YESTERDAY });
  const savers = await Promise.all(
    neighbours.map(async ({ householdId }) => (await readCommunity(world, { householdId })).standing),
  );
  const saved = savers.flatMap((one) => (one?.status === 'standing' ? [one.expectedWh - one.actualWh] : []));
  expect(saved).toHaveLength(24);
  const perDay = saved.map((wh) => wh / 21).toSorted((a, b) => a - b);
  expect(perDay[12]).toBeGreaterThan(300);
  expect(perDay.at(-1)).toBeLessThan(2500);
});

test('one challenge runs with more than 20 in it, another can be joined', async () => {
  const shown = await readChallenges(world, DEMO.householdId);
  expect(shown).toMatchObject([
    { challengeId: 'demo-2026-12', phase: 'open', joined: false, participants: null },
    { challengeId: 'demo-2026-11', phase: 'running', joined: true, participants: 25 },
  ]);
});

test('a refresh of the next day adds that day and changes nothing else; who left the community stays away', async () => {
  await leaveCommunity(world, { householdId: DEMO.householdId, sub: 'demo', role: 'owner' });
  const before = await readMemberships(world.table, DEMO.householdId);
  const { householdId } = neighbours[3]!;
  const days = async () =>
    (await world.table.query({ table: 'energy', value: `H#${householdId}`, prefix: 'DAY#' })).items;
  const known = await days();
  await refreshNeighbours(world, YESTERDAY);
  expect(await days()).toEqual(known);
  await refreshNeighbours(world, addDays(YESTERDAY, 1));
  expect((await days()).filter(({ version }) => version > 1)).toEqual([]);
  expect((await days()).map(({ sk }) => sk).filter((sk) => !known.some((one) => one.sk === sk))).toEqual([
    'DAY#2026-11-22',
  ]);
  expect(await readMemberships(world.table, DEMO.householdId)).toEqual(before);
});
