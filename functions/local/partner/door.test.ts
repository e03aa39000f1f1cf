import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { signatureClient } from '@hems/shared/partner-api/client/signature-client';
import { sigV4Client } from '@hems/shared/partner-api/client/sigv4-client';
import { PartnerRefused } from '@hems/shared/partner-api/client/call';
import { readSelf } from '@hems/shared/partner-api/self';
import { ALGORITHMS, type SigningKey } from '@hems/shared/signing/keys';
import { utf8 } from '@hems/shared/signing/digest';
import type { HttpRequest } from '@hems/shared/signing/request';
import { log } from '../../runtime/log.ts';
import { readPartnerKeyItem, putPartnerKey } from '../../use-cases/stores/partners.ts';
import { aPartnerDoor, sent, signed, type TestPartnerDoor } from '../testing/partner-door.ts';

vi.spyOn(log, 'warn').mockImplementation(() => undefined);
let door: TestPartnerDoor;
let key: SigningKey;
beforeAll(async () => {
  door = await aPartnerDoor({ limit: { perSecond: 0.001, burst: 20 } });
  await door.enter({ partnerId: 'office', scopes: ['savings:read'] });
  key = await door.key('office.first');
});
afterAll(async () => await door.close());

const SELF = '/partner/v1/self';
const self = (over: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url: door.origin + SELF,
  headers: {},
  body: utf8(''),
  ...over,
});
const codeOf = async (answer: Response): Promise<unknown[]> => {
  const { code } = (await answer.json()) as { code?: string };
  return [answer.status, code];
};

/** As it stands, by Node's own client, which writes whatever it is told. */
const raw = async ({ method, url, headers, body }: HttpRequest, chunked = false): Promise<unknown[]> =>
  await new Promise((resolve, reject) => {
    const length = chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': body.length };
    const sending = httpRequest(url, { method, headers: { ...headers, ...length } }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => (text += String(chunk)));
      answer.on('end', () => resolve([answer.statusCode, (JSON.parse(text) as { code?: string }).code]));
    });
    sending.on('error', reject);
    if (chunked) sending.write(body.slice(0, 2));
    sending.end(chunked ? body.slice(2) : body);
  });

describe('a partner of the local host', () => {
  test.each(ALGORITHMS)('is who it is by a signature with %s, by our client', async (algorithm) => {
    const own = await door.key(`office.${algorithm === 'ed25519' ? 'ed' : 'ec'}`, { algorithm });
    const call = signatureClient({ origin: door.origin, key: own });
    expect(await call(readSelf)).toMatchObject({ partnerId: 'office', scopes: ['savings:read'] });
  });

  test('is who it is by Signature Version 4, by our client', async () => {
    await door.enter({ partnerId: 'city' });
    const { apiKey, ...credentials } = await door.accessKey('city');
    const client = { origin: door.origin, region: 'ap-northeast-2', apiKey };
    const call = sigV4Client({ ...client, credentials: async () => credentials });
    expect(await call(readSelf)).toMatchObject({ partnerId: 'city' });
    const wrong = sigV4Client({ ...client, credentials: async () => ({ ...credentials, secretAccessKey: 'x' }) });
    await expect(wrong(readSelf)).rejects.toThrow(PartnerRefused);
  });

  test('changes its key without a gap: both sign until the old one is revoked, which counts at once', async () => {
    const [old, next] = [await door.key('office.old'), await door.key('office.next')];
    const [before, after] = [old, next].map((one) => signatureClient({ origin: door.origin, key: one }));
    await expect(before?.(readSelf)).resolves.toBeDefined();
    await expect(after?.(readSelf)).resolves.toBeDefined();
    const found = await readPartnerKeyItem(door.table, 'office.old');
    if (found) await putPartnerKey(door.table, { ...found.key, revokedAtMs: Date.now() });
    await expect(before?.(readSelf)).rejects.toMatchObject({ status: 401, problem: { code: 'revoked-key' } });
    await expect(after?.(readSelf)).resolves.toMatchObject({
      refusals: [{ code: 'revoked-key', keyId: 'office.old' }],
    });
  });

  test('is asked to send slower when it sends more than its plan of use has; another partner is not', async () => {
    await door.enter({ partnerId: 'hasty' });
    const own = await door.key('hasty.first');
    const answers = await Promise.all(Array.from({ length: 25 }, async () => sent(await signed(self(), { key: own }))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
    const slower = answers.find(({ status }) => status === 429);
    expect(slower?.headers.get('retry-after')).toBe('1');
    expect(slower && (await codeOf(slower))).toEqual([429, 'throttled']);
    expect((await sent(await signed(self(), { key }))).status).toBe(200);
  });
});

describe('what a proxy or a thief might make of a request', () => {
  test('a query in another order and spelling is the same query', async () => {
    const asked = await signed(self({ url: `${door.origin}${SELF}?a=%20b&c=d` }), { key });
    expect((await sent({ ...asked, url: `${door.origin}${SELF}?c=%64&a=+b` })).status).toBe(200);
  });

  test('a header of ours that stands twice is refused', async () => {
    const asked = await signed(self(), { key });
    const twice = {
      ...asked,
      headers: { ...asked.headers, 'signature-input': [asked.headers['signature-input'], 'b=()'] },
    };
    expect(await raw(twice as unknown as HttpRequest)).toEqual([401, 'repeated-header']);
  });

  test('a path in another spelling is refused, though it would lead to the same place', async () => {
    const asked = await signed(self({ url: `${door.origin}/partner/v1/%73elf` }), { key });
    expect((await raw(asked))[0]).toBe(404);
    expect((await raw({ ...asked, url: `${door.origin}/partner/v1//self` }))[0]).toBe(404);
    expect((await raw(self({ url: `${door.origin}/partner/v1/self?a=%ff` })))[0]).toBe(400);
  });

  test('a body that comes in pieces and without a length needs a digest that is signed', async () => {
    const bare = await signed(self(), { key });
    expect(await raw({ ...bare, body: utf8('{"a":1}') }, true)).toEqual([401, 'not-covered']);
    const whole = await signed(self({ headers: { 'content-type': 'application/json' }, body: utf8('{}') }), { key });
    expect((await raw(whole, true))[0]).toBe(200);
  });

  test('a method in a header is no method', async () => {
    const asked = await signed(self({ headers: { 'x-http-method-override': 'DELETE' } }), { key });
    expect((await sent(asked)).status).toBe(200);
    expect((await sent(self({ method: 'POST' }))).status).toBe(405);
  });
});

describe('a body that is too much', () => {
  test('is refused by its handler above 1 MB, and by the gateway above 10 MB; whoever is nobody is not listened to', async () => {
    const headers = { 'content-type': 'application/json' };
    const [more, most] = [1_000_001, 10_000_001].map((bytes) => utf8(`"${'x'.repeat(bytes - 2)}"`));
    expect(await raw(await signed(self({ headers, body: more ?? utf8('') }), { key }))).toEqual([
      413,
      'body-too-large',
    ]);
    expect(await raw(await signed(self({ headers, body: most ?? utf8('') }), { key }))).toEqual([
      413,
      'body-too-large',
    ]);
    expect(await raw(self({ headers, body: more ?? utf8('') }))).toEqual([401, 'unsigned']);
  });
});

test('the documentation of the partner API is there, and knows both ways of signing', async () => {
  expect(await (await door.get('/partner/docs')).text()).toContain('/partner/docs/start.js');
  expect(await (await door.get('/partner/docs/start.js')).text()).toContain("url: '/partner/openapi.json'");
  const document = (await (await door.get('/partner/openapi.json')).json()) as Record<string, Record<string, object>>;
  expect(Object.keys(document['paths'] ?? {})).toContain(SELF);
  expect(document['components']?.['securitySchemes']).toMatchObject({
    messageSignature: {},
    awsSignature: {},
    plan: {},
  });
});
