import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DAY_MS } from '@hems/models/calendar/seoul';
import { entryId } from '@hems/models/ledger/entry';
import {
  closeLineDispute,
  listLineDisputes,
  openLineDispute,
  readLineDispute,
} from '@hems/shared/partner-api/disputes';
import { closeSettlement, readSettlementPart } from '@hems/shared/partner-api/settlements';
import { lineIdsOf } from '@hems/models/partner/settlement-line';
import { log } from '../runtime/log.ts';
import { anOfficeWorld, CASHBACK, MAY, OTHER, SHARING, UTILITY, type OfficeWorld } from '../testing/office-world.ts';
import { callPartner, enterPartner } from '../testing/partner-call.ts';
import { liveMonths } from '../testing/past-use.ts';
import { answerDispute } from '../use-cases/government/disputes.ts';
import {
  closeEntryDispute,
  listWaitingDisputes,
  openEntryDispute,
  readEntryDispute,
} from '../use-cases/government/entry-disputes.ts';
import { settleHousehold } from '../use-cases/settle-household.ts';
import type { Tell } from '../use-cases/webhooks/tell-partner.ts';
import { handler } from './disputes.ts';
import { handler as settlements } from './settlements.ts';

vi.spyOn(log, 'warn').mockImplementation(() => undefined);

const HOME = 'home-a';
const SAID = { reasonCode: 'baseline-wrong', text: 'the home was empty in May of both years' } as const;

let world: OfficeWorld;
let told: Tell[];
let file: string;
let line: string;
beforeEach(async () => {
  world = await anOfficeWorld();
  told = [];
  await world.addHome(HOME);
  await world.settleMay(HOME);
  ({ file, line } = await filed(UTILITY));
});
afterEach(() => world.close());

const filed = async (as: string) => {
  const { body } = await callPartner(settlements, closeSettlement, { as, body: { programme: CASHBACK, period: MAY } });
  const params = { file: body.file.file, part: '1' };
  const { text } = await callPartner(settlements, readSettlementPart, { as, params });
  return { file: body.file.file, line: lineIdsOf(text)[0] ?? '' };
};
const open = (body: unknown = SAID, over: { as?: string; file?: string; line?: string } = {}) =>
  callPartner(handler, openLineDispute, { as: UTILITY, ...over, params: { file, line, ...over }, body });
const read = (as = UTILITY) => callPartner(handler, readLineDispute, { as, params: { file, line } });
const close = () => callPartner(handler, closeLineDispute, { as: UTILITY, params: { file, line }, body: {} });
const list = (as = UTILITY, query: Record<string, string> = {}) =>
  callPartner(handler, listLineDisputes, { as, params: { programme: CASHBACK }, query });

const entryNumber = async (revision = 0) => (await world.entriesOf(HOME))[revision]!;
const answer = async (outcome: 'upheld' | 'rejected' | 'corrected', text = 'the meter was read again') =>
  answerDispute(
    { ...world, tell: async (tell) => void told.push(tell) },
    { entry: await entryNumber(), outcome, text, by: 'operator' },
  );
const correct = async (): Promise<void> => {
  await liveMonths(world, { [MAY]: 300 }, HOME);
  await settleHousehold(world, { householdId: HOME, date: '2026-05-31' });
};
const later = (days: number): void => world.clock.set(world.clock.now() + days * DAY_MS);

describe('a dispute of an office', () => {
  test('is opened with a code and words, once, and the household sees it and who opened it', async () => {
    const { body, status } = await open();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      line,
      dispute: {
        state: 'opened',
        openedBy: 'partner',
        revision: 0,
        amount: 3200,
        dueOn: '2026-07-01',
        overdue: false,
        answer: null,
      },
    });
    expect((await open()).body).toEqual(body);
    expect(await open({ ...SAID, text: 'something else' })).toMatchObject({
      status: 409,
      body: { code: 'disputed-already' },
    });
    const entry = await entryNumber();
    expect(await readEntryDispute(world, { householdId: HOME, entryId: entryId(entry) })).toEqual(body.dispute);
    expect(await world.accessesOf(HOME)).toContainEqual({
      who: { kind: 'partner', id: UTILITY },
      what: 'dispute-opened',
      why: `${CASHBACK} ${MAY}`,
    });
  });

  test('has its words sealed with the household’s key, and no other text of it tells them', async () => {
    await open();
    await answer('upheld', 'Kim of flat 703 is right');
    const { items } = await world.table.query({ table: 'ledger', value: `H#${HOME}`, prefix: 'DISPUTE#' });
    expect(items).toHaveLength(1);
    expect(JSON.stringify(items)).not.toMatch(/empty in May|flat 703/);
    expect((await read()).body.dispute).toMatchObject({
      text: SAID.text,
      answer: { text: 'Kim of flat 703 is right' },
    });
  });

  test('that is rejected leaves the line as it is, is told to the office, and closes by itself two weeks later', async () => {
    await open();
    const before = await world.entriesOf(HOME);
    expect(await answer('rejected')).toMatchObject({
      state: 'answered',
      answer: { outcome: 'rejected', owed: false, correctedBy: null },
    });
    expect(told).toMatchObject([
      {
        partnerId: UTILITY,
        type: 'dispute.answered',
        data: { line, outcome: 'rejected' },
        orderedBy: line.slice(0, 22),
      },
    ]);
    expect(await world.entriesOf(HOME)).toEqual(before);
    await expect(answer('upheld')).rejects.toMatchObject({ code: 'answered-already' });
    later(15);
    expect((await read()).body.dispute.state).toBe('closed');
  });

  test('that is upheld edits no entry: a correction is owed until the period is settled again, and then it is a line of its own', async () => {
    await open();
    const before = await world.entriesOf(HOME);
    await answer('upheld');
    expect((await read()).body.dispute).toMatchObject({ state: 'answered', answer: { owed: true, correctedBy: null } });
    expect(await close()).toMatchObject({ status: 409, body: { code: 'correction-owed' } });
    expect((await listWaitingDisputes(world, { waiting: 'correction' })).disputes).toHaveLength(1);
    await expect(answer('corrected')).rejects.toMatchObject({ code: 'not-corrected' });
    await correct();
    expect((await world.entriesOf(HOME))[0]).toEqual(before[0]);
    expect((await read()).body.dispute).toMatchObject({ answer: { owed: false, correctedBy: 1 } });
    expect((await listWaitingDisputes(world, { waiting: 'correction' })).disputes).toEqual([]);
    await answer('corrected');
    expect((await read()).body.dispute).toMatchObject({ answer: { outcome: 'corrected', correctedBy: 1 } });
    const next = await filed(UTILITY);
    expect([next.file.slice(-4), next.line.slice(-4)]).toEqual(['0002', '0001']);
    expect(told.map(({ data }) => 'outcome' in data && data.outcome)).toEqual(['upheld', 'corrected']);
  });

  test('makes a period that was final open to a correction, which is owed no longer once it is settled again', async () => {
    later(40);
    await correct();
    expect(await world.entriesOf(HOME)).toHaveLength(1);
    await open();
    await answer('upheld');
    later(20);
    await correct();
    expect((await world.entriesOf(HOME)).map(({ revision }) => revision)).toEqual([0, 1]);
    expect((await read()).body.dispute).toMatchObject({ answer: { owed: false, correctedBy: 1 } });
    await answer('corrected');
    expect((await close()).body.dispute.state).toBe('closed');
    await liveMonths(world, { [MAY]: 290 }, HOME);
    await settleHousehold(world, { householdId: HOME, date: '2026-05-31' });
    expect(await world.entriesOf(HOME)).toHaveLength(2);
  });

  test('that was upheld is rejected after all where the same inputs give the same amount', async () => {
    await open();
    await answer('upheld');
    await settleHousehold(world, { householdId: HOME, date: '2026-05-31' });
    expect(await answer('rejected', 'settled again: the amount is right')).toMatchObject({ answer: { owed: false } });
    expect((await listWaitingDisputes(world, { waiting: 'correction' })).disputes).toEqual([]);
    expect((await close()).body.dispute.state).toBe('closed');
  });

  test('that was upheld and put right is not rejected any more', async () => {
    await open();
    await answer('upheld');
    await correct();
    await expect(answer('rejected')).rejects.toMatchObject({ code: 'answered-already' });
  });

  test('that a home withdrew from is told to no office, nor to one that has lost the programme; who is told stands in the access log', async () => {
    const isTold = { who: { kind: 'partner', id: UTILITY }, what: 'dispute-read', why: `${CASHBACK} ${MAY}` };
    await open();
    await world.say(HOME, false);
    await answer('upheld');
    expect(told).toEqual([]);
    await world.say(HOME, true);
    await enterPartner(world.table, { partnerId: UTILITY, programmes: [] });
    await answer('rejected');
    expect(told).toEqual([]);
    expect(await world.accessesOf(HOME)).not.toContainEqual(isTold);
    await enterPartner(world.table, { partnerId: UTILITY, programmes: [CASHBACK] });
    await answer('rejected');
    expect(told).toMatchObject([{ partnerId: UTILITY, data: { outcome: 'rejected' } }]);
    expect(await world.accessesOf(HOME)).toContainEqual(isTold);
  });

  test('is listed to the offices that have its line in a file of theirs, and to no other', async () => {
    await open();
    expect((await list(SHARING)).body.disputes).toEqual([]);
    await filed(SHARING);
    expect((await list(SHARING)).body.disputes).toHaveLength(1);
  });

  test('is answered as corrected only by an entry that is later than the dispute', async () => {
    await correct();
    later(1);
    await open();
    await expect(answer('corrected')).rejects.toMatchObject({ code: 'not-corrected' });
  });

  test('that nobody answers in 30 days is overdue; taken back it is closed', async () => {
    await open();
    later(31);
    expect((await read()).body.dispute).toMatchObject({ state: 'opened', overdue: true });
    expect((await listWaitingDisputes(world, { waiting: 'answer' })).disputes).toHaveLength(1);
    expect((await close()).body.dispute.state).toBe('closed');
    expect((await listWaitingDisputes(world, { waiting: 'answer' })).disputes).toEqual([]);
  });

  test('comes too late 90 days after the line was recorded', async () => {
    later(91);
    expect(await open()).toMatchObject({ status: 409, body: { code: 'too-late' } });
  });

  test('is listed with those of its programme, of households that agree', async () => {
    await open();
    expect((await list()).body.disputes).toMatchObject([{ line, dispute: { reasonCode: 'baseline-wrong' } }]);
    await world.say(HOME, false);
    expect((await list()).body.disputes).toEqual([]);
    expect(await read()).toMatchObject({ status: 404, body: { code: 'no-participant' } });
  });
});

describe('a dispute of a household', () => {
  const dispute = async () =>
    openEntryDispute(world, world.ownerOf(HOME), { entryId: entryId(await entryNumber()), ...SAID });

  test('is seen by the office that holds the line, which is told of the answer; only the household closes it', async () => {
    expect(await dispute()).toMatchObject({ state: 'opened', openedBy: 'resident' });
    expect((await read()).body.dispute).toMatchObject({ openedBy: 'resident' });
    expect(await close()).toMatchObject({ status: 403, body: { code: 'not-yours' } });
    await answer('rejected');
    expect(told.map(({ partnerId }) => partnerId)).toEqual([UTILITY]);
    const closed = await closeEntryDispute(world, world.ownerOf(HOME), entryId(await entryNumber()));
    expect(closed.state).toBe('closed');
  });

  test('is not kept out by an office that takes its own back, nor by one that had its answer', async () => {
    await open();
    await expect(dispute()).rejects.toMatchObject({ code: 'disputed-already' });
    await close();
    await open();
    await answer('rejected');
    await expect(dispute()).rejects.toMatchObject({ code: 'disputed-already' });
    await close();
    expect(await open({ ...SAID, text: 'once more' })).toMatchObject({
      status: 409,
      body: { code: 'disputed-already' },
    });
    later(1);
    expect(await dispute()).toMatchObject({ state: 'opened', openedBy: 'resident', answer: null });
    await answer('rejected');
    await closeEntryDispute(world, world.ownerOf(HOME), entryId(await entryNumber()));
    expect(await open({ ...SAID, text: 'once more' })).toMatchObject({
      status: 409,
      body: { code: 'disputed-already' },
    });
    // each is told, though their line and their answer are the same
    expect(new Set(told.map(({ key }) => key)).size).toBe(2);
  });

  test('is about an entry of its own, and none of somebody who only looks', async () => {
    const viewer = { ...world.ownerOf(HOME), role: 'viewer' } as const;
    const own = entryId(await entryNumber());
    await expect(openEntryDispute(world, viewer, { entryId: own, ...SAID })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await world.addHome('home-b');
    await expect(openEntryDispute(world, world.ownerOf('home-b'), { entryId: own, ...SAID })).rejects.toMatchObject({
      kind: 'not-found',
    });
  });
});

describe('an office is refused', () => {
  test('a line of another office’s file, and a line that its file does not have', async () => {
    const theirs = await filed(SHARING);
    expect(await open(SAID, { as: SHARING })).toMatchObject({ status: 404, body: { code: 'no-file' } });
    expect(await open(SAID, { line: theirs.line })).toMatchObject({ status: 404, body: { code: 'no-participant' } });
    expect(await open(SAID, { line: `${line.slice(0, 23)}0007` })).toMatchObject({
      status: 404,
      body: { code: 'no-line' },
    });
    expect(await list(OTHER)).toMatchObject({ status: 403, body: { code: 'not-your-programme' } });
  });

  test('a reason that is none of the list, no words, and more than the contract knows', async () => {
    for (const body of [
      { ...SAID, reasonCode: 'unfair' },
      { reasonCode: 'baseline-wrong' },
      { ...SAID, amount: 1 },
      { ...SAID, text: ' ' },
    ])
      expect((await open(body)).status).toBe(400);
  });

  test('without the scope, and the words of another office’s cursor', async () => {
    await open();
    await enterPartner(world.table, { partnerId: UTILITY, scopes: ['settlements:read'], programmes: [CASHBACK] });
    expect(await read()).toMatchObject({ status: 403, body: { code: 'no-scope' } });
    await enterPartner(world.table, { partnerId: UTILITY, scopes: ['disputes:read'], programmes: [CASHBACK] });
    expect([(await read()).status, (await list()).status]).toEqual([200, 200]);
    expect(await open()).toMatchObject({ status: 403, body: { code: 'no-scope' } });
    expect(await close()).toMatchObject({ status: 403, body: { code: 'no-scope' } });
    expect(await list(SHARING, { cursor: 'id-1' })).toMatchObject({ status: 400, body: { code: 'bad-cursor' } });
  });
});
