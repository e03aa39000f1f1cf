import { describe, expect, it } from 'vitest';
import type { ChallengeView } from '../api/challenges.ts';
import { en } from '../i18n/en.ts';
import { en as enCommunity } from '../i18n/en/community.ts';
import { en as enReasons } from '../i18n/en/reasons.ts';
import { ko } from '../i18n/ko.ts';
import { ko as koCommunity } from '../i18n/ko/community.ts';
import { ko as koReasons } from '../i18n/ko/reasons.ts';
import { aChallenge, aCommunity, anOutsider, someChallenges } from '../testing/community-answers.ts';
import { TODAY } from '../testing/money-answers.ts';
import { isFilled, type Loaded } from './card.ts';
import { challengeCard, challengesCard } from './challenges.ts';
import { boardCard, membershipCard, monthBeside, standingCard } from './community.ts';

const WORDS = { t: ko, s: koCommunity, reasons: koReasons, locale: 'ko' as const };
const ENGLISH = { t: en, s: enCommunity, reasons: enReasons, locale: 'en' as const };
const loaded = <T>(data: T): Loaded<T> => ({ data, error: null, paused: false, atMs: 0 });

describe('the ranking', () => {
  it('shows the own rank of how many, exactly, and the rank among all as about', () => {
    const card = boardCard(loaded(aCommunity()), WORDS);
    if (!isFilled(card)) throw new Error(card.state);
    const { rank, about, cohort, top, neighbours, peers } = card.content;
    expect([rank, about, cohort]).toEqual(['24곳 가운데 5위', '전체 2,140곳 가운데 약 310위', '아파트 24곳과 견줘요']);
    expect(top.map(({ rank: place, who }) => `${place} ${who}`)).toEqual([
      '1위 푸른 수달',
      '2위 고운 수달',
      '3위 밝은 수달',
    ]);
    expect(neighbours).toHaveLength(7);
    expect(neighbours[3]).toEqual({ rank: '5위', who: '맑은 수달 (우리 집)', saved: '8.3%', own: true });
    expect(neighbours[5]?.saved).toBe('−1.2%');
    expect(peers).toBe('비슷한 집 41곳의 30일 사용량 가운데 값은 251.3 kWh예요.');
  });

  it('is in the language of the reader, pseudonyms included', () => {
    expect(boardCard(loaded(aCommunity()), ENGLISH)).toMatchObject({
      content: { rank: '5 of 24', about: 'about 310 of all 2,140', top: [{ who: '푸른 otter' }, {}, {}] },
    });
  });

  it.each(Object.entries(koCommunity.hidden))('hidden because of "%s" says so in words', (hidden, text) => {
    const community = aCommunity({ board: null, hidden: hidden as keyof typeof koCommunity.hidden });
    expect(boardCard(loaded(community), WORDS)).toEqual({ state: 'empty', title: koCommunity.noBoard, text });
  });

  it('shows no middle of fewer than 30 homes', () => {
    expect(boardCard(loaded(aCommunity({ peerMedian: null })), WORDS)).toMatchObject({
      content: { peers: koCommunity.noPeers },
    });
  });
});

describe('the standing of the home', () => {
  it('is its percentage against itself, with what it rests on', () => {
    expect(standingCard(loaded(aCommunity()), WORDS)).toMatchObject({
      content: {
        headline: '지난해 같은 때보다 8.3% 줄였어요',
        details: ['21일 기준 · 지난해대로라면 192.0 kWh, 올해는 176.0 kWh'],
      },
    });
  });

  it('counts days of absence as no saving, and more use in neutral words', () => {
    const standing = { ...aCommunity().standing!, savedBasisPoints: -450, absentDays: 2 };
    expect(standingCard(loaded(aCommunity({ standing })), WORDS)).toMatchObject({
      content: { headline: '지난해 같은 때보다 4.5% 더 썼어요', details: [expect.any(String), koCommunity.absent(2)] },
    });
  });

  it('that cannot be told says why', () => {
    const standing = { status: 'refused', code: 'looks-absent', detail: 'x' } as const;
    expect(standingCard(loaded(aCommunity({ standing })), WORDS)).toMatchObject({
      state: 'empty',
      text: koReasons.refusal['looks-absent'],
    });
  });

  it('is told under the pseudonym, of a member only', () => {
    expect(membershipCard(loaded(aCommunity()), WORDS)).toMatchObject({
      content: { you: '내 가명은 맑은 수달이에요', since: '9월 3일 (목)부터 참여' },
    });
    expect(membershipCard(loaded(anOutsider()), WORDS)).toMatchObject({ content: { you: '', since: '' } });
  });
});

describe('a challenge', () => {
  const card = (over: Partial<ChallengeView> = {}) => challengeCard(aChallenge(over), TODAY, WORDS);

  it('that runs shows what is left, how far the home is, and the way out', () => {
    expect(card()).toMatchObject({
      title: '늦가을 5% 줄이기',
      phaseText: '진행 중',
      facts: ['11월 16일 (월) – 11월 29일 (일)', '지난해 같은 때보다 5.0% 줄이면 3,000 P', '8일 남음', '27곳 참여'],
      progressPercent: 50,
      progress: ['지금까지 2.5% · 목표 5.0%', '목표까지 1.4 kWh를 더 줄이면 돼요.', '11월 21일 (토)까지, 6일 기준'],
      action: 'leave',
    });
  });

  it('that is open can be joined, and counts the days until it begins', () => {
    const open = card({
      phase: 'open',
      joined: false,
      joinedOn: null,
      progress: null,
      from: '2026-11-25',
      participants: null,
    });
    expect(open.action).toBe('join');
    expect(open.facts.slice(2)).toEqual(['시작까지 3일', koCommunity.fewParticipants]);
    expect(open.progress).toEqual([]);
  });

  it.each(['running', 'closing', 'closed'] as const)('that is %s can no longer be joined', (phase) => {
    expect(card({ phase, joined: false, progress: null }).action).toBe('none');
  });

  it('that is over tells the result, whichever it is', () => {
    expect(card({ phase: 'closed', result: { reached: true, amount: 3000 } }).result).toBe(
      '목표를 이뤘어요. 3,000 P를 받아요.',
    );
    expect(card({ phase: 'closed', result: { reached: false, amount: 0 } }).result).toBe(koCommunity.result.missed);
  });

  it('below zero shows an empty bar, above the goal a full one', () => {
    const at = (savedBasisPoints: number) =>
      card({ progress: { ...aChallenge().progress!, savedBasisPoints } as never }).progressPercent;
    expect([at(-300), at(900)]).toEqual([0, 100]);
  });

  it('whose progress cannot be told says why', () => {
    const progress = { status: 'refused', code: 'too-few-days', detail: 'x' } as const;
    expect(card({ progress }).progress).toEqual([`${koCommunity.noProgress}: ${koReasons.refusal['too-few-days']}`]);
  });

  it('comes before those that are open or over; without any there is a word', () => {
    const list = [
      aChallenge({ challengeId: 'over', phase: 'closed' }),
      aChallenge({ challengeId: 'open', phase: 'open' }),
      aChallenge({ challengeId: 'runs', phase: 'running' }),
    ];
    expect(challengesCard(loaded(someChallenges(list)), TODAY, WORDS)).toMatchObject({
      content: [{ challengeId: 'runs' }, { challengeId: 'open' }, { challengeId: 'over' }],
    });
    expect(challengesCard(loaded(someChallenges([])), TODAY, WORDS)).toEqual({
      state: 'empty',
      ...koCommunity.noChallenges,
    });
  });
});

it.each([
  ['2026-01', -1, '2025-12'],
  ['2026-12', 1, '2027-01'],
  ['2026-11', -1, '2026-10'],
] as const)('the month beside %s (%i) is %s', (month, by, expected) => expect(monthBeside(month, by)).toBe(expected));
