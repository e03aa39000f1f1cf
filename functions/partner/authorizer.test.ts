import { beforeEach, describe, expect, test, vi } from 'vitest';
import { utf8 } from '@hems/shared/signing/digest';
import type { SigningKey } from '@hems/shared/signing/keys';
import { openDatabase } from '../adapters/embedded/database.ts';
import { sqliteTable } from '../adapters/embedded/table.ts';
import { lambdaContext } from '../local/lambda-context.ts';
import { aKeyPair, signed } from '../local/testing/partner-door.ts';
import type { Table } from '../ports/table.ts';
import { log } from '../runtime/log.ts';
import type { AuthorizerEvent } from '../runtime/partner-signed.ts';
import { clock, partnerOrigin, table as tablePort } from '../runtime/ports.ts';
import { putPartnerKey, readPartnerRefusals } from '../use-cases/stores/partners.ts';
import { handler } from './authorizer.ts';

const METHOD_ARN = 'arn:aws:execute-api:ap-northeast-2:000000000000:abcde/v1/GET/partner/v1/self';
const warned = vi.spyOn(log, 'warn').mockImplementation(() => undefined);

let nowMs: number;
let table: Table;
let key: SigningKey;
beforeEach(async () => {
  nowMs = Date.now();
  const own = { now: () => nowMs };
  table = sqliteTable({ database: openDatabase(':memory:'), clock: own });
  tablePort.use(table);
  clock.use(own);
  partnerOrigin.use(undefined);
  const pair = await aKeyPair('office.first');
  key = pair.own;
  const times = { fromMs: nowMs - 1000, untilMs: nowMs + 3_600_000, revokedAtMs: null };
  await putPartnerKey(table, { keyId: 'office.first', algorithm: 'ed25519', jwk: pair.jwk, ...times });
  warned.mockClear();
});

type Place = { readonly domainName: string; readonly path: string };
const OWN_NAME: Place = { domainName: 'sig.partner.hems.example', path: '/partner/v1/self' };
/** As the address has it that API Gateway gives: its stage is part of the path that was called. */
const GIVEN_NAME: Place = { domainName: 'abcde.execute-api.ap-northeast-2.amazonaws.com', path: '/v1/partner/v1/self' };

const anEvent = async (
  { domainName, path }: Place,
  how: Partial<Parameters<typeof signed>[1]> = {},
): Promise<AuthorizerEvent> => {
  const url = `https://${domainName}${path}`;
  const { headers } = await signed({ method: 'GET', url, headers: {}, body: utf8('') }, { key, ...how });
  return {
    methodArn: METHOD_ARN,
    httpMethod: 'GET',
    // API Gateway hands names on as they were sent
    multiValueHeaders: {
      'Signature-Input': [headers['signature-input'] ?? ''],
      SIGNATURE: [headers['signature'] ?? ''],
    },
    multiValueQueryStringParameters: null,
    requestContext: { path, domainName },
  };
};
const asked = async (event: AuthorizerEvent) => handler(event, lambdaContext('authorizer', 5000));

describe('the authorizer', () => {
  test.each([
    ['a name of our own', OWN_NAME],
    ['the name that API Gateway gives', GIVEN_NAME],
  ])('lets a signed request under %s through to its one address, in the name of its partner', async (_, place) => {
    expect(await asked(await anEvent(place))).toEqual({
      principalId: 'office',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: METHOD_ARN }],
      },
      context: { partnerId: 'office', keyId: 'office.first' },
      usageIdentifierKey: 'hems-local-partner-office-plan',
    });
    expect(warned).not.toHaveBeenCalled();
  });

  test('denies what was signed for another host, with a code and a sentence that end no text of JSON', async () => {
    const event = await anEvent(OWN_NAME);
    const said = await asked({ ...event, requestContext: GIVEN_NAME });
    expect(said.policyDocument.Statement[0]).toMatchObject({ Effect: 'Deny', Resource: METHOD_ARN });
    expect(said.context).toMatchObject({ code: 'wrong-signature' });
    expect(JSON.stringify(Object.values(said.context ?? {}))).not.toContain('\\');
    expect(warned.mock.calls).toEqual([
      ['partner refused', { code: 'wrong-signature', partnerId: 'office', keyId: 'office.first' }],
    ]);
  });

  test('denies a header of two spellings, whichever of them is signed', async () => {
    const event = await anEvent(OWN_NAME);
    const multiValueHeaders = { ...event.multiValueHeaders, signature: ['hems=:AAAA:'] };
    expect((await asked({ ...event, multiValueHeaders })).context).toMatchObject({ code: 'repeated-header' });
  });

  test.each(['/partner/v1/%73elf', '/partner/v1//self', '/partner/../partner/v1/self', '/partner/v1/./self'])(
    'denies the address %s',
    async (path) => {
      const event = await anEvent({ ...OWN_NAME, path });
      expect((await asked(event)).context).toMatchObject({ code: 'address-not-plain' });
    },
  );
});

describe('a nonce', () => {
  test('counts once, also for a request that comes twice at the same time', async () => {
    const event = await anEvent(OWN_NAME, { nonce: 'n'.repeat(16) });
    const said = await Promise.all(Array.from({ length: 10 }, async () => asked(event)));
    expect(said.filter(({ principalId }) => principalId === 'office')).toHaveLength(1);
    expect(said.filter(({ context }) => context?.['code'] === 'replayed')).toHaveLength(9);
  });

  test('is remembered for as long as its request could be taken, and no longer', async () => {
    // made by a clock that is almost 300 s ahead of ours: good until almost 600 s from now
    const event = await anEvent(OWN_NAME, { created: 299, expires: 599 });
    expect((await asked(event)).principalId).toBe('office');
    nowMs += 598_000;
    expect((await asked(event)).context).toMatchObject({ code: 'replayed' });
    nowMs += 3000;
    expect((await asked(event)).context).toMatchObject({ code: 'clock-skew' });
    nowMs += 60_000;
    const { items } = await table.query({ table: 'operations', value: 'PARTNER#office', prefix: 'NONCE#' });
    expect(items).toEqual([]);
  });

  test('is not used up by somebody else who sends it with a signature of his', async () => {
    const nonce = 'n'.repeat(16);
    const thief = await aKeyPair('office.first');
    expect((await asked(await anEvent(OWN_NAME, { nonce, key: thief.own }))).context).toMatchObject({
      code: 'wrong-signature',
    });
    expect((await asked(await anEvent(OWN_NAME, { nonce }))).principalId).toBe('office');
  });
});

test('whoever names a key that nobody has, makes us write nothing', async () => {
  const stranger = await aKeyPair('office.stranger');
  expect((await asked(await anEvent(OWN_NAME, { key: stranger.own }))).context).toMatchObject({ code: 'unknown-key' });
  expect((await readPartnerRefusals(table, 'office')).entries).toEqual([]);
  expect((await table.query({ table: 'operations', value: 'PARTNER#office' })).items).toHaveLength(1);
});

test('a key counts from its first moment to its last, by our clock', async () => {
  nowMs += 3_600_000;
  expect((await asked(await anEvent(OWN_NAME, { created: 3600 }))).principalId).toBe('office');
  nowMs += 1;
  expect((await asked(await anEvent(OWN_NAME, { created: 3600 }))).context).toMatchObject({ code: 'expired-key' });
});
