import { beforeEach, describe, expect, test } from 'vitest';
import type { ChallengeValue } from '@hems/shared/api/challenges';
import { readEntries } from '../stores/ledger.ts';
import type { Member } from '../stores/households.ts';
import { announceChallenge } from './announce-challenge.ts';
import { leaveCommunity } from './membership.ts';
import { joinChallenge, leaveChallenge } from './participate.ts';
import { readOneChallenge } from './read-challenges.ts';
import { settleChallenges } from './settle-challenges.ts';
import { aCommunity, aDay, datesBetween, type Community } from '../../testing/community-world.ts';

const CHALLENGE: ChallengeValue = {
  challengeId: 'two-weeks',
  title: { ko: '두 주', en: 'Two weeks' },
  from: '2026-11-02',
  to: '2026-11-15',
  goalBasisPoints: 500,
  reward: { unit: 'points', amount: 1000 },
};
const DATES = datesBetween(CHALLENGE.from, CHALLENGE.to);
const REFERENCE = datesBetween('2025-10-27', '2025-11-23').map((date) => aDay(date, 10_000));

let community: Community;
let member: Member;
beforeEach(async () => {
  community = await aCommunity();
  member = await community.addHome('home');
  await community.days('home', REFERENCE);
  await community.join(member, '2026-10-01');
  community.on('2026-10-25');
  await announceChallenge(community.deps, CHALLENGE);
});

const refusal = (kind: string) => ({ name: 'Refused', kind });
const shown = () => readOneChallenge(community.deps, 'home', 'two-weeks');
const take = () => joinChallenge(community.deps, member, 'two-weeks');
const settle = async (date: string) => {
  community.after(date);
  return settleChallenges(community.deps, { householdId: 'home', date });
};
const amounts = async () => (await readEntries(community.table, 'home')).map(({ amount }) => amount);

describe('an announcement', () => {
  test('is the same again, also once it runs, and refused with other content', async () => {
    community.on('2026-11-05');
    expect(await announceChallenge(community.deps, CHALLENGE)).toEqual(CHALLENGE);
    const other = announceChallenge(community.deps, { ...CHALLENGE, goalBasisPoints: 400 });
    await expect(other).rejects.toMatchObject(refusal('conflict'));
  });

  test.each([
    ['begins today', { from: '2026-10-25' }],
    ['is shorter than a week', { to: '2026-11-07' }],
    ['is longer than a quarter', { to: '2027-02-02' }],
    ['ends so far ahead that the year before is not over', { from: '2027-03-01', to: '2027-04-28' }],
  ])('that %s is refused', async (_, over) => {
    const asked = { ...CHALLENGE, challengeId: 'another', ...over };
    await expect(announceChallenge(community.deps, asked)).rejects.toMatchObject(refusal('invalid'));
  });
});

describe('taking part', () => {
  test('is for members of the community, until the day before', async () => {
    const stranger = await community.addHome('stranger');
    await expect(joinChallenge(community.deps, stranger, 'two-weeks')).rejects.toMatchObject(refusal('conflict'));
    await expect(joinChallenge(community.deps, member, 'nothing')).rejects.toMatchObject(refusal('not-found'));
    community.on('2026-11-02');
    await expect(take()).rejects.toMatchObject(refusal('conflict'));
    community.on('2026-11-01');
    await take();
    expect(await shown()).toMatchObject({ joined: true, joinedOn: '2026-11-01', phase: 'open', daysLeft: 15 });
  });

  test('twice at once counts once; who leaves may come back until the first day', async () => {
    await Promise.all([take(), take()]);
    const count = async () =>
      (await community.table.get({ table: 'community', pk: 'COUNT#two-weeks', sk: 'COUNT' }))?.data;
    expect(await count()).toEqual({ participants: 1 });
    await leaveChallenge(community.deps, member, 'two-weeks');
    await leaveChallenge(community.deps, member, 'two-weeks');
    expect(await count()).toEqual({ participants: 0 });
    await take();
    expect(await count()).toEqual({ participants: 1 });
    expect(await shown()).toMatchObject({ joined: true });
  });

  test('is counted for all to see from 20 on', async () => {
    const another = async (i: number): Promise<void> => {
      const one = await community.addHome(`home-${i}`);
      await community.join(one, '2026-10-25');
      await joinChallenge(community.deps, one, 'two-weeks');
    };
    for (let i = 1; i < 20; i++) await another(i);
    expect((await shown()).participants).toBeNull();
    await another(20);
    expect((await shown()).participants).toBe(20);
  });

  test('ends with the membership, and settles nothing then', async () => {
    await take();
    await community.days(
      'home',
      DATES.map((date) => aDay(date, 9000)),
    );
    community.on('2026-11-15');
    await leaveCommunity(community.deps, member);
    expect(await settle('2026-11-15')).toEqual([]);
    expect(await shown()).toMatchObject({ joined: false, progress: null, result: null });
  });

  test('cannot be ended once it is over', async () => {
    await take();
    community.on('2026-11-16');
    await expect(leaveChallenge(community.deps, member, 'two-weeks')).rejects.toMatchObject(refusal('conflict'));
  });
});

describe('the progress', () => {
  beforeEach(take);

  test('is told up to the last day that was derived, with what is missing and the days left', async () => {
    await community.days(
      'home',
      DATES.slice(0, 4).map((date) => aDay(date, 9700)),
    );
    community.on('2026-11-06');
    expect(await shown()).toMatchObject({
      phase: 'running',
      daysLeft: 10,
      progress: { status: 'standing', savedBasisPoints: 300, missingWh: 800, knownDays: 4, through: '2026-11-05' },
    });
  });

  test('of a home without a year is a reason, not a figure', async () => {
    const young = await community.addHome('young');
    await community.join(young, '2026-10-25');
    await joinChallenge(community.deps, young, 'two-weeks');
    await community.days(
      'young',
      DATES.map((date) => aDay(date, 9700)),
    );
    community.after(CHALLENGE.to);
    const { progress } = await readOneChallenge(community.deps, 'young', 'two-weeks');
    expect(progress).toMatchObject({ status: 'refused', code: 'insufficient-history' });
    const outcomes = await settleChallenges(community.deps, { householdId: 'young', date: CHALLENGE.to });
    expect(outcomes).toMatchObject([{ outcome: 'refused', code: 'insufficient-history' }]);
    expect(await readEntries(community.table, 'young')).toEqual([]);
  });
});

describe('the close', () => {
  beforeEach(take);

  test('pays who reached the goal, once, and not before the last day has ended', async () => {
    await community.days(
      'home',
      DATES.map((date) => aDay(date, 9500)),
    );
    expect(await settle('2026-11-14')).toEqual([]);
    expect(await settle('2026-11-15')).toEqual([
      { programme: 'community-challenge', period: 'two-weeks', outcome: 'settled', amount: 1000, unit: 'points' },
    ]);
    expect(await settle('2026-11-15')).toMatchObject([{ outcome: 'unchanged', amount: 1000 }]);
    expect(await amounts()).toEqual([1000]);
    expect(await shown()).toMatchObject({ phase: 'closing', result: { reached: true, amount: 1000 } });
    const [entry] = await readEntries(community.table, 'home');
    expect(entry).toMatchObject({ unit: 'points', payer: 'us', endsOn: '2026-11-15', revision: 0 });
  });

  test('waits for readings of the last days, and takes back by a difference what they disprove, for 30 days', async () => {
    await community.days(
      'home',
      DATES.slice(0, 12).map((date) => aDay(date, 9000)),
    );
    expect(await settle('2026-11-15')).toMatchObject([{ outcome: 'refused', code: 'too-few-days' }]);
    expect(await amounts()).toEqual([]);
    expect((await shown()).result).toBeNull();
    await community.days(
      'home',
      DATES.slice(12).map((date) => aDay(date, 9000)),
    );
    expect(await settle('2026-11-20')).toMatchObject([{ outcome: 'settled', amount: 1000 }]);
    await community.days('home', [aDay('2026-11-15', 18_000)]);
    expect(await settle('2026-12-15')).toMatchObject([{ outcome: 'corrected', amount: 0 }]);
    expect(await amounts()).toEqual([1000, -1000]);
    await community.days('home', [aDay('2026-11-15', 9000)]);
    expect(await settle('2026-12-16')).toEqual([]);
  });

  test('takes back the reward of a home whose meter turns out to be another one', async () => {
    await community.days(
      'home',
      DATES.map((date) => aDay(date, 9000)),
    );
    await settle('2026-11-15');
    await community.addMeter('home', { deviceId: 'new', from: '2026-11-05', to: '2026-11-15' });
    expect(await settle('2026-11-17')).toMatchObject([{ outcome: 'corrected', amount: 0 }]);
    expect(await amounts()).toEqual([1000, -1000]);
  });

  test('keeps the reward of a home whose meter is replaced once the challenge is over', async () => {
    await community.addMeter('home', { deviceId: 'old', from: '2025-10-20', to: CHALLENGE.to });
    await community.days(
      'home',
      DATES.map((date) => aDay(date, 9000)),
    );
    await settle('2026-11-15');
    await community.addMeter('home', { deviceId: 'old', from: '2026-11-16', to: '2026-11-20' });
    await community.retireMeter('home', 'old');
    await community.addMeter('home', { deviceId: 'new', from: '2026-11-20', to: '2026-11-21' });
    expect(await settle('2026-11-21')).toMatchObject([{ outcome: 'unchanged', amount: 1000 }]);
  });

  test.each([
    ['went out of use within it', { from: '2025-10-20', to: '2026-11-14' }],
    ['came and went within it', { from: '2026-11-05', to: '2026-11-18' }],
  ])('takes back the reward of a home with a meter that %s', async (_, spell) => {
    await community.addMeter('home', { deviceId: 'whole', from: '2025-10-20', to: '2026-11-18' });
    await community.days(
      'home',
      DATES.map((date) => aDay(date, 9000)),
    );
    await settle('2026-11-15');
    await community.addMeter('home', { deviceId: 'other', ...spell });
    await community.retireMeter('home', 'other');
    expect(await settle('2026-11-18')).toMatchObject([{ outcome: 'corrected', amount: 0 }]);
  });

  test('is final after 30 days, also for a run of one of them that is repeated by hand later', async () => {
    await community.days(
      'home',
      DATES.map((date) => aDay(date, 9000)),
    );
    await settle('2026-11-15');
    await community.days('home', [aDay('2026-11-15', 18_000)]);
    community.after('2026-12-16');
    const again = await settleChallenges(community.deps, { householdId: 'home', date: '2026-12-15' });
    expect(again).toMatchObject([{ outcome: 'unchanged', amount: 1000 }]);
    expect(await amounts()).toEqual([1000]);
  });

  test('that was missed for 30 days is still made up for by hand', async () => {
    await community.days(
      'home',
      DATES.map((date) => aDay(date, 9000)),
    );
    community.after('2027-02-01');
    const late = await settleChallenges(community.deps, { householdId: 'home', date: '2026-12-15' });
    expect(late).toMatchObject([{ outcome: 'settled', amount: 1000 }]);
  });

  test('still corrects who left the community after it and joined again', async () => {
    await community.days(
      'home',
      DATES.map((date) => aDay(date, 9000)),
    );
    await settle('2026-11-15');
    community.on('2026-11-17');
    await leaveCommunity(community.deps, member);
    await community.join(member, '2026-11-17');
    await community.days('home', [aDay('2026-11-15', 18_000)]);
    expect(await settle('2026-11-18')).toMatchObject([{ outcome: 'corrected', amount: 0 }]);
  });
});
