import { beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '@hems/models/calendar/seoul';
import { opaqueId } from '@hems/models/testing/random';
import type { Community as Answer } from '@hems/shared/api/community';
import { ConditionFailed } from '../../ports/table.ts';
import { putBoard, readBoard, readSummary } from '../stores/boards.ts';
import { currentOf, putStanding, readMemberships } from '../stores/community.ts';
import { memberEnd, type Member } from '../stores/households.ts';
import { joinCommunity, leaveCommunity } from './membership.ts';
import { rankSegment } from './rank-segment.ts';
import { readCommunity } from './read-community.ts';
import { standHousehold } from './stand-household.ts';
import { aCommunity, aDay, datesBetween, type Community } from '../../testing/community-world.ts';

const DATE = '2026-11-10';
const GROUP = { segment: '서울 마포구/apartment', month: '2026-11' };
const REFERENCE = datesBetween('2025-10-25', '2025-12-10').map((date) => aDay(date, 10_000));
const LATELY = datesBetween('2026-10-10', '2026-10-31').map((date) => aDay(date, 10_000));

let community: Community;
const members = new Map<string, Member>();
const idOf = (i: number): string => `home-${String(i).padStart(2, '0')}`;

/** The homes have used so many Wh a day in November; each has one more percent than the one before. */
const settled = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) {
    const householdId = idOf(i);
    const member = await community.addHome(householdId);
    members.set(householdId, member);
    const november = datesBetween('2026-11-01', DATE).map((date) => aDay(date, 9000 + 100 * i));
    await community.days(householdId, [...REFERENCE, ...LATELY, ...november]);
    await community.join(member, '2026-10-01');
  }
  await community.run(DATE, [...members.keys()]);
};
const seen = (householdId: string): Promise<Answer> => readCommunity(community.deps, { householdId });
const leave = async (i: number): Promise<void> => leaveCommunity(community.deps, members.get(idOf(i))!);

beforeEach(async () => {
  community = await aCommunity();
  members.clear();
});

describe('the board of 25 homes', () => {
  beforeEach(() => settled(25));

  test('is exact: own row, top three, three neighbours on either side, all cut from one order', async () => {
    const { board, about, peerMedian, standing, cohort, hidden } = await seen('home-12');
    expect(standing).toEqual({
      status: 'standing',
      savedBasisPoints: -200,
      expectedWh: 100_000,
      actualWh: 102_000,
      knownDays: 10,
      absentDays: 0,
      through: DATE,
    });
    expect(board).toMatchObject({ members: 25, own: { rank: 13, savedBasisPoints: -200, own: true }, through: DATE });
    expect(board?.top.map(({ rank, savedBasisPoints }) => [rank, savedBasisPoints])).toEqual([
      [1, 1000],
      [2, 900],
      [3, 800],
    ]);
    expect(board?.neighbours.map(({ rank }) => rank)).toEqual([10, 11, 12, 13, 14, 15, 16]);
    expect(hidden).toBeNull();
    expect(cohort).toEqual({ region: '서울 마포구', buildingType: 'apartment', members: 25 });
    expect(about).toEqual({ about: 13, of: 25 });
    expect(peerMedian).toBeNull();
  });

  test('made again is the same', async () => {
    const stored = async () => [await readSummary(community.table, GROUP), await readBoard(community.table, GROUP, 0)];
    const before = await stored();
    await community.run(DATE, [...members.keys()]);
    expect(await stored()).toEqual(before);
  });

  test('tells of the others a made-up name and their rank, and no id of a household or member', async () => {
    const { memberships } = await readMemberships(community.table, 'home-00');
    const text = JSON.stringify(await seen('home-12'));
    for (const householdId of members.keys()) expect(text).not.toContain(householdId);
    expect(text).not.toContain(memberships[0]!.memberId);
    expect(text).toContain('"ko"');
  });

  test('holds no household in the table that it is made of', async () => {
    const { table } = community;
    const partitions = [
      `BOARD#${GROUP.month}#${GROUP.segment}`,
      `STAND#${GROUP.month}#${GROUP.segment}`,
      'ABOUT#2026-11',
    ];
    for (const value of partitions) {
      const { items } = await table.query({ table: 'community', value });
      expect(items.length).toBeGreaterThan(0);
      expect(JSON.stringify(items)).not.toMatch(/home-\d/);
    }
  });

  test('loses who leaves at once, and the ranks close up without a gap', async () => {
    await leave(0);
    await leave(11);
    const { board } = await seen('home-12');
    expect(board).toMatchObject({ members: 23, own: { rank: 11 } });
    expect(board?.top.map(({ rank, savedBasisPoints }) => [rank, savedBasisPoints])).toEqual([
      [1, 900],
      [2, 800],
      [3, 700],
    ]);
    expect(await seen('home-11')).toMatchObject({ board: null, hidden: 'not-joined', standing: null, about: null });
  });

  test('does not show who left while the ranking was being made', async () => {
    const before = await readBoard(community.table, GROUP, 0);
    await leave(0);
    await rankSegment(community.deps, { segment: GROUP.segment, date: DATE });
    expect((await readBoard(community.table, GROUP, 0))?.rows).toHaveLength(24);
    // a ranking that read before the leaving and wrote after it
    await putBoard(community.table, GROUP, { ...before!, number: 0 });
    expect((await seen('home-12')).board).toMatchObject({
      members: 24,
      top: [{ rank: 1, savedBasisPoints: 900 }, {}, {}],
    });
  });

  test('is hidden once fewer than 20 are left', async () => {
    for (let i = 0; i < 6; i++) await leave(i);
    expect(await seen('home-12')).toMatchObject({
      board: null,
      hidden: 'cohort-too-small',
      standing: { status: 'standing' },
    });
  });

  test('does not have who joined after it was made, until the next is made', async () => {
    const member = await community.addHome('late');
    await community.days('late', [...REFERENCE, ...datesBetween('2026-11-01', DATE).map((date) => aDay(date, 9500))]);
    await community.join(member, '2026-11-11');
    community.after(DATE);
    expect(await seen('late')).toMatchObject({ hidden: 'no-standing', standing: null });
    await standHousehold(community.deps, { householdId: 'late', date: DATE });
    expect(await seen('late')).toMatchObject({ hidden: 'not-ranked-yet' });
    await community.rank(DATE);
    expect(await seen('late')).toMatchObject({ hidden: null, board: { members: 26 } });
  });

  test('ranks nobody by an older day than the others, and again once the day is there', async () => {
    const next = addDays(DATE, 1);
    for (const householdId of members.keys()) await community.days(householdId, [aDay(next, 10_000)]);
    await community.run(
      next,
      [...members.keys()].filter((id) => id !== 'home-12'),
    );
    expect(await seen('home-12')).toMatchObject({ hidden: 'not-ranked-yet' });
    expect((await seen('home-11')).board).toMatchObject({ members: 24, through: next });
    await community.run(next, ['home-12']);
    expect((await seen('home-12')).board).toMatchObject({ members: 25 });
  });
});

test('a peer median of the 30 days is told from 30 other homes on, without the own use', async () => {
  await settled(30);
  expect((await seen('home-00')).peerMedian).toBeNull();
  const member = await community.addHome('one-more');
  await community.days('one-more', [
    ...REFERENCE,
    ...LATELY.map((day) => aDay(day.date, 40_000)),
    ...datesBetween('2026-11-01', DATE).map((date) => aDay(date, 10_000)),
  ]);
  await community.join(member, '2026-10-01');
  await community.run(DATE, ['one-more']);
  // of 20 days of October and 10 of November: 200 kWh and 10 times 9.0 to 11.9
  expect((await seen('one-more')).peerMedian).toEqual({ medianWh: 304_500, homes: 30 });
});

test('2,001 members are ranked in two boards, each item fits the store, and each member is on exactly one', async () => {
  const ids = Array.from({ length: 2001 }, (_, i) => opaqueId('member', i));
  const standing = {
    status: 'standing',
    expectedWh: 300_000,
    actualWh: 300_000,
    knownDays: 10,
    absentDays: 0,
  } as const;
  await Promise.all(
    ids.map((memberId, i) =>
      putStanding(community.table, GROUP, {
        memberId,
        through: DATE,
        standing: { ...standing, savedBasisPoints: -(i % 1000) },
        use30Wh: 300_000 + i,
        sized30Wh: 300_000 + i,
      }),
    ),
  );
  expect(await rankSegment(community.deps, { segment: GROUP.segment, date: DATE })).toEqual({
    members: 2001,
    boards: 2,
  });
  const boards = await Promise.all([0, 1].map((number) => readBoard(community.table, GROUP, number)));
  expect(boards.map((board) => board?.rows.length)).toEqual([1000, 1001]);
  // a board of 2,000 is twice that; 256 KiB fit
  for (const board of boards) expect(JSON.stringify(board).length).toBeLessThan(64 * 1024);
  expect(boards.flatMap((board) => board?.rows.map(([member]) => member)).toSorted()).toEqual(ids.toSorted());
  const { cohorts } = (await readSummary(community.table, GROUP))!;
  for (const { number, first } of cohorts)
    expect(
      boards[number]?.rows.every(([member]) => cohorts.findLast((one) => one.first <= member)?.first === first),
    ).toBe(true);
});

describe('agreeing', () => {
  test('is for owners and members, once, and each time under a new name', async () => {
    const member = await community.addHome('home');
    const join = () => joinCommunity(community.deps, member, { textVersion: 1 });
    const first = await join();
    expect(await join()).toEqual(first);
    await leaveCommunity(community.deps, member);
    await leaveCommunity(community.deps, member);
    const second = await join();
    expect(second.memberId).not.toBe(first.memberId);
    const { memberships } = await readMemberships(community.table, 'home');
    expect(memberships.map(({ leftOn }) => leftOn === null)).toEqual([false, true]);
    const viewer: Member = { ...member, role: 'viewer' };
    await expect(joinCommunity(community.deps, viewer, { textVersion: 1 })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(leaveCommunity(community.deps, viewer)).rejects.toMatchObject({ kind: 'forbidden' });
  });

  test('twice at once is agreeing once', async () => {
    const member = await community.addHome('home');
    const [a, b] = await Promise.all([
      joinCommunity(community.deps, member, { textVersion: 1 }),
      joinCommunity(community.deps, member, { textVersion: 1 }),
    ]);
    expect(a).toEqual(b);
    expect((await readMemberships(community.table, 'home')).memberships).toHaveLength(1);
  });

  test('when the store fails half-way leaves nothing half-written', async () => {
    const member = await community.addHome('home');
    await community.addMeter('home', { deviceId: 'meter', from: '2026-11-01', to: '2026-11-02' });
    const table = {
      ...community.table,
      transact: () => Promise.reject(new ConditionFailed('somebody was always faster')),
    };
    await expect(joinCommunity({ ...community.deps, table }, member, { textVersion: 1 })).rejects.toThrow(
      'always faster',
    );
    expect(currentOf(await readMemberships(community.table, 'home'))).toBeUndefined();
    await community.table.put(memberEnd(member, community.deps.clock.now()));
  });
});

test('who has not joined has no standing made of its days', async () => {
  await community.addHome('home');
  await community.days('home', REFERENCE);
  await community.run(DATE, ['home']);
  expect(await seen('home')).toMatchObject({
    hidden: 'not-joined',
    standing: null,
    board: null,
    about: null,
    peerMedian: null,
  });
  expect((await community.table.query({ table: 'community', value: 'SEGMENTS#2026-11' })).items).toEqual([]);
});
