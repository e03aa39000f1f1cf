import { beforeEach, describe, expect, test } from 'vitest';
import type { Table } from '../../ports/table.ts';
import { leftPut, readBoard, readJoinedHistogram, readSummary } from '../stores/boards.ts';
import { putStanding, readStanding, readStandings } from '../stores/community.ts';
import { aCommunity, type Community } from '../../testing/community-world.ts';
import { rankSegment } from './rank-segment.ts';

const GROUP = { segment: '서울 마포구/apartment', month: '2026-11' };
const [MONDAY, TUESDAY, WEDNESDAY] = ['2026-11-16', '2026-11-17', '2026-11-18'];
const IDS = Array.from({ length: 25 }, (_, i) => `m-${String(i).padStart(2, '0')}`);

const saved = (savedBasisPoints: number) =>
  ({
    status: 'standing',
    savedBasisPoints,
    expectedWh: 300_000,
    actualWh: 290_000,
    knownDays: 20,
    absentDays: 0,
  }) as const;

let community: Community;
beforeEach(async () => {
  community = await aCommunity();
});

/** The settle stage of a day for some of the members. */
const stand = async (through: string, ids: readonly string[], table: Table = community.table): Promise<void> => {
  for (const memberId of ids)
    await putStanding(table, GROUP, {
      memberId,
      through,
      standing: saved(IDS.indexOf(memberId) * 10),
      use30Wh: 300_000,
      sized30Wh: null,
    });
};
const refuse = async (through: string, ids: readonly string[]): Promise<void> => {
  const standing = { status: 'refused', code: 'too-few-days', detail: 'silent' } as const;
  for (const memberId of ids)
    await putStanding(community.table, GROUP, { memberId, through, standing, use30Wh: null, sized30Wh: null });
};
const stored = async () => ({
  summary: await readSummary(community.table, GROUP),
  board: await readBoard(community.table, GROUP, 0),
  homes: (await readJoinedHistogram(community.table, GROUP.month))?.reduce((sum, count) => sum + count, 0),
});

describe('the boards of Monday', () => {
  beforeEach(async () => {
    await stand(MONDAY, IDS);
    await community.rank(MONDAY);
  });

  test('have everybody', async () => {
    expect(await stored()).toMatchObject({ summary: { through: MONDAY }, board: { through: MONDAY }, homes: 25 });
  });

  test('stay where nobody could be settled on Tuesday', async () => {
    const before = await stored();
    await community.rank(TUESDAY);
    expect(await stored()).toEqual(before);
  });

  test('go where everybody was settled on Tuesday and nobody stands any more', async () => {
    await refuse(TUESDAY, IDS);
    await community.rank(TUESDAY);
    expect(await stored()).toMatchObject({ summary: { through: TUESDAY, cohorts: [] }, homes: 0 });
  });

  test('go where everybody has left', async () => {
    for (const memberId of IDS) await community.table.put(leftPut(GROUP, memberId, TUESDAY));
    await community.rank(TUESDAY);
    expect(await stored()).toMatchObject({ summary: { through: TUESDAY, cohorts: [] }, homes: 0 });
  });
});

describe('Monday, run again after Tuesday,', () => {
  beforeEach(async () => {
    for (const day of [MONDAY, TUESDAY]) {
      await stand(day, IDS);
      await community.rank(day);
    }
  });

  test('turns no standing back', async () => {
    const before = await readStandings(community.table, GROUP);
    await refuse(MONDAY, IDS);
    expect(await readStandings(community.table, GROUP)).toEqual(before);
  });

  test('turns no board back, nor drops who was not in it, whether all shards of it run or a few', async () => {
    const before = await stored();
    await stand(MONDAY, IDS.slice(0, 3));
    await community.rank(MONDAY);
    expect(await stored()).toEqual(before);
    await stand(MONDAY, IDS);
    await community.rank(MONDAY);
    expect(await stored()).toEqual(before);
  });

  test('turns nothing back while Wednesday is half settled, and not yet ranked', async () => {
    await stand(WEDNESDAY, IDS.slice(0, 10));
    const before = await stored();
    await community.rank(TUESDAY);
    expect(await stored()).toEqual(before);
  });

  test('turns nothing back where everybody has left since', async () => {
    for (const memberId of IDS) await community.table.put(leftPut(GROUP, memberId, WEDNESDAY));
    const before = await stored();
    await community.rank(MONDAY);
    expect(await stored()).toEqual(before);
  });
});

test('of two runs that write one standing at once, that of the later day is kept', async () => {
  const [memberId = ''] = IDS;
  await Promise.all([stand(TUESDAY, [memberId]), stand(MONDAY, [memberId])]);
  expect((await readStanding(community.table, GROUP, memberId))?.through).toBe(TUESDAY);
});

test('the ranking of a day that was settled late replaces the boards of the day before', async () => {
  await stand(MONDAY, IDS);
  await community.rank(MONDAY);
  await community.rank(TUESDAY);
  await stand(TUESDAY, IDS);
  expect(await rankSegment(community.deps, { segment: GROUP.segment, date: TUESDAY })).toEqual({
    members: 25,
    boards: 1,
  });
  expect(await stored()).toMatchObject({ summary: { through: TUESDAY }, board: { through: TUESDAY } });
});

test('the list of segments, one partition for the whole country, is written once a segment and read by no member', async () => {
  const touched: string[] = [];
  const { table } = community;
  const watched: Table = {
    ...table,
    get: (key) => (touched.push(`get ${key.pk}`), table.get(key)),
    put: (put) => (touched.push(`put ${put.pk}`), table.put(put)),
    query: (query) => (touched.push(`query ${query.value}`), table.query(query)),
  };
  for (const day of [MONDAY, TUESDAY]) await stand(day, IDS, watched);
  expect(touched.filter((one) => one.includes('SEGMENTS#'))).toEqual(['put SEGMENTS#2026-11']);
});
