import { beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '@hems/models/calendar/seoul';
import { readScore } from '../read-score.ts';
import type { Profile } from '../stores/households.ts';
import { aCommunity, aDay, datesBetween, type Community } from '../../testing/community-world.ts';

const DATE = '2026-11-20';
const MONTH_AGO = addDays(DATE, -29);
const YEAR_BEFORE = datesBetween('2025-10-20', '2025-12-10').map((date) => aDay(date, 10_000));

let community: Community;
const ids: string[] = [];

/** A member that uses so much on each of the 30 days. */
const live = async (householdId: string, dayWh: number, place: Partial<Profile>): Promise<void> => {
  const member = await community.addHome(householdId, place);
  await community.days(householdId, [
    ...YEAR_BEFORE,
    ...datesBetween(MONTH_AGO, DATE).map((date) => aDay(date, dayWh)),
  ]);
  await community.join(member, '2026-10-01');
  ids.push(householdId);
};
const neighbours = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await live(`neighbour-${i}`, 10_000, { areaM2: 149 });
};
const score = async () => {
  community.after(DATE);
  const answer = await readScore(community.deps, 'home');
  if (answer.status === 'refused') throw new Error(answer.detail);
  return answer;
};
const median = async () => (await score()).lines.find(({ line }) => line === 'peer-median' || line === 'table-median');

beforeEach(async () => {
  community = await aCommunity();
  ids.length = 0;
});

describe('the score of a member, among 30 others of 149 m² that use 300 kWh in 30 days,', () => {
  beforeEach(() => neighbours(30));

  test('is against their use in a home of normal size, its own left out', async () => {
    await live('home', 12_000, { areaM2: 85 });
    await community.run(DATE, ids);
    const { lines, remarks } = await score();
    // 300 kWh at 149 m² are 248.018 kWh at 85 m²: 300 × 281.5 / 340.5
    expect(lines).toContainEqual({ line: 'peer-median', wh: 248_018, homes: 30 });
    expect(lines).toContainEqual({ line: 'ratio', permille: 1452 });
    expect(remarks).toEqual(['weather-not-considered']);
  });

  test('is against their use as it is where its own size is not known', async () => {
    await live('home', 12_000, {});
    await community.run(DATE, ids);
    expect(await median()).toEqual({ line: 'peer-median', wh: 300_000, homes: 30 });
  });

  test('of 27 known days is against 27 days of theirs', async () => {
    await live('home', 12_000, {});
    const silent = datesBetween(MONTH_AGO, addDays(MONTH_AGO, 2)).map((date) => aDay(date, undefined));
    await community.days('home', silent);
    await community.run(DATE, ids);
    expect(await median()).toEqual({ line: 'peer-median', wh: 270_000, homes: 30 });
  });

  test('leaves out nobody for a home that has no standing', async () => {
    await live('home', 10_000, {});
    await community.days(
      'home',
      YEAR_BEFORE.map(({ date }) => aDay(date, undefined)),
    );
    await community.run(DATE, ids);
    expect(await median()).toEqual({ line: 'peer-median', wh: 300_000, homes: 30 });
  });

  test('is against the table for who has not joined, and until the board of the day is made', async () => {
    await community.addHome('home');
    await community.days(
      'home',
      datesBetween(MONTH_AGO, DATE).map((date) => aDay(date, 12_000)),
    );
    await community.run(DATE, ids);
    expect(await median()).toMatchObject({ line: 'table-median', peers: 0 });
    await live('home', 12_000, {});
    expect(await median()).toEqual({ line: 'peer-median', wh: 300_000, homes: 30 });
    await community.days('home', [aDay(addDays(DATE, 1), 12_000)]);
    community.after(addDays(DATE, 1));
    const answer = await readScore(community.deps, 'home');
    expect(answer).toMatchObject({
      lines: expect.arrayContaining([expect.objectContaining({ line: 'table-median' })]),
    });
  });
});

test('29 others are too few, and the table that takes their place says how many they are', async () => {
  await neighbours(29);
  await live('home', 12_000, { areaM2: 85 });
  await community.run(DATE, ids);
  expect(await median()).toMatchObject({ line: 'table-median', peers: 29, neededPeers: 30 });
});
