import { describe, expect, it } from 'vitest';
import { ApiError, type ErrorKind } from '../errors/api-error.ts';
import { ko } from '../i18n/ko.ts';
import { ko as koBill } from '../i18n/ko/bill.ts';
import { ko as koErrors } from '../i18n/ko/errors.ts';
import { ko as koHome } from '../i18n/ko/home.ts';
import { ko as koImports } from '../i18n/ko/imports.ts';
import { ko as s } from '../i18n/ko/onboarding.ts';
import { ko as koSettings } from '../i18n/ko/settings.ts';
import { NOW_MS } from '../testing/answers.ts';
import { anImport, NO_PROOF, PLACE, someEquipment, someGuesses, someMembers } from '../testing/joining-answers.ts';
import type { Loaded } from './card.ts';
import { CLAIM_CODE, codeText, isWhole, RESIDENCE_CODE } from './code.ts';
import { equipmentCard } from './equipment.ts';
import { failureText } from './failure.ts';
import { importView } from './import.ts';
import { EMPTY_BILL, guessView, lastBillOf } from './last-bill.ts';
import { membersCard } from './members.ts';
import { isMoved, placeDraftOf, placeOf } from './place-form.ts';
import { proofView } from './proof.ts';
import { isUnproven } from './unproven.ts';

const loaded = <T>(data: T): Loaded<T> => ({ data, error: null, paused: false, atMs: NOW_MS });
const t = ko;

describe('a code as it is typed', () => {
  it.each([
    ['abcd', RESIDENCE_CODE, 'ABCD'],
    ['abcdefghjklm', RESIDENCE_CODE, 'ABCD-EFGH-JKLM'],
    [' ABCD efgh–JKLMX', RESIDENCE_CODE, 'ABCD-EFGH-JKLM'],
    ['hemsabcdefghjklm', CLAIM_CODE, 'HEMS-ABCD-EFGH-JKLM'],
    ['', CLAIM_CODE, ''],
  ])('"%s" of %i characters is written %s', (typed, characters, code) => {
    expect(codeText(typed, characters)).toBe(code);
  });

  it('is whole once every character is there', () => {
    expect([isWhole('ABCD-EFGH-JKL', RESIDENCE_CODE), isWhole('ABCD-EFGH-JKLM', RESIDENCE_CODE)]).toEqual([
      false,
      true,
    ]);
  });
});

describe('the place of a home', () => {
  it('comes back as it was said, with what was left empty left out', () => {
    expect(placeOf(placeDraftOf({ ...PLACE, areaM2: 84.5 }))).toEqual({ place: { ...PLACE, areaM2: 84.5 } });
    expect(placeOf({ ...placeDraftOf(PLACE), customerNumber: '01 2345-6789' })).toMatchObject({
      place: { customerNumber: '0123456789' },
    });
  });

  it.each([
    ['an area of nothing', { areaM2: '0' }, 'areaM2'],
    ['an area that is no number', { areaM2: 'big' }, 'areaM2'],
    ['half a person', { people: '2.5' }, 'people'],
    ['a postal code of six digits', { postalCode: '039901' }, 'postalCode'],
    ['a name that turns the text around it', { name: 'a\u202eb' }, 'name'],
    ['a number of nine digits', { customerNumber: '123456789' }, 'customerNumber'],
  ])('cannot stand with %s', (_, over, field) => {
    expect(placeOf({ ...placeDraftOf(PLACE), ...over })).toEqual({ faults: [field] });
  });

  it('is another one by address, flat or postal code, and not by its name', () => {
    const draft = placeDraftOf(PLACE);
    expect(isMoved({ ...draft, name: '새 이름', areaM2: '59' }, PLACE)).toBe(false);
    expect(isMoved({ ...draft, unit: '104동 1호' }, PLACE)).toBe(true);
    expect(isMoved({ ...draft, address: '다른 길 1' }, null)).toBe(false);
  });
});

describe('the last bill', () => {
  const DRAFT = { from: '2026-10-01', to: '2026-10-31', kwh: '1,312', won: '243,210' };
  it('is taken as it stands on paper, with its separators', () => {
    expect(lastBillOf(DRAFT)).toEqual({
      bill: { from: '2026-10-01', to: '2026-10-31', importWh: 1_312_000, billWon: 243_210 },
    });
  });

  it.each([
    ['nothing', EMPTY_BILL, ['from', 'to', 'kwh', 'won']],
    ['its days the wrong way round', { ...DRAFT, from: DRAFT.to, to: DRAFT.from }, ['order']],
    ['63 days', { ...DRAFT, to: '2026-12-02' }, ['order']],
    ['a day that is none', { ...DRAFT, to: '2026-10-32' }, ['to']],
    ['a part of a kWh', { ...DRAFT, kwh: '312.5' }, ['kwh']],
    ['more than any home pays', { ...DRAFT, won: '10000001' }, ['won']],
  ])('cannot be %s', (_, draft, faults) => {
    expect(lastBillOf(draft)).toEqual({ faults });
  });

  it('is compared with what a contract would have cost, to the won', () => {
    const [same, cheaper] = someGuesses().guesses.map((guess) =>
      guessView(guess, { billWon: 43_210 }, { t, s, bill: koBill }),
    );
    expect([same?.difference, same?.isExact]).toEqual([s.supply.exact, true]);
    expect([cheaper?.won, cheaper?.difference, cheaper?.isExact]).toEqual(['₩38,900', s.supply.less('₩4,310'), false]);
    expect(same?.facts[0]).toEqual({ name: koBill.field.voltage, value: koBill.voltage.low });
  });
});

describe('the proof of residence', () => {
  it('says nothing of attempts until one was wrong', () => {
    expect(proofView(NO_PROOF, s).texts).toEqual([]);
    expect(proofView({ ...NO_PROOF, attemptsLeft: 3 }, s).texts).toEqual([s.proof.left(3)]);
  });

  it('that is locked leaves the operator, one that waits leaves the code', () => {
    expect(proofView({ ...NO_PROOF, attemptsLeft: 0, locked: true }, s)).toMatchObject({
      state: 'locked',
      mayTryCode: false,
      mayAskOperator: true,
      mayAskProvider: false,
    });
    expect(proofView({ ...NO_PROOF, state: 'waiting', by: 'operator' }, s)).toMatchObject({
      state: 'waiting',
      mayTryCode: true,
      mayAskOperator: false,
    });
  });

  it('is wanted of a home that the session or a refusal says is unproven', () => {
    const problem = { type: 'about:blank', title: 'Not allowed', status: 403, code: 'no-proof' };
    expect(isUnproven({ isProven: false }, null)).toBe(true);
    expect(isUnproven({ isProven: true }, new ApiError('no-permission', 'no', { problem }))).toBe(true);
    expect([isUnproven({ isProven: true }, null), isUnproven(undefined, null)]).toEqual([false, false]);
  });
});

describe('the report of an import', () => {
  const words = { t, s, reasons: koImports };
  it('tells how much of the file was read', () => {
    const view = importView(anImport({ state: 'reading', readBytes: 500, totalBytes: 2000 }), words);
    expect([view.state, view.percent, view.text]).toEqual(['busy', 25, s.history.reading(25)]);
  });

  it('tells the days that were taken, and each line that was not, in the words of the screen', () => {
    const done = anImport({
      state: 'done',
      daysTaken: 396,
      from: '2025-10-01',
      to: '2026-10-31',
      refused: [{ at: 'line 12', code: 'negative', reason: 'said in English' }],
      refusedCount: 3,
    });
    const view = importView(done, words);
    expect([view.text, view.lines]).toEqual([
      s.history.done(396),
      [s.history.span('2025년 10월 1일', '2026년 10월 31일')],
    ]);
    expect(view.refused).toEqual({
      summary: s.history.refusedLines(3),
      lines: [`line 12: ${koImports.part.negative}`, s.history.moreLines(2)],
    });
  });

  it('of a file that was refused says why', () => {
    const view = importView(anImport({ state: 'refused', problem: 'x', problemCode: 'inflates-too-much' }), words);
    expect([view.state, view.lines]).toEqual(['refused', [koImports.file['inflates-too-much']]]);
  });
});

describe('the members of a home', () => {
  const words = { t, s: koSettings };
  it('stand with oneself first, and nobody changes themselves', () => {
    const card = membersCard(loaded(someMembers()), words);
    expect(
      card.state === 'ready' && card.content.members.map(({ name, isChangeable }) => [name, isChangeable]),
    ).toEqual([
      ['이바다', false],
      ['김하늘', true],
    ]);
    expect(card).toMatchObject({ content: { isOwner: true, isLastOwner: true } });
  });

  it('without a name have one to be called by', () => {
    const [other] = someMembers().members;
    const card = membersCard(loaded(someMembers({ members: [{ ...other!, name: '' }] })), words);
    expect(card).toMatchObject({
      content: { members: [{ name: koSettings.members.nameless }], isOwner: false, self: undefined },
    });
  });
});

describe('the devices of a home', () => {
  const words = { t, s: koSettings, home: koHome };
  const gateways = someEquipment().gateways;
  it('are partial while a gateway is away, and not for one that was cut off', () => {
    const away = [{ ...gateways[0]!, presence: 'offline' as const }];
    expect(equipmentCard(loaded(someEquipment({ gateways: away })), NOW_MS, words)).toMatchObject({
      state: 'partial',
      note: koSettings.devices.offline(1),
    });
    const revoked = [{ ...away[0]!, status: 'revoked' as const }];
    expect(equipmentCard(loaded(someEquipment({ gateways: revoked })), NOW_MS, words)).toMatchObject({
      state: 'ready',
      content: [{ presenceText: koSettings.devices.revoked, isActive: false }],
    });
  });

  it('can be continued only by another one in use of the same kind', () => {
    const [meter, plug, old] = someEquipment().devices;
    const devices = [meter!, plug!, old!, { ...meter!, deviceId: 'meter-2', name: '새 계량기' }];
    const card = equipmentCard(loaded(someEquipment({ devices })), NOW_MS, words);
    const rows = card.state === 'ready' ? (card.content[0]?.devices ?? []) : [];
    expect(rows.map(({ successors }) => successors.map(({ value }) => value))).toEqual([
      ['meter-2'],
      [],
      ['meter-1', 'meter-2'],
      ['meter-1'],
    ]);
  });
});

describe('a refusal', () => {
  const problem = (code: string) => ({ type: 'about:blank', title: 'x', status: 409, detail: 'said in English', code });
  it.each<[string, ErrorKind, string | undefined, string | undefined]>([
    ['by its code', 'refused', 'last-owner', koErrors['last-owner']],
    ['by its kind where the code is not known yet', 'refused', 'brand-new', koErrors['refused']],
    ['by its kind without a code', 'unreachable', undefined, koErrors['unreachable']],
    ['in general words where neither is known', 'unreadable', undefined, ko.failure.unreadable.text],
  ])('is told %s', (_, kind, code, text) => {
    const error = new ApiError(kind, 'x', code === undefined ? {} : { problem: problem(code) });
    expect(failureText(error, { t, errors: koErrors })).toBe(text);
  });
});
