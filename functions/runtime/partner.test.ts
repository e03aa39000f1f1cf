import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { nothing } from '@hems/shared/api/nouns';
import { problem } from '@hems/shared/api/problem';
import { partnerRoute } from '@hems/shared/partner-api/route';
import { contentDigest, utf8 } from '@hems/shared/signing/digest';
import { openDatabase } from '../adapters/embedded/database.ts';
import { sqliteTable } from '../adapters/embedded/table.ts';
import { lambdaContext } from '../local/lambda-context.ts';
import type { Table } from '../ports/table.ts';
import { aPartner, enterPartner, partnerEvent } from '../testing/partner-call.ts';
import { readPartnerRefusals } from '../use-cases/stores/partners.ts';
import { log } from './log.ts';
import { partnerEndpoint, partnerHttp, type PartnerEvent } from './partner.ts';
import { clock, table as tablePort } from './ports.ts';
import { idOfRequest } from './request-id.ts';

const dispute = partnerRoute({
  name: 'openDispute',
  method: 'POST',
  path: '/partner/v1/disputes/{line}',
  scope: 'disputes:write',
  summary: 'A dispute of a line of a settlement',
  params: z.object({ line: z.string().check(z.regex(/^[\w-]{1,20}$/)) }),
  query: z.object({ draft: z.optional(z.enum(['true', 'false'])) }),
  body: z.strictObject({ reason: z.string(), items: z.optional(z.array(z.int()).check(z.maxLength(100))) }),
  answer: z.object({ line: z.string(), number: z.int() }),
});
const list = partnerRoute({
  ...dispute,
  name: 'listDisputes',
  method: 'GET',
  body: nothing,
  produces: 'text/csv',
  answer: z.string(),
});

vi.spyOn(log, 'warn').mockImplementation(() => undefined);

let opened = 0;
/** what a request waits for before it takes effect */
let held: Promise<unknown> = Promise.resolve();
const handler = partnerHttp([
  partnerEndpoint(dispute, async ({ params }) => {
    await held;
    opened += 1;
    return { ...params, number: opened };
  }),
  partnerEndpoint(list, async ({ params }) => `line\n${params.line}\n`),
]);

let nowMs = 1_795_316_400_000;
let table: Table;
beforeEach(async () => {
  opened = 0;
  const own = { now: () => nowMs };
  table = sqliteTable({ database: openDatabase(':memory:'), clock: own });
  tablePort.use(table);
  clock.use(own);
  await enterPartner(table, { scopes: ['disputes:write'] });
});

const GOOD = { as: 'office', params: { line: 'line-7' }, body: { reason: 'counted twice' } };
type Call = Parameters<typeof partnerEvent>[1];
const call = async (over: Partial<Call> = {}, event: Partial<PartnerEvent> = {}) => {
  const answer = await handler(
    { ...partnerEvent(dispute, { ...GOOD, ...over }), ...event },
    lambdaContext('disputes', 20_000),
  );
  return { ...answer, said: JSON.parse(answer.body ?? '{}') as unknown };
};
const refusal = async (over: Partial<Call>, event: Partial<PartnerEvent> = {}) => {
  const { statusCode, headers, said } = await call(over, event);
  expect(headers).toMatchObject({ 'content-type': 'application/problem+json' });
  const { status, code, errors } = problem.parse(said);
  expect(status).toBe(statusCode);
  expect(opened).toBe(0);
  return [status, code ?? errors?.[0]?.at];
};

test('every answer carries the id of its request, a refusal and an answer given again too', async () => {
  const headers = { 'idempotency-key': 'dispute-of-line-7', 'X-Correlation-Id': 'chosen-by-the-partner' };
  const first = await call({ headers });
  const again = await call({ headers: { ...headers, 'X-Correlation-Id': 'of-the-second-time' } });
  const refused = await call({ headers, body: { reason: 'another' } });
  expect([first, again, refused].map((one) => [one.statusCode, one.headers?.['x-correlation-id']])).toEqual([
    [200, 'chosen-by-the-partner'],
    [200, 'of-the-second-time'],
    [409, 'chosen-by-the-partner'],
  ]);
});

test('the authorizer and the handler of a request tell of it under one id, that of the gateway, where it brings none', () => {
  // HTTP APIs end theirs with a sign that no id of ours has
  expect(idOfRequest({ headers: {}, requestContext: { requestId: 'JKJaXmPLvHcESHA=' } })).toBe('JKJaXmPLvHcESHA');
  expect(idOfRequest({ headers: null, requestContext: undefined })).toBeUndefined();
});

describe('a request that changes something', () => {
  test('takes effect once for its Idempotency-Key, whatever came between', async () => {
    const headers = { 'idempotency-key': 'dispute-of-line-7' };
    const first = await call({ headers });
    expect(first).toMatchObject({ statusCode: 200, said: { line: 'line-7', number: 1 } });
    const again = await call({ headers });
    expect(again).toMatchObject({ statusCode: 200, body: first.body, headers: { 'idempotent-replayed': 'true' } });
    expect(await call()).toMatchObject({ said: { number: 2 } });
    const other = await call({ headers, body: { reason: 'another' } });
    expect([other.statusCode, other.said]).toMatchObject([409, { code: 'idempotency-mismatch' }]);
    expect(opened).toBe(2);
  });

  test('is answered with the moment to come again while its like is carried out', async () => {
    const headers = { 'idempotency-key': 'dispute-of-line-7' };
    const gate = Promise.withResolvers<undefined>();
    held = gate.promise;
    const first = call({ headers });
    const late = await Promise.race([first, sleep(50)]).then(async () => call({ headers }));
    expect(late).toMatchObject({ statusCode: 409, said: { code: 'in-progress' }, headers: { 'retry-after': 1 } });
    gate.resolve(undefined);
    expect(await first).toMatchObject({ statusCode: 200 });
    expect(opened).toBe(1);
  });

  test.each([
    ['none', ''],
    ['one that is short', 'fifteen-letters'],
    ['one that is long', 'x'.repeat(65)],
    ['one with a space', 'dispute of line 7'],
  ])('needs an Idempotency-Key: %s is refused', async (_, key) => {
    expect(await refusal({ headers: { 'idempotency-key': key } })).toEqual([400, 'idempotency-key']);
  });

  test('is refused where its signature stands in the address, which others keep', async () => {
    expect(await refusal({}, { queryStringParameters: { 'X-Amz-Signature': 'abc' } })).toEqual([
      401,
      'signed-in-query',
    ]);
  });

  test('that reads only needs no key, and is not remembered', async () => {
    const event = partnerEvent(list, { as: 'office', params: { line: 'line-7' } });
    const answer = await handler(event, lambdaContext('disputes', 20_000));
    expect(answer).toMatchObject({ statusCode: 200, body: 'line\nline-7\n' });
    expect(answer.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8' });
  });
});

describe('a body that is refused', () => {
  const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
  test.each<[string, Partial<PartnerEvent>, number, string]>([
    [
      'of another type',
      { headers: { 'content-type': 'text/xml', 'idempotency-key': 'k'.repeat(16) } },
      415,
      'content-type',
    ],
    ['of no type', { headers: { 'idempotency-key': 'k'.repeat(16) } }, 415, 'content-type'],
    ['above 1 MB', { body: JSON.stringify({ reason: 'x'.repeat(1_000_000) }) }, 413, 'body-too-large'],
    ['21 levels deep', { body: `{"reason":${nested(21)}}` }, 400, 'too-deep'],
    ['100,000 levels deep', { body: nested(100_000) }, 400, 'too-deep'],
    ['no JSON', { body: '{"reason":' }, 400, 'body'],
    ['no UTF-8', { body: Buffer.from([0x22, 0xff, 0x22]).toString('base64'), isBase64Encoded: true }, 400, 'body'],
    ['with a field that nobody knows', { body: '{"reason":"a","amount":1}' }, 400, 'body'],
    ['with 10,000 items', { body: JSON.stringify({ reason: 'a', items: Array(10_000).fill(1) }) }, 400, 'body.items'],
    ['with a key of the prototype', { body: '{"reason":"a","__proto__":{"x":1}}' }, 400, 'body'],
  ])('%s', async (_, event, status, code) => {
    expect(await refusal({}, event)).toEqual([status, code]);
  });
});

const DIGEST = await contentDigest(utf8(JSON.stringify(GOOD.body)));
const OTHER_DIGEST = await contentDigest(utf8('{"reason":"another"}'));

describe('a body of a request that our authorizer let through', () => {
  const requestContext = { authorizer: { partnerId: 'office', keyId: 'office.first' } };
  const event = (digest: string | undefined): Partial<PartnerEvent> => ({
    requestContext,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': 'k'.repeat(16),
      ...(digest !== undefined && { 'Content-Digest': digest }),
    },
  });

  test.each([
    ['none', undefined],
    ['that of another body', OTHER_DIGEST],
    ['one by another algorithm alone', 'sha-512=:AAAA:'],
    ['no dictionary', '(('],
  ])('has to be the one that was signed: %s is refused', async (_, digest) => {
    expect(await refusal({}, event(digest))).toEqual([401, 'wrong-body']);
  });

  test('is taken with its own digest', async () => {
    expect(await call({}, event(DIGEST))).toMatchObject({ statusCode: 200 });
  });

  test('is told first of all: nothing else of the request is answered before', async () => {
    const pathParameters = { line: 'no line of ours' };
    expect(await refusal({}, { ...event(undefined), pathParameters })).toEqual([401, 'wrong-body']);
    expect((await readPartnerRefusals(table, 'office')).entries[0]).toMatchObject({
      code: 'wrong-body',
      keyId: 'office.first',
    });
  });
});

describe('what says one thing twice or in disguise', () => {
  test('a parameter of the query that stands twice is refused', async () => {
    const twice = {
      queryStringParameters: { draft: 'false' },
      multiValueQueryStringParameters: { draft: ['true', 'false'] },
    };
    expect(await refusal({}, twice)).toEqual([400, 'query.draft']);
  });

  test('no header overrides the method', async () => {
    const answer = await handler(
      partnerEvent(list, { as: 'office', params: { line: 'a' }, headers: { 'x-http-method-override': 'POST' } }),
      lambdaContext('disputes', 20_000),
    );
    expect([answer.statusCode, opened]).toEqual([200, 0]);
  });
});

describe('a partner', () => {
  test('that may not, that is suspended, or that is nobody, is refused before its request is looked at', async () => {
    await enterPartner(table, { partnerId: 'other' });
    await enterPartner(table, { ...aPartner(), partnerId: 'halted', scopes: ['disputes:write'], status: 'suspended' });
    expect(await refusal({ as: 'other', body: 'not even an object' })).toEqual([403, 'no-scope']);
    expect(await refusal({ as: 'halted' })).toEqual([403, 'suspended']);
    expect(await refusal({ as: 'nobody' })).toEqual([403, 'no-partner']);
    expect(await refusal({}, { requestContext: {} })).toEqual([403, 'no-partner']);
  });

  test('sees the latest 20 of its requests that were refused, and makes us write every 2 s at most', async () => {
    await enterPartner(table, { partnerId: 'other' });
    const versions = [];
    for (let request = 0; request < 60; request += 1) {
      nowMs += 1000;
      await refusal({ as: 'other' });
      versions.push((await readPartnerRefusals(table, 'other')).version);
    }
    const { entries } = await readPartnerRefusals(table, 'other');
    expect(entries).toHaveLength(20);
    expect(versions.at(-1)).toBe(30);
    expect(entries[0]).toMatchObject({ code: 'no-scope', keyId: 'unknown' });
    expect(entries.map(({ atMs }) => atMs)).toEqual(entries.map(({ atMs }) => atMs).toSorted((a, b) => b - a));
  });
});
