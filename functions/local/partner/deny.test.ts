import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { problem } from '@hems/shared/api/problem';
import { partnerContract } from '@hems/shared/partner-api/contract';
import type { PartnerRoute } from '@hems/shared/partner-api/route';
import { utf8 } from '@hems/shared/signing/digest';
import type { SigningKey } from '@hems/shared/signing/keys';
import type { HttpRequest } from '@hems/shared/signing/request';
import { signSigV4 } from '@hems/shared/signing/sign-sigv4';
import { log } from '../../runtime/log.ts';
import { aKeyPair, aPartnerDoor, sent, signed, type TestPartnerDoor } from '../testing/partner-door.ts';
import type { AccessKey } from './access-keys.ts';

const routes = Object.values(partnerContract as Record<string, readonly PartnerRoute[]>).flat();

let door: TestPartnerDoor;
/** of `office`: known, not known to us, and known at other times */
let keys: Record<
  'good' | 'stolen' | 'stranger' | 'expired' | 'early' | 'revoked' | 'powerless' | 'suspended',
  SigningKey
>;
let access: Record<'good' | 'powerless' | 'suspended' | 'nobody', AccessKey>;
beforeAll(async () => {
  door = await aPartnerDoor();
  await door.enter({ partnerId: 'office' });
  await door.enter({ partnerId: 'powerless', scopes: [] });
  await door.enter({ partnerId: 'halted', status: 'suspended' });
  const nowMs = Date.now();
  keys = {
    good: await door.key('office.good'),
    stolen: (await aKeyPair('office.good')).own,
    stranger: (await aKeyPair('office.stranger')).own,
    expired: await door.key('office.expired', { untilMs: nowMs - 1000 }),
    early: await door.key('office.early', { fromMs: nowMs + 3_600_000 }),
    revoked: await door.key('office.revoked', { revokedAtMs: nowMs - 1000 }),
    powerless: await door.key('powerless.first'),
    suspended: await door.key('halted.first'),
  };
  access = {
    good: await door.accessKey('office'),
    powerless: await door.accessKey('powerless'),
    suspended: await door.accessKey('halted'),
    nobody: await door.accessKey('nobody'),
  };
});
afterAll(async () => await door.close());

const lines: string[] = [];
vi.spyOn(log, 'warn').mockImplementation((message, ...more) => {
  lines.push(JSON.stringify([message, ...more]));
});
beforeEach(() => {
  lines.length = 0;
});

const bare = ({ method, path }: PartnerRoute): HttpRequest => ({
  method,
  url: door.origin + path.replaceAll(/\{\w+\}/g, 'sample-1'),
  headers: method === 'GET' ? {} : { 'content-type': 'application/json', 'idempotency-key': 'deny-test-00000001' },
  body: utf8(method === 'GET' ? '' : '{"a":1}'),
});
const changed = (request: HttpRequest, headers: Record<string, string>): HttpRequest => ({
  ...request,
  headers: { ...request.headers, ...headers },
});

/** Refused with this status and code, told in one line, and neither says anything of what was signed. */
const expectRefused = async (request: HttpRequest, status: number, code: string): Promise<void> => {
  const before = lines.length;
  const answer = await sent(request);
  const text = await answer.text();
  const said = problem.parse(JSON.parse(text));
  expect([answer.status, said.status, said.code, answer.headers.get('content-type')]).toEqual([
    status,
    status,
    code,
    'application/problem+json',
  ]);
  expect(said.detail).toBeTruthy();
  const told = lines.slice(before);
  expect(told).toHaveLength(1);
  expect(told[0]).toContain(`"partner refused",{"code":"${code}"`);
  const { signature = '', authorization = '' } = request.headers;
  for (const secret of [
    signature,
    authorization.split('Signature=')[1] ?? '',
    access.good.secretAccessKey,
    access.good.apiKey,
  ])
    if (secret !== '') expect(text + told.join('')).not.toContain(secret);
};

describe.each(routes.map((route) => ({ name: route.name, route })))('$name, signed by RFC 9421,', ({ route }) => {
  const isWrite = route.method !== 'GET';

  test('is closed to whoever does not sign, or signs with a key that is not theirs', async () => {
    await expectRefused(bare(route), 401, 'unsigned');
    await expectRefused(await signed(bare(route), { key: keys.stolen }), 401, 'wrong-signature');
    await expectRefused(await signed(bare(route), { key: keys.stranger }), 401, 'unknown-key');
  });

  test('is closed to a request that was altered on its way', async () => {
    const good = await signed(bare(route), { key: keys.good });
    const elsewhere = await signed({ ...bare(route), url: `${bare(route).url}x` }, { key: keys.good });
    await expectRefused({ ...elsewhere, url: good.url }, 401, 'wrong-signature');
    await expectRefused({ ...good, url: `${good.url}?limit=1` }, 401, 'wrong-signature');
    await expectRefused(
      changed(good, { 'content-type': 'text/plain' }),
      401,
      isWrite ? 'wrong-signature' : 'not-covered',
    );
    await expectRefused(
      changed(good, { 'idempotency-key': 'deny-test-00000002' }),
      401,
      isWrite ? 'wrong-signature' : 'not-covered',
    );
    if (isWrite) await expectRefused({ ...good, body: utf8('{"a":2}') }, 401, 'wrong-body');
    if (isWrite)
      await expectRefused(
        await signed({ ...bare(route), body: utf8('') }, { key: keys.good }).then((one) => ({
          ...one,
          body: utf8('{}'),
        })),
        401,
        'not-covered',
      );
  });

  test('is closed to a request that was sent before, is of another time, or lives too long', async () => {
    // what the partner may not do uses its nonce up all the same
    const once = await signed(bare(route), { key: keys.suspended });
    await expectRefused(once, 403, 'suspended');
    await expectRefused(once, 401, 'replayed');
    await expectRefused(await signed(bare(route), { key: keys.good, created: -310, expires: 10 }), 401, 'clock-skew');
    await expectRefused(await signed(bare(route), { key: keys.good, created: 310 }), 401, 'clock-skew');
    await expectRefused(
      await signed(bare(route), { key: keys.good, created: -90, expires: -30 }),
      401,
      'expired-signature',
    );
    await expectRefused(await signed(bare(route), { key: keys.good, expires: 3600 }), 401, 'lives-too-long');
  });

  test('is closed to a key outside of its time, and to a partner that may not', async () => {
    await expectRefused(await signed(bare(route), { key: keys.expired }), 401, 'expired-key');
    await expectRefused(await signed(bare(route), { key: keys.early }), 401, 'key-not-yet-valid');
    await expectRefused(await signed(bare(route), { key: keys.revoked }), 401, 'revoked-key');
    if (route.scope !== null) await expectRefused(await signed(bare(route), { key: keys.powerless }), 403, 'no-scope');
  });
});

const bySigV4 = async (request: HttpRequest, over: Over = {}): Promise<HttpRequest> => {
  const { key = access.good, afterS = 0, region = 'ap-northeast-2', apiKey = key.apiKey } = over;
  const { accessKeyId, secretAccessKey } = { ...key, ...over.credentials };
  const headers = await signSigV4(
    { ...request, headers: { ...request.headers, 'x-api-key': apiKey } },
    { credentials: { accessKeyId, secretAccessKey }, region, nowS: Math.floor(Date.now() / 1000) + afterS },
  );
  return { ...request, headers };
};
type Over = {
  readonly key?: AccessKey;
  readonly credentials?: Partial<AccessKey>;
  readonly afterS?: number;
  readonly region?: string;
  readonly apiKey?: string;
};

describe.each(routes.map((route) => ({ name: route.name, route })))('$name, signed by SigV4,', ({ route }) => {
  test('is closed to whoever signs with a key that is not theirs, or names no plan of use', async () => {
    await expectRefused(
      await bySigV4(bare(route), { credentials: { secretAccessKey: 'stolen' } }),
      403,
      'wrong-signature',
    );
    await expectRefused(
      await bySigV4(bare(route), { credentials: { accessKeyId: 'AKIALOCALNOBODYHAS00' } }),
      403,
      'unknown-key',
    );
    await expectRefused(await bySigV4(bare(route), { apiKey: access.powerless.apiKey }), 403, 'no-plan');
    await expectRefused(await bySigV4(bare(route), { region: 'us-east-1' }), 403, 'wrong-region');
    await expectRefused(changed(bare(route), { authorization: 'AWS4-HMAC-SHA256 ' }), 403, 'malformed-signature');
  });

  test('is closed to a request that was altered on its way, or is of another time', async () => {
    const good = await bySigV4(bare(route));
    const elsewhere = await bySigV4({ ...bare(route), url: `${bare(route).url}x` });
    await expectRefused({ ...elsewhere, url: good.url }, 403, 'wrong-signature');
    await expectRefused({ ...good, url: `${good.url}?limit=1` }, 403, 'wrong-signature');
    await expectRefused(changed(good, { 'x-amz-meta': 'a' }), 403, 'not-covered');
    if (route.method !== 'GET') {
      await expectRefused({ ...good, body: utf8('{"a":2}') }, 403, 'wrong-body');
      await expectRefused(changed(good, { 'idempotency-key': 'deny-test-00000002' }), 403, 'wrong-signature');
    }
    await expectRefused(await bySigV4(bare(route), { afterS: -310 }), 403, 'clock-skew');
    await expectRefused(await bySigV4(bare(route), { afterS: 310 }), 403, 'clock-skew');
  });

  test('is closed to the role of a partner that may not, or is none', async () => {
    await expectRefused(await bySigV4(bare(route), { key: access.suspended }), 403, 'suspended');
    await expectRefused(await bySigV4(bare(route), { key: access.nobody }), 403, 'no-partner');
    if (route.scope !== null)
      await expectRefused(await bySigV4(bare(route), { key: access.powerless }), 403, 'no-scope');
  });
});

describe.each(routes.filter(({ method }) => method !== 'GET').map((route) => ({ name: route.name, route })))(
  '$name',
  ({ route }) => {
    test('is not carried out without an Idempotency-Key, however it is signed', async () => {
      const { 'idempotency-key': _key, ...headers } = bare(route).headers;
      const without = { ...bare(route), headers };
      for (const asked of [await signed(without, { key: keys.good }), await bySigV4(without)]) {
        const answer = await sent(asked);
        expect([answer.status, problem.parse(await answer.json()).code]).toEqual([400, 'idempotency-key']);
      }
    });
  },
);
