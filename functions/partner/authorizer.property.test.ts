import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { partnerRoute } from '@hems/shared/partner-api/route';
import { utf8 } from '@hems/shared/signing/digest';
import { ALGORITHMS } from '@hems/shared/signing/keys';
import { targetUri, type HttpRequest } from '@hems/shared/signing/request';
import { openDatabase } from '../adapters/embedded/database.ts';
import { sqliteTable } from '../adapters/embedded/table.ts';
import { lambdaContext } from '../local/lambda-context.ts';
import { aKeyPair, signed } from '../local/testing/partner-door.ts';
import { log } from '../runtime/log.ts';
import type { AuthorizerEvent } from '../runtime/partner-signed.ts';
import { partnerEndpoint, partnerHttp } from '../runtime/partner.ts';
import { clock, partnerOrigin, table as tablePort } from '../runtime/ports.ts';
import { putPartner, putPartnerKey } from '../use-cases/stores/partners.ts';
import { handler as authorizer } from './authorizer.ts';

const HOST = 'sig.partner.example';
const ROUTE = partnerRoute({
  name: 'pushReadings',
  method: 'POST',
  path: '/partner/v1/readings/{area}',
  scope: null,
  summary: 'A route of this test',
  params: z.object({ area: z.string() }),
  query: z.object({ from: z.string() }),
  body: z.strictObject({ wh: z.int(), note: z.string() }),
  answer: z.object({}),
});

let effects = 0;
const handler = partnerHttp([
  partnerEndpoint(ROUTE, async () => {
    effects += 1;
    return {};
  }),
]);

vi.spyOn(log, 'warn').mockImplementation(() => undefined);
const own = new Map<string, Awaited<ReturnType<typeof aKeyPair>>['own']>();
beforeAll(async () => {
  const systemClock = { now: () => Date.now() };
  const table = sqliteTable({ database: openDatabase(':memory:'), clock: systemClock });
  tablePort.use(table);
  clock.use(systemClock);
  partnerOrigin.use(undefined);
  await putPartner(table, { partnerId: 'building', name: '시범 건물', kind: 'bems', scopes: [], status: 'active' });
  for (const algorithm of ALGORITHMS) {
    const keyId = `building.${algorithm}`;
    const pair = await aKeyPair(keyId, algorithm);
    own.set(algorithm, pair.own);
    const times = { fromMs: Date.now() - 60_000, untilMs: null, revokedAtMs: null };
    await putPartnerKey(table, { keyId, algorithm, jwk: pair.jwk, ...times });
  }
});
afterAll(() => vi.restoreAllMocks());

/** Every part of a request that means something, in a form of which each character can be changed. */
type Sent = {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
};

const eventOf = ({ method, host, path, query, headers }: Sent): AuthorizerEvent => {
  const parameters = new URLSearchParams(query);
  return {
    methodArn: 'arn:aws:execute-api:ap-northeast-2:000000000000:api/v1/POST/partner/v1/readings/x',
    httpMethod: method,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    multiValueQueryStringParameters: Object.fromEntries(
      [...parameters.keys()].map((name) => [name, parameters.getAll(name)]),
    ),
    requestContext: { path, domainName: host },
  };
};

/** As API Gateway: the authorizer, and where it allows, the handler. True: it took effect. */
const takesEffect = async (sent: Sent): Promise<boolean> => {
  const before = effects;
  const event = eventOf(sent);
  const said = await authorizer(event, lambdaContext('authorizer', 5000));
  if (said.policyDocument.Statement[0]?.Effect !== 'Allow') return false;
  await handler(
    {
      httpMethod: 'POST',
      resource: ROUTE.path,
      path: sent.path,
      headers: { ...sent.headers },
      pathParameters: { area: sent.path.split('/').at(-1) ?? '' },
      queryStringParameters: Object.fromEntries(new URLSearchParams(sent.query)),
      body: sent.body,
      isBase64Encoded: false,
      requestContext: { authorizer: said.context },
    },
    lambdaContext('readings', 20_000),
  );
  return effects > before;
};

const aRequest = async (algorithm: string, note: string): Promise<Sent> => {
  const [path, body] = ['/partner/v1/readings/lobby', JSON.stringify({ wh: 250, note })];
  const query: [string, string][] = [['from', '2026-11-23 서울']];
  const request: HttpRequest = {
    method: 'POST',
    url: targetUri(`https://${HOST}`, path, query),
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: utf8(body),
  };
  const key = own.get(algorithm);
  if (!key) throw new Error('no key');
  const { headers } = await signed(request, { key });
  return { method: 'POST', host: HOST, path, query: new URLSearchParams(query).toString(), body, headers };
};

const FIELDS = [
  'method',
  'host',
  'path',
  'query',
  'body',
  'content-type',
  'content-digest',
  'idempotency-key',
  'signature-input',
  'signature',
] as const;
type Field = (typeof FIELDS)[number];
const read = (sent: Sent, field: Field): string =>
  ({ ...sent.headers, ...sent } as unknown as Record<Field, string>)[field];
const written = (sent: Sent, field: Field, value: string): Sent =>
  field in sent ? { ...sent, [field]: value } : { ...sent, headers: { ...sent.headers, [field]: value } };

/** Where two spellings say the same, none was changed. */
const same = (field: Field, a: string, b: string): boolean =>
  field === 'query' ? new URLSearchParams(a).toString() === new URLSearchParams(b).toString() : a === b;

test('of a signed request no single character can be changed anywhere: it takes effect as it was signed, or not at all', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...ALGORITHMS),
      fc.string({ maxLength: 20 }),
      fc.constantFrom(...FIELDS),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.constantFrom('!', '0', 'A', 'z', ' ', '"', ':', '\t', '%', '-', '='),
      async (algorithm, note, field, at, character) => {
        const sent = await aRequest(algorithm, note);
        const before = read(sent, field);
        const index = Math.floor(at * before.length);
        const after = before.slice(0, index) + character + before.slice(index + 1);
        fc.pre(!same(field, before, after));
        expect(await takesEffect(written(sent, field, after))).toBe(false);
        // an authorizer sees no body: the nonce was used up by the request whose body was changed
        expect(await takesEffect(sent)).toBe(field !== 'body');
        expect(await takesEffect(sent)).toBe(false);
      },
    ),
  );
});
