import { describe, expect, it } from 'vitest';
import { ApiError } from '../errors/api-error.ts';
import { en } from '../i18n/en.ts';
import { en as enPrivacy } from '../i18n/en/privacy.ts';
import { ko } from '../i18n/ko.ts';
import { ko as koConsents } from '../i18n/ko/consents.ts';
import { ko as koPrivacy } from '../i18n/ko/privacy.ts';
import { ko as koRewards } from '../i18n/ko/rewards.ts';
import { aSession, NOW_MS } from '../testing/answers.ts';
import { someMembers } from '../testing/joining-answers.ts';
import { anErasure, anExport, someAccesses, someConsents } from '../testing/privacy-answers.ts';
import { accessCard } from './access.ts';
import type { Loaded } from './card.ts';
import { consentItems, consentsCard, mayDecide } from './consents.ts';
import { fatesCard, isWord, mayErase } from './erase.ts';
import { exportsCard, type ExportView } from './exports.ts';
import { receiptCard } from './receipt.ts';

const loaded = <T>(data: T): Loaded<T> => ({ data, error: null, paused: false, atMs: NOW_MS });
const failed = (error: unknown): Loaded<never> => ({ data: undefined, error, paused: false, atMs: 0 });
const consentWords = { t: ko, s: koConsents, rewards: koRewards };
const words = { t: ko, s: koPrivacy };

const contentOf = <T>(card: { state: string } | { state: string; content: T }): T => {
  if ('content' in card) return card.content;
  throw new Error(`the card is ${card.state}`);
};

describe('the consents of a home', () => {
  const rowsOf = (over: Parameters<typeof someConsents>[0] = {}) =>
    Object.fromEntries(
      contentOf(consentsCard(loaded(someConsents(over)), consentWords)).map((row) => [row.purpose, row]),
    );

  it('say since when each is agreed to, since when it is withdrawn, and which were never asked', () => {
    const { analysis, research, bems } = rowsOf();
    expect(analysis).toMatchObject({ granted: true, since: '2026년 10월 23일에 동의했어요', isOver: false });
    expect(research).toMatchObject({ granted: false, since: '2026년 11월 21일에 동의를 철회했어요', isOver: false });
    expect(bems).toMatchObject({ granted: false, since: koConsents.never, history: [] });
  });

  it('keep their history, the last word first', () => {
    expect(rowsOf()['research']?.history).toEqual(['2026년 11월 21일 동의 철회', '2026년 11월 13일 동의 (제1판)']);
  });

  it('that were given to another text, or too long ago, have to be given anew', () => {
    const before = [{ granted: true, textVersion: 1, atMs: NOW_MS, personId: 'resident-1' }];
    const { bems, marketing } = rowsOf({
      bems: { textVersion: 2, saidTextVersion: 1, saidMs: NOW_MS, history: before },
      marketing: { saidTextVersion: 1, saidMs: NOW_MS, history: before },
    });
    expect(bems).toMatchObject({ granted: false, isOver: true, since: koConsents.changed });
    expect(marketing).toMatchObject({ granted: false, isOver: true, since: koConsents.lapsed });
  });

  it('are decided by owners and members, and looked at by viewers', () => {
    expect((['owner', 'member', 'viewer', undefined] as const).map(mayDecide)).toEqual([true, true, false, false]);
  });

  it('name with each purpose the right to refuse it', () => {
    for (const [purpose, text] of Object.entries(koConsents.purposes))
      expect(consentItems(purpose as keyof typeof koConsents.purposes, koConsents)).toContain(
        `${koConsents.items.refuse}: ${text.refuse}`,
      );
  });
});

describe('the access log', () => {
  it('says who looked at what, when and why', () => {
    expect(contentOf(accessCard(loaded([someAccesses()]), consentWords))).toEqual([
      {
        seq: 1,
        who: '운영 담당자 staff-7',
        what: '기기와 가입 상태를 조회했어요',
        when: '2026년 11월 22일 오후 2:02',
        why: '이유: 고장 문의 123',
      },
    ]);
  });

  it('calls a partner by its name, and what it read and why in words; one that is no more by its id', () => {
    const [entry] = someAccesses().entries;
    const read = (id: string) => ({
      ...entry!,
      who: { kind: 'partner' as const, id },
      what: 'savings-read',
      why: 'energy-cashback 2026-09',
    });
    const page = someAccesses({ entries: [read('kepco'), read('gone')], partners: { kepco: '한국전력' } });
    expect(contentOf(accessCard(loaded([page]), consentWords)).map(({ who, what, why }) => [who, what, why])).toEqual([
      ['협력사 한국전력', '정산한 절감량과 리워드를 봤어요', '이유: 에너지캐시백 2026년 9월'],
      ['협력사 gone', '정산한 절감량과 리워드를 봤어요', '이유: 에너지캐시백 2026년 9월'],
    ]);
  });

  it('shows an act that this app does not know by its code', () => {
    const [entry] = someAccesses().entries;
    const page = someAccesses({ entries: [{ ...entry!, what: 'new-act' }] });
    expect(contentOf(accessCard(loaded([page]), consentWords))[0]?.what).toBe('new-act');
  });

  it('without an entry says that nobody has looked', () => {
    expect(accessCard(loaded([someAccesses({ entries: [] })]), consentWords)).toMatchObject({
      state: 'empty',
      title: koConsents.access.none,
    });
  });
});

describe('an export', () => {
  const viewOf = (over: Parameters<typeof anExport>[0]): ExportView | undefined =>
    contentOf(exportsCard(loaded({ exports: [anExport(over)] }), words))[0];

  it('tells its size and until when it can be had', () => {
    expect(viewOf({})).toMatchObject({
      text: '준비됐어요 (12.3 MB)',
      note: '2026년 11월 28일까지 내려받을 수 있어요.',
      downloadUrl: 'https://files.test/hems.zip',
    });
  });

  it('tells how far it is while it is being written, and that one may leave', () => {
    expect(viewOf({ state: 'writing', writtenFiles: 6, totalFiles: 24, downloadUrl: null })).toMatchObject({
      text: '파일을 쓰고 있어요: 24개 가운데 6개',
      percent: 25,
      note: koPrivacy.exports.leave,
    });
    expect(viewOf({ state: 'writing', writtenFiles: 0, totalFiles: 0 })).toMatchObject({
      text: koPrivacy.exports.waiting,
      percent: undefined,
    });
  });

  it('that another member had made is theirs to download', () => {
    expect(viewOf({ downloadUrl: null })).toMatchObject({ downloadUrl: undefined, note: koPrivacy.exports.others });
  });

  it.each(['failed', 'gone'] as const)('that is %s says so without a link', (state) => {
    expect(viewOf({ state, downloadUrl: null })).toMatchObject({
      text: koPrivacy.exports[state],
      note: undefined,
      downloadUrl: undefined,
    });
  });

  it('is never told to have 0.0 MB', () => {
    expect(viewOf({ bytes: 900 })?.text).toBe('준비됐어요 (0.1 MB)');
  });
});

describe('erasing', () => {
  it('is confirmed by the word alone, in any case', () => {
    expect([isWord(' 삭제 ', '삭제'), isWord('Erase', 'erase'), isWord('', '삭제'), isWord('삭제해', '삭제')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('of a home is for its owners', () => {
    expect((['owner', 'member', 'viewer', undefined] as const).map(mayErase)).toEqual([true, false, false, false]);
  });

  const self = { personId: 'resident-1', name: '나', role: 'owner', isSelf: true } as const;
  const other = { personId: 'resident-2', name: '김하늘', role: 'member', isSelf: false } as const;
  it.each([
    ['with nobody else goes as well', [self], 'goes'],
    ['with another owner stays', [self, { ...other, role: 'owner' as const }], 'stays'],
    [
      'in which one is not the owner stays',
      [
        { ...self, role: 'viewer' as const },
        { ...other, role: 'owner' as const },
      ],
      'stays',
    ],
    ['with others and no other owner needs one first', [self, other], 'needs-owner'],
  ])('an account: a home %s', (_, members, fate) => {
    const [home] = contentOf(fatesCard(loaded(aSession()), [loaded(someMembers({ members }))], words));
    expect(home).toMatchObject({ householdId: 'home-1', name: '한강 아파트 1203호', fate });
  });

  it('an account says nothing of its homes until all are known, and why they are not', () => {
    const waiting = { data: undefined, error: null, paused: false, atMs: 0 };
    const down = failed(new ApiError('unreachable', 'down'));
    expect(fatesCard(loaded(aSession()), [waiting], words).state).toBe('loading');
    expect(fatesCard(loaded(aSession()), [down], words).state).toBe('offline');
    expect(fatesCard(loaded(aSession({ households: [] })), [], words).state).toBe('empty');
  });
});

describe('the receipt of an erasure', () => {
  const viewOf = (over: Parameters<typeof anErasure>[0] = {}) => contentOf(receiptCard(loaded(anErasure(over)), words));

  it('names for each store what became of it, the last day of what remains and why', () => {
    expect(viewOf().lines.map(({ store, outcome, remains }) => [store, outcome, remains])).toEqual([
      ['집 정보', '지웠어요 · 1,234건', undefined],
      ['파일', '없었어요', undefined],
      [
        '리워드 장부',
        '가명으로 바꿨어요 · 3건',
        `2031년 11월 22일까지 · ${koPrivacy.receipt.reason['payment-records']}`,
      ],
      ['백업', '남아 있어요', `2026년 12월 29일까지 · ${koPrivacy.receipt.reason.backup}`],
    ]);
  });

  it('says when it ended and that nothing was found', () => {
    expect(viewOf().facts.map(({ value }) => value)).toEqual([
      koPrivacy.receipt.subject.household,
      '2026년 11월 22일 오후 2:02',
      '2026년 11월 22일 오후 3:02',
      '0건',
      'AAAAAAAAAAAAAAAAAAAAAA',
    ]);
  });

  it('while it is under way neither says that it ended nor that nothing was found', () => {
    const { facts, stateText } = viewOf({ state: 'waiting', erasedMs: null, found: null, receipt: [] });
    expect(stateText).toBe(koPrivacy.receipt.state.waiting);
    expect(facts.filter(({ value }) => value === koPrivacy.receipt.notYet)).toHaveLength(2);
  });

  it('that is none says so, and one that cannot be had now says that', () => {
    expect(receiptCard(failed(new ApiError('not-found', 'none')), words)).toMatchObject({
      state: 'empty',
      title: koPrivacy.receipt.missing.title,
    });
    expect(receiptCard(failed(new ApiError('unreachable', 'down')), words).state).toBe('offline');
  });

  it('reads in English too', () => {
    const { lines } = contentOf(receiptCard(loaded(anErasure()), { t: en, s: enPrivacy }));
    expect(lines[2]).toMatchObject({ store: 'Ledger of rewards', outcome: 'Pseudonymised · 3' });
    expect(lines[2]?.remains).toContain('November 22, 2031');
  });
});
