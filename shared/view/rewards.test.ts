import { describe, expect, it } from 'vitest';
import type { ProgrammeView } from '../api/programmes.ts';
import { ko } from '../i18n/ko.ts';
import { ko as koReasons } from '../i18n/ko/reasons.ts';
import { ko as koRewards } from '../i18n/ko/rewards.ts';
import {
  anEntry,
  aProgramme,
  aSimulation,
  someEvidence,
  someProgrammes,
  someRewards,
} from '../testing/reward-answers.ts';
import type { Loaded } from './card.ts';
import { evidenceCard } from './evidence.ts';
import { programmeCard, programmeGroups, programmesCard, simulationCard } from './programmes.ts';
import { periodText } from './reward-words.ts';
import { askedAmount, balancesCard, entriesCard, payoutsCard } from './rewards.ts';

const WORDS = { t: ko, s: koRewards, reasons: koReasons };
const loaded = <T>(data: T): Loaded<T> => ({ data, error: null, paused: false, atMs: 0 });

describe('the balances', () => {
  it('keep won and points apart, and what others owe out of what can be paid out', () => {
    expect(balancesCard(loaded(someRewards()), WORDS)).toEqual({
      state: 'ready',
      content: [
        {
          unit: 'won',
          name: '현금',
          withdrawable: '₩3,500',
          about: koRewards.withdrawable,
          most: 3500,
          own: [
            { name: '지금까지 적립', amount: '₩5,000' },
            { name: '지급 완료', amount: '₩1,500' },
          ],
          others: [{ name: '다른 기관이 줄 예정', amount: '₩2,720' }],
        },
        {
          unit: 'points',
          name: '포인트',
          withdrawable: '3,000 P',
          about: koRewards.withdrawable,
          most: 3000,
          own: [
            { name: '지금까지 적립', amount: '4,000 P' },
            { name: '지급 처리 중', amount: '1,000 P' },
          ],
          others: [],
        },
      ],
    });
    expect(JSON.stringify(balancesCard(loaded(someRewards()), WORDS))).not.toContain('6,500');
  });

  it('do not say of nothing that it can be had', () => {
    const rewards = someRewards();
    const won = { ...rewards.balances.won, withdrawable: 0 };
    expect(balancesCard(loaded(someRewards({ balances: { ...rewards.balances, won } })), WORDS)).toMatchObject({
      content: [{ withdrawable: '₩0', about: koRewards.nothingToWithdraw, most: 0 }, { about: koRewards.withdrawable }],
    });
  });

  it('are empty before the first reward, with the way to one', () => {
    const none = { earned: 0, underway: 0, paid: 0, withdrawable: 0, expected: 0, confirmed: 0 };
    const rewards = someRewards({ balances: { won: none, points: none } });
    expect(balancesCard(loaded(rewards), WORDS)).toEqual({ state: 'empty', ...koRewards.emptyBalance });
  });
});

describe('the ledger', () => {
  it('lists each entry with programme, period, payer and state, and a correction as a line of its own', () => {
    expect(entriesCard(loaded([someRewards()]), WORDS)).toMatchObject({
      content: {
        hint: koRewards.entryStateHint,
        entries: [
          {
            programme: '커뮤니티 챌린지',
            about: '정정 1회차 · 우리 서비스가 지급 · 10월 1일 (목)',
            amount: '−500 P',
            isNegative: true,
            state: '잠정',
          },
          {
            programme: '에너지캐시백',
            about: '2026년 9월 · 한전이 지급 · 10월 1일 (목)',
            amount: '₩2,720',
            state: '확정',
          },
        ],
      },
    });
  });

  it('goes on where the page before ended', () => {
    const pages = [
      someRewards({ entries: [anEntry({ entryId: 'a' })] }),
      someRewards({ entries: [anEntry({ entryId: 'b' })] }),
    ];
    expect(entriesCard(loaded(pages), WORDS)).toMatchObject({
      content: { entries: [{ entryId: 'a' }, { entryId: 'b' }] },
    });
  });

  it.each([
    ['2026-09', '2026년 9월'],
    ['2026-H2', '2026년 하반기'],
    ['dr-2026-08-11', '8월 11일 (화)'],
    // an id tells a resident nothing
    ['autumn', undefined],
  ])('writes the period %s as %s', (period, text) => expect(periodText(period, WORDS)).toBe(text));

  it('never says of an unanswered payout that it failed', () => {
    expect(payoutsCard(loaded(someRewards()), WORDS)?.content[0]).toMatchObject({
      stateText: '지급 결과 확인 중',
      next: koRewards.payoutNext.unknown,
    });
    expect(payoutsCard(loaded(someRewards({ payouts: [] })), WORDS)).toBeUndefined();
  });

  it.each([
    ['3500', 3500],
    ['3,500', 3500],
    [' 1 ', 1],
    ['3501', undefined],
    ['0', undefined],
    ['-5', undefined],
    ['12.5', undefined],
    ['', undefined],
  ])('lets "%s" of 3,500 be asked for as %s', (text, amount) => expect(askedAmount(text, 3500)).toBe(amount));
});

describe('the evidence of an entry', () => {
  it('shows its lines, the figure worked out again, and that they agree', () => {
    expect(evidenceCard(loaded(someEvidence()), WORDS)).toMatchObject({
      content: {
        title: '에너지캐시백 · 2026년 9월',
        lines: [
          { name: '기본 지급', amount: '₩1,020' },
          { name: '절감률 지급', amount: '₩1,700' },
        ],
        recomputed: '₩2,720',
        matches: true,
        verdict: koRewards.matches,
      },
    });
  });

  it('names the rules by the day from which they hold, their ids for whoever works it out again', () => {
    expect(evidenceCard(loaded(someEvidence()), WORDS)).toMatchObject({
      content: {
        facts: [{}, { name: koRewards.version, value: koRewards.rulesFrom('2024년 1월 1일') }],
        ids: [{ name: koRewards.versionId, value: 'energy-cashback/2024-01-01' }, { value: '9f2c' }],
      },
    });
  });

  it('says plainly when they do not', () => {
    const evidence = someEvidence({ recomputed: 2000, matches: false });
    expect(evidenceCard(loaded(evidence), WORDS)).toMatchObject({
      content: { matches: false, verdict: koRewards.differs },
    });
  });
});

describe('a programme', () => {
  const card = (over: Partial<ProgrammeView> = {}) => programmeCard(aProgramme(over), WORDS);

  it('shows condition by condition what is known, and asks for what only the resident knows', () => {
    const { conditions, toAnswer, eligible, action, notes } = card();
    expect(conditions.map(({ text, metText }) => [text, metText])).toEqual([
      ['주택용 전기를 쓰고 있어요', '충족'],
      ['주민등록이 이 주소에 되어 있어요', '확인 필요'],
    ]);
    expect(toAnswer.map(({ condition }) => condition)).toEqual(['registered-at-address']);
    expect([eligible, action]).toEqual([koRewards.eligible.unknown, 'apply']);
    expect(notes).toContain(koRewards.doubt.O1);
  });

  it.each([
    ['of our own is taken part in at once', { payer: 'us' }, 'enrol'],
    ['of the government is applied for', { payer: 'municipality' }, 'apply'],
    ['whose condition is failed offers nothing', { eligible: false }, 'none'],
    ['that is not in force offers nothing', { version: null }, 'none'],
    ['of challenges leads to the community', { period: 'challenge', payer: 'us' }, 'community'],
  ] as const)('%s', (_, over, action) => expect(card(over).action).toBe(action));

  it('that was applied for shows its steps with their days and the reason of a rejection', () => {
    const enrolment = {
      programme: 'energy-cashback',
      state: 'rejected' as const,
      from: '2026-11-01',
      withdrawnOn: null,
      answers: {},
      history: [
        { state: 'applied' as const, on: '2026-11-02' },
        { state: 'rejected' as const, on: '2026-11-20', reason: '주소가 달라요' },
      ],
    };
    const shown = card({ enrolment });
    expect(shown.enrolment).toEqual({
      state: '반려됨',
      since: '11월 1일 (일)부터 계산해요',
      history: ['신청함 · 11월 2일 (월)', '반려됨 · 11월 20일 (금) · 주소가 달라요'],
    });
    expect(shown.action).toBe('apply');
    expect(card({ enrolment: { ...enrolment, state: 'under-review' } }).action).toBe('withdraw');
  });

  it('stands under what the home is in, what it can join, and what it cannot now', () => {
    const cards = [
      card({ programme: 'a', payer: 'us' }),
      card({ programme: 'b', eligible: false }),
      card({ programme: 'c', payer: 'municipality' }),
    ];
    expect(
      programmeGroups(cards, WORDS).map(({ name, programmes }) => [name, programmes.map((one) => one.programme)]),
    ).toEqual([
      [koRewards.groups.open, ['a', 'c']],
      [koRewards.groups.closed, ['b']],
    ]);
  });

  it('that the household is in comes first', () => {
    const enrolment = {
      programme: 'b',
      state: 'enrolled' as const,
      from: '2026-11-01',
      withdrawnOn: null,
      answers: {},
      history: [],
    };
    const list = someProgrammes([aProgramme({ programme: 'a' }), aProgramme({ programme: 'b', enrolment })]);
    expect(programmesCard(loaded(list), WORDS)).toMatchObject({ content: [{ programme: 'b' }, { programme: 'a' }] });
  });
});

describe('what a programme would have paid', () => {
  it('is told period by period, latest first, a refusal with its reason and an unpublished price as a ceiling', () => {
    const shown = simulationCard(loaded(aSimulation()), WORDS);
    expect(shown).toMatchObject({
      content: {
        total: '모두 ₩2,720',
        atMost: '단가가 공개되지 않은 기간은 이와 별도로 많아야 ₩4,080',
        periods: [
          { period: '2026년 7월', amount: '단가 미공개 · 많아야 ₩4,080' },
          {
            period: '2026년 6월',
            amount: '₩2,720',
            details: [
              '기준 332.0 kWh (지난 2년 같은 달의 평균)',
              '10.2% 줄임',
              '기본 지급 ₩1,020',
              '절감률 지급 ₩1,700',
              koRewards.remark['region-assumed-reached'],
            ],
          },
          { period: '2026년 5월', amount: '–', details: [koReasons.refusal['no-prior-year']] },
        ],
      },
    });
  });

  it('without a past says so instead of showing zero', () => {
    const none = aSimulation({ periods: [], total: 0, atMostBeside: 0, empty: 'no-past-events' });
    expect(simulationCard(loaded(none), WORDS)).toMatchObject({
      content: { total: koRewards.simulated.none['no-past-events'], atMost: undefined },
    });
  });
});
