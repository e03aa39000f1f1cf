import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type * as mini from 'zod/mini';
import { ANSWER_HEADERS } from '@hems/shared/http/web-headers';
import { BODY_MAX_BYTES, DEPTH_MAX, IDEMPOTENCY_KEY } from '@hems/shared/partner-api/limits';
import type { PartnerRoute } from '@hems/shared/partner-api/route';
import { canonicalQuery } from '@hems/shared/signing/request';
import { holdsDigestOf, sha256, toBase64, utf8 } from '@hems/shared/signing/digest';
import { Refused } from '../use-cases/refusal.ts';
import { noteAnswered, REPLAYED, WRITE } from '../use-cases/sandbox/note-answered.ts';
import { readPartner, type Partner } from '../use-cases/stores/partners.ts';
import { Invalid, parse, problemOf, respondWith } from './answers.ts';
import { once, type Once } from './idempotency.ts';
import { identified, identify, type Scheme } from './partner-caller.ts';
import { tellRefusal } from './partner-refusals.ts';
import { clock, table } from './ports.ts';
import { failedAnswer, idOfRequest, withId } from './request-id.ts';
import { watched } from './watched.ts';

type Request<P extends mini.ZodMiniType, Q extends mini.ZodMiniType, B extends mini.ZodMiniType> = {
  readonly params: mini.infer<P>;
  readonly query: mini.infer<Q>;
  readonly body: mini.infer<B>;
  /** who asks; it holds the scope of the route */
  readonly partner: Partner;
  /** of a write: names its effect, the same when it is carried out again under its Idempotency-Key */
  readonly effect: string;
};
/** What a REST API hands its Lambda. */
export type PartnerEvent = Pick<
  APIGatewayProxyEvent,
  | 'httpMethod'
  | 'resource'
  | 'path'
  | 'headers'
  | 'pathParameters'
  | 'queryStringParameters'
  | 'body'
  | 'isBase64Encoded'
> &
  Partial<Pick<APIGatewayProxyEvent, 'multiValueQueryStringParameters'>> & { readonly requestContext: unknown };
type Answer = APIGatewayProxyStructuredResultV2;
type PartnerEndpoint = {
  readonly key: string;
  readonly respond: (event: PartnerEvent, context: Context) => Promise<Answer>;
};
export type PartnerHandler = (event: PartnerEvent, context: Context) => Promise<Answer>;

const headerOf = ({ headers }: PartnerEvent, name: string): string | undefined =>
  Object.entries(headers).find(([one]) => one.toLowerCase() === name)?.[1];

const bytesOf = ({ body, isBase64Encoded }: PartnerEvent): Uint8Array<ArrayBuffer> =>
  isBase64Encoded ? new Uint8Array(Buffer.from(body ?? '', 'base64')) : utf8(body ?? '');

const isDeep = (value: unknown, left: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (left === 0 || Object.values(value).some((one) => isDeep(one, left - 1)));

/** The JSON of a body; `{}` where there is none. The authorizer saw that the digest is signed, not the body: here the two are compared. */
const bodyOf = async (event: PartnerEvent, scheme: Scheme): Promise<unknown> => {
  const bytes = bytesOf(event);
  if (bytes.length === 0) return {};
  if (bytes.length > BODY_MAX_BYTES)
    throw new Refused(
      'too-large',
      `the body has ${bytes.length} bytes; send at most ${BODY_MAX_BYTES}`,
      'body-too-large',
    );
  if (!/^application\/json\s*(;|$)/i.test(headerOf(event, 'content-type') ?? ''))
    throw new Refused('unsupported-type', 'send the body as application/json', 'content-type');
  if (scheme === 'signature' && !(await holdsDigestOf(headerOf(event, 'content-digest') ?? '', bytes)))
    throw new Refused('signed-out', 'Content-Digest does not hold the SHA-256 of the body that arrived', 'wrong-body');
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (!isDeep(value, DEPTH_MAX)) return value;
  } catch {
    throw new Invalid('body', [{ code: 'custom', path: [], message: 'not JSON in UTF-8', input: undefined }]);
  }
  throw new Refused('invalid', `the body nests deeper than ${DEPTH_MAX} levels`, 'too-deep');
};

/** A parameter that stands twice is refused: of the two, the signature and the gateway might each mean another. */
const queryOf = ({ queryStringParameters, multiValueQueryStringParameters: all }: PartnerEvent): unknown => {
  const twice = Object.entries(all ?? {}).find(([, values]) => (values?.length ?? 0) > 1)?.[0];
  if (twice === undefined) return queryStringParameters ?? {};
  throw new Invalid('query', [{ code: 'custom', path: [twice], message: 'stands more than once', input: undefined }]);
};

const keyOf = (event: PartnerEvent): string => {
  const key = headerOf(event, 'idempotency-key') ?? '';
  if (IDEMPOTENCY_KEY.test(key)) return key;
  throw new Refused(
    'invalid',
    `every ${event.httpMethod} needs an Idempotency-Key of 16 to 64 characters (letters, digits and . _ ~ : + / = -), the same when it is sent again`,
    'idempotency-key',
  );
};

/** Whoever sends a request again has its answer again, and no second effect. */
const onceIfWrite = async (
  event: PartnerEvent,
  { partnerId, context, keeps }: Pick<Once, 'partnerId' | 'context' | 'keeps'>,
  act: (effect: string) => Promise<Answer>,
): Promise<Answer> => {
  if (event.httpMethod === 'GET') return act('');
  const request = {
    method: event.httpMethod,
    path: event.path,
    query: canonicalQuery(Object.entries(event.queryStringParameters ?? {}).map(([name, value = '']) => [name, value])),
    body: toBase64(await sha256(bytesOf(event))),
  };
  const deps = { table: await table(), clock: await clock() };
  return once(deps, { partnerId, key: keyOf(event), request, context, keeps }, act);
};

/** Read at every request: what is suspended or taken away counts at once. */
const admit = async (
  { scope, sandbox }: PartnerRoute,
  event: PartnerEvent,
): Promise<{ partner: Partner; scheme: Scheme }> => {
  const { partnerId, scheme } = identify(event.requestContext);
  const partner = await readPartner(await table(), partnerId);
  if (!partner) throw new Refused('forbidden', 'the request was signed by no partner of ours', 'no-partner');
  if (partner.status !== 'active')
    throw new Refused('forbidden', 'this partner is suspended; ask the operator', 'suspended');
  if (scope !== null && !partner.scopes.includes(scope))
    throw new Refused('forbidden', `this partner has no scope ${scope}; ask the operator`, 'no-scope');
  // whatever its scopes: no home of a resident is behind what answers a sandbox
  if (partner.kind === 'sandbox' && sandbox !== true)
    throw new Refused(
      'forbidden',
      'this is of real homes; a partner of kind sandbox has made-up ones',
      'not-in-sandbox',
    );
  return { partner, scheme };
};

/** For the report of a sandbox: what answered it, and whether as a repeat. */
const note = async ({ name, method }: PartnerRoute, { partnerId }: Partner, { headers }: Answer): Promise<void> => {
  const isReplayed = headers?.['idempotent-replayed'] === 'true';
  const names = [name, ...(method === 'GET' ? [] : [WRITE]), ...(isReplayed ? [REPLAYED] : [])];
  await noteAnswered({ table: await table(), clock: await clock() }, partnerId, names);
};

const toAnswer = ({ produces }: PartnerRoute, answered: unknown): Answer =>
  produces === undefined
    ? respondWith(200, answered)
    : {
        statusCode: 200,
        headers: { 'content-type': `${produces}; charset=utf-8`, ...ANSWER_HEADERS },
        body: String(answered),
      };

/** IAM also takes a signature in the address, which browsers and logs keep: what is signed is the header. */
const refuseLink = ({ queryStringParameters }: PartnerEvent): void => {
  if (Object.keys(queryStringParameters ?? {}).some((name) => name.toLowerCase() === 'x-amz-signature'))
    throw new Refused(
      'signed-out',
      'sign the request in its Authorization header, not in its address',
      'signed-in-query',
    );
};

/** Binds a route of the partner contract to what answers it. */
export const partnerEndpoint = <
  P extends mini.ZodMiniType,
  Q extends mini.ZodMiniType,
  B extends mini.ZodMiniType,
  A extends mini.ZodMiniType,
>(
  route: PartnerRoute<P, Q, B, A>,
  answer: (request: Request<P, Q, B>) => Promise<mini.infer<A>>,
): PartnerEndpoint => ({
  key: `${route.method} ${route.path}`,
  respond: async (event, context) => {
    const { partner, scheme } = await admit(route, event);
    refuseLink(event);
    if (event.httpMethod !== 'GET') keyOf(event);
    // first of all, whether the partner sent this body
    const sent = await bodyOf(event, scheme);
    const params = parse(route.params, event.pathParameters ?? {}, 'path');
    const query = parse(route.query, queryOf(event), 'query');
    const body = parse(route.body, sent, 'body');
    const keeps = route.holdsSecret !== true;
    const answered = await onceIfWrite(event, { partnerId: partner.partnerId, context, keeps }, async (effect) =>
      toAnswer(route, await answer({ params, query, body, partner, effect })),
    );
    if (partner.kind === 'sandbox') await note(route, partner, answered);
    return answered;
  },
});

const adviceOf = ({ httpMethod }: PartnerEvent): string =>
  httpMethod === 'GET'
    ? 'the answer could not be made; asking again is safe'
    : 'it is not known whether this was carried out; send it again with the same Idempotency-Key';

const problems: middy.MiddlewareObj<PartnerEvent, Answer> = {
  onError: async (request) => {
    const { event, error } = request;
    if (error instanceof Refused) await tellRefusal(identified(event.requestContext), error);
    const answer = problemOf(error, { instance: event.path, advice: adviceOf(event) });
    const isUnderWay = error instanceof Refused && error.code === 'in-progress';
    request.response = isUnderWay ? { ...answer, headers: { ...answer.headers, 'retry-after': 1 } } : answer;
  },
};

/** The Lambda of one noun of the partner API, behind either of its REST APIs. */
export const partnerHttp = (endpoints: readonly PartnerEndpoint[]) => {
  const byKey = new Map(endpoints.map((one) => [one.key, one]));
  const stack = middy<PartnerEvent, Answer>()
    .use(problems)
    .handler(async (event: PartnerEvent, context: Context) => {
      const found = byKey.get(`${event.httpMethod} ${event.resource}`);
      if (!found) throw new Refused('not-found', `there is no ${event.httpMethod} ${event.resource}`);
      return await found.respond(event, context);
    });
  return watched({ correlationOf: idOfRequest, failed: failedAnswer, stamp: withId }, stack);
};
