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
    const { rank, about, cohort, places, peers } = card.content;
    expect([rank, about, cohort]).toEqual(['24곳 중 5위', '전체 2,140곳 중 약 310위', '아파트 24곳과 비교해요']);
    // the nearest and the first three overlap: each home stands once
    expect(places.map(({ rank: place, who }) => `${place} ${who}`)).toEqual([
      '1위 푸른 수달',
      '2위 고운 수달',
      '3위 밝은 수달',
      '4위 빠른 수달',
      '5위 맑은 수달 (우리 집)',
      '6위 작은 수달',
      '7위 느린 수달',
      '8위 깊은 수달',
    ]);
    expect(places[0]).toMatchObject({ bar: 100, own: false });
    expect(places[4]).toEqual({
      rank: '5위',
      who: '맑은 수달 (우리 집)',
      saved: '8.3%',
      own: true,
      bar: 55,
      afterGap: false,
    });
    expect(places[6]).toMatchObject({ saved: '−1.2%', bar: 0 });
    expect(places.some(({ afterGap }) => afterGap)).toBe(false);
    expect(peers).toBe('비슷한 집 41곳의 30일 사용량 중간값은 251.3 kWh예요.');
  });

  it('says that homes stand between the first three and the nearest', () => {
    const { board } = aCommunity();
    const far = board!.neighbours.map((place) => ({
      ...place,
      rank: place.rank + 10,
      pseudonym: { ko: `${place.rank}`, en: '' },
    }));
    const card = boardCard(loaded(aCommunity({ board: { ...board!, neighbours: far } })), WORDS);
    if (!isFilled(card)) throw new Error(card.state);
    expect(card.content.places.map(({ rank, afterGap }) => (afterGap ? `… ${rank}` : rank)).slice(2, 5)).toEqual([
      '3위',
      '… 12위',
      '13위',
    ]);
  });

  it('does not tell the exact rank a second time as about', () => {
    expect(boardCard(loaded(aCommunity({ about: { about: 5, of: 24 } })), WORDS)).toMatchObject({
      content: { rank: '24곳 중 5위', about: undefined },
    });
  });

  it('is in the language of the reader, pseudonyms included', () => {
    expect(boardCard(loaded(aCommunity()), ENGLISH)).toMatchObject({
      content: {
        rank: '5 of 24',
        about: 'about 310 of all 2,140',
        places: [{ who: '푸른 otter' }, {}, {}, {}, {}, {}, {}, {}],
      },
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
        details: ['21일 동안 176.0 kWh를 썼어요. 지난해대로라면 192.0 kWh예요.'],
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
      content: { you: '내 가명: 맑은 수달', since: '9월 3일 (목)부터 참여' },
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
      left: '8일 남음',
      goal: '지난해 같은 때보다 5% 줄이면 3,000 P',
      facts: ['11월 16일 (월) – 11월 29일 (일)', '27곳 참여'],
      joinedText: '참여 중',
      progressPercent: 50,
      progress: ['지금까지 2.5% · 목표 5%', '1.4 kWh를 더 줄이면 목표에 닿아요.', '11월 21일 (토)까지, 6일 기준'],
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
    expect(open.left).toBe('3일 뒤 시작');
    expect(open.facts).toEqual(['11월 25일 (수) – 11월 29일 (일)']);
    expect(open.progress).toEqual([]);
  });

  it.each(['running', 'closing', 'closed'] as const)('that is %s can no longer be joined', (phase) => {
    expect(card({ phase, joined: false, progress: null }).action).toBe('none');
  });

  it('that runs without the home says why it cannot be joined', () => {
    expect(card({ joined: false, progress: null }).whyNot).toBe(koCommunity.alreadyRunning);
    expect([card().whyNot, card({ phase: 'open', joined: false, progress: null }).whyNot]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('whose last day is over asks for no more saving, and once it is settled tells the result alone', () => {
    const closing = card({ phase: 'closing', daysLeft: 0 });
    expect(closing.progress).toEqual(['지금까지 2.5% · 목표 5%', '11월 21일 (토)까지, 6일 기준']);
    expect([closing.left, closing.joinedText]).toEqual([undefined, '참여했어요']);
    const closed = card({ phase: 'closed', daysLeft: 0, result: { reached: false, amount: 0 } });
    expect([closed.progress, closed.progressPercent, closed.result]).toEqual([
      [],
      undefined,
      koCommunity.result.missed,
    ]);
  });

  it('that is over tells the result, whichever it is', () => {
    expect(card({ phase: 'closed', result: { reached: true, amount: 3000 } }).result).toBe(
      koCommunity.result.reached('3,000 P'),
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
