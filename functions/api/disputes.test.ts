import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { entryId } from '@hems/models/ledger/entry';
import * as disputes from '@hems/shared/api/disputes';
import { lineIdsOf } from '@hems/models/partner/settlement-line';
import { closeSettlement, readSettlementPart } from '@hems/shared/partner-api/settlements';
import { openLineDispute } from '@hems/shared/partner-api/disputes';
import { anOfficeWorld, CASHBACK, MAY, UTILITY, type OfficeWorld } from '../testing/office-world.ts';
import { callPartner } from '../testing/partner-call.ts';
import { proofPut, NO_PROOF } from '../use-cases/stores/proofs.ts';
import { handler as partnerDisputes } from '../partner/disputes.ts';
import { handler as settlements } from '../partner/settlements.ts';
import { handler } from './disputes.ts';

const HOME = 'home-a';
const OWNER = { sub: `owner-of-${HOME}` };
const STAFF = { sub: 'staff-1', 'cognito:groups': '[operator]' };
const SAID = { reasonCode: 'amount-wrong', text: '5월은 여행이었어요' } as const;

let world: OfficeWorld;
let ref: { householdId: string; entryId: string };
beforeEach(async () => {
  world = await anOfficeWorld();
  await world.addHome(HOME);
  await world.table.put(proofPut(HOME, { ...NO_PROOF, state: 'proven', by: 'operator', atMs: 0 }, 0));
  await world.settleMay(HOME);
  const [entry] = await world.entriesOf(HOME);
  ref = { householdId: HOME, entryId: entryId(entry!) };
});
afterEach(() => world.close());

type Asked = { readonly as: object; readonly params?: object; readonly query?: object; readonly body?: unknown };
const ask = async ({ method, path }: { method: string; path: string }, { as, params = {}, query, body }: Asked) => {
  const event = {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    pathParameters: params,
    ...(query && { queryStringParameters: query }),
    ...(body !== undefined && { body: JSON.stringify(body) }),
    requestContext: { authorizer: { jwt: { claims: { token_use: 'access', auth_time: 1, ...as } } } },
  } as unknown as APIGatewayProxyEventV2;
  const answer = await handler(event, {} as Context);
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? '{}') as unknown };
};
const open = () => ask(disputes.openDispute, { as: OWNER, params: ref, body: SAID });
const read = () => ask(disputes.readDispute, { as: OWNER, params: ref });
const answer = (outcome: string) =>
  ask(disputes.answerDispute, {
    as: STAFF,
    params: ref,
    body: { outcome, text: '검침값을 다시 읽었어요', reason: 'the readings of May were looked at' },
  });

test('a household disputes an entry, staff find and answer it, and the household reads the answer and who gave it', async () => {
  expect((await read()).body).toEqual({ dispute: null });
  expect(await open()).toMatchObject({ status: 200, body: { state: 'opened', openedBy: 'resident' } });
  const waiting = await ask(disputes.listDisputes, { as: STAFF, query: { waiting: 'answer' } });
  expect(waiting.body).toMatchObject({ disputes: [{ ...ref, dispute: { text: SAID.text } }], cursor: null });
  expect(await answer('upheld')).toMatchObject({ status: 200, body: { state: 'answered', answer: { owed: true } } });
  expect((await read()).body).toMatchObject({ dispute: { answer: { outcome: 'upheld' } } });
  expect((await world.accessesOf(HOME)).map(({ who, what }) => [who.kind, what])).toEqual([
    ['staff', 'disputes-listed'],
    ['staff', 'dispute-answered'],
  ]);
  const owed = await ask(disputes.listDisputes, { as: STAFF, query: { waiting: 'correction' } });
  expect(owed.body).toMatchObject({ disputes: [ref] });
});

test('a dispute that an office opened is in front of the household, which cannot close it', async () => {
  const { body } = await callPartner(settlements, closeSettlement, {
    as: UTILITY,
    body: { programme: CASHBACK, period: MAY },
  });
  const { file } = body.file;
  const { text } = await callPartner(settlements, readSettlementPart, { as: UTILITY, params: { file, part: '1' } });
  const params = { file, line: lineIdsOf(text)[0] ?? '' };
  await callPartner(partnerDisputes, openLineDispute, { as: UTILITY, params, body: SAID });
  expect((await read()).body).toMatchObject({ dispute: { openedBy: 'partner', state: 'opened' } });
  expect(await ask(disputes.closeDispute, { as: OWNER, params: ref })).toMatchObject({ status: 403 });
});

test('what was taken back is closed, and nobody answers it any more', async () => {
  await open();
  expect(await ask(disputes.closeDispute, { as: OWNER, params: ref })).toMatchObject({ body: { state: 'closed' } });
  expect(await answer('rejected')).toMatchObject({ status: 409 });
});

test('an answer of nobody’s dispute, or that the contract does not know, is refused', async () => {
  expect(await answer('rejected')).toMatchObject({ status: 404 });
  await open();
  expect(await answer('ignored')).toMatchObject({ status: 400 });
});
