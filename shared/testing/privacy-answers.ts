import { NOTICE_KINDS } from '@hems/models/notices/kinds';
import { CONSENT_PURPOSES } from '@hems/models/household/consents';
import { DAY_MS } from '@hems/models/calendar/seoul';
import { readAccessLog, type AccessEntry } from '../api/access.ts';
import { readConsents, type ConsentRow, type Consents } from '../api/consents.ts';
import { readErasure, type ErasureReport } from '../api/erasures.ts';
import { readExport, type ExportReport } from '../api/exports.ts';
import { readInbox, readNoticeSettings, type Notice, type NoticeSettings } from '../api/inbox.ts';
import { NOW_MS } from './answers.ts';

/** Answers about notices, consents, access, exports and erasures, as the contract allows them; override what the test is about. */

const HOUR_MS = 3_600_000;

export const aNotice = (over: Partial<Notice> = {}): Notice => ({
  noticeId: 'notice-1',
  kind: 'unusual-use',
  householdId: 'home-1',
  atMs: NOW_MS - HOUR_MS,
  readMs: null,
  facts: { date: '2026-11-22', toHour: 14, usedWh: 4200, usualWh: 1100 },
  path: '/households/home-1/energy',
  ...over,
});

/** An unusual use that nobody has read, and a reward of yesterday that somebody has. */
export const anInbox = (over: Partial<{ notices: Notice[]; unread: number; cursor: string | null }> = {}) =>
  readInbox.answer.parse({
    notices: [
      aNotice(),
      aNotice({
        noticeId: 'notice-0',
        kind: 'reward-paid',
        atMs: NOW_MS - DAY_MS,
        readMs: NOW_MS - DAY_MS,
        facts: { payoutId: 'payout-1', unit: 'won', amount: 3000 },
        path: '/households/home-1/rewards',
      }),
    ],
    unread: 1,
    cursor: null,
    ...over,
  });

export const someNoticeSettings = (
  over: Partial<{ settings: Partial<NoticeSettings>; pushKey: string | null; pushTargets: number }> = {},
) =>
  readNoticeSettings.answer.parse({
    pushKey: 'push-key',
    pushTargets: 0,
    ...over,
    settings: {
      kinds: Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, { inbox: true, push: false, email: false }])),
      quiet: { fromHour: 21, toHour: 8 },
      weeklyCap: 5,
      budgetWon: {},
      ...over.settings,
    },
  });

/** Agreed to the analysis a month ago, withdrew research a day ago, never said anything to the others. */
export const someConsents = (over: Partial<Record<ConsentRow['purpose'], Partial<ConsentRow>>> = {}): Consents =>
  readConsents.answer.parse({
    householdId: 'home-1',
    consents: CONSENT_PURPOSES.map((purpose) => ({
      purpose,
      granted: false,
      textVersion: 1,
      saidTextVersion: null,
      saidMs: null,
      history: [],
      ...(purpose === 'analysis' && said([[true, NOW_MS - 30 * DAY_MS]])),
      ...(purpose === 'research' &&
        said([
          [true, NOW_MS - 9 * DAY_MS],
          [false, NOW_MS - DAY_MS],
        ])),
      ...over[purpose],
    })),
  });

const said = (words: [granted: boolean, atMs: number][]): Partial<ConsentRow> => ({
  granted: words.at(-1)?.[0] === true,
  saidTextVersion: 1,
  saidMs: words.at(-1)?.[1] ?? null,
  history: words.map(([granted, atMs]) => ({ granted, textVersion: 1, atMs, personId: 'resident-1' })),
});

type Accesses = { entries: AccessEntry[]; partners: Record<string, string>; cursor: string | null };

export const someAccesses = (over: Partial<Accesses> = {}) =>
  readAccessLog.answer.parse({
    entries: [
      {
        seq: 1,
        atMs: NOW_MS - HOUR_MS,
        who: { kind: 'staff', id: 'staff-7' },
        what: 'look-up',
        why: '고장 문의 123',
        hash: 'h1',
      },
    ],
    partners: {},
    cursor: null,
    ...over,
  });

/** An archive that is there for six more days. */
export const anExport = (over: Partial<ExportReport> = {}): ExportReport =>
  readExport.answer.parse({
    exportId: 'export-1',
    startedMs: NOW_MS - DAY_MS,
    state: 'ready',
    writtenFiles: 24,
    totalFiles: 24,
    bytes: 12_340_000,
    downloadUrl: 'https://files.test/hems.zip',
    expiresMs: NOW_MS + 6 * DAY_MS,
    problem: null,
    ...over,
  });

export const ERASURE_ID = 'AAAAAAAAAAAAAAAAAAAAAA';

/** A household that is gone, with what remains of it. */
export const anErasure = (over: Partial<ErasureReport> = {}): ErasureReport =>
  readErasure.answer.parse({
    erasureId: ERASURE_ID,
    waitsFor: null,
    balance: null,
    subject: 'household',
    state: 'erased',
    askedMs: NOW_MS - HOUR_MS,
    erasedMs: NOW_MS,
    receipt: [
      { store: 'ledger', outcome: 'pseudonymised', count: 3, until: '2031-11-22', reason: 'payment-records' },
      { store: 'homes', outcome: 'deleted', count: 1234, until: null, reason: null },
      { store: 'objects', outcome: 'nothing-there', count: 0, until: null, reason: null },
      { store: 'backups', outcome: 'kept-until', count: 0, until: '2026-12-29', reason: 'backup' },
    ],
    found: 0,
    ...over,
  });
