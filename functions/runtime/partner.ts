import middy from '@middy/core';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { APIGatewayProxyEvent, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as mini from 'zod/mini';
import type { PartnerRoute } from '@hems/shared/partner-api/route';
import { holdsDigestOf, utf8 } from '@hems/shared/signing/digest';
import { Refused } from '../use-cases/refusal.ts';
import { readPartner, type Partner } from '../use-cases/stores/partners.ts';
import { Invalid, parse, problemOf, respondWith } from './answers.ts';
import { log } from './log.ts';
import { identify, type Scheme } from './partner-caller.ts';
import { table } from './ports.ts';

type Request<P extends mini.ZodMiniType, Q extends mini.ZodMiniType, B extends mini.ZodMiniType> = {
  readonly params: mini.infer<P>;
  readonly query: mini.infer<Q>;
  readonly body: mini.infer<B>;
  /** who asks; it holds the scope of the route */
  readonly partner: Partner;
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
> & { readonly requestContext: unknown };
type Answer = APIGatewayProxyStructuredResultV2;
type PartnerEndpoint = { readonly key: string; readonly respond: (event: PartnerEvent) => Promise<Answer> };

const BODY_MAX_BYTES = 1_000_000;
const DEPTH_MAX = 20;

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

/** Read at every request: what is suspended or taken away counts at once. */
const admit = async ({ scope }: PartnerRoute, event: PartnerEvent): Promise<{ partner: Partner; scheme: Scheme }> => {
  const { partnerId, scheme } = identify(event.requestContext);
  const partner = await readPartner(await table(), partnerId);
  if (!partner) throw new Refused('forbidden', 'the request was signed by no partner of ours', 'no-partner');
  if (partner.status !== 'active')
    throw new Refused('forbidden', 'this partner is suspended; ask the operator', 'suspended');
  if (scope !== null && !partner.scopes.includes(scope))
    throw new Refused('forbidden', `this partner has no scope ${scope}; ask the operator`, 'no-scope');
  return { partner, scheme };
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
  respond: async (event) => {
    const { partner, scheme } = await admit(route, event);
    const params = parse(route.params, event.pathParameters ?? {}, 'path');
    const query = parse(route.query, event.queryStringParameters ?? {}, 'query');
    const body = parse(route.body, await bodyOf(event, scheme), 'body');
    const answered = await answer({ params, query, body, partner });
    if (route.produces === undefined) return respondWith(200, answered);
    return {
      statusCode: 200,
      headers: { 'content-type': `${route.produces}; charset=utf-8`, 'cache-control': 'no-store' },
      body: String(answered),
    };
  },
});

const adviceOf = ({ httpMethod }: PartnerEvent): string =>
  httpMethod === 'GET'
    ? 'the answer could not be made; asking again is safe'
    : 'it is not known whether this was carried out; send it again with the same Idempotency-Key';

const problems: middy.MiddlewareObj<PartnerEvent, Answer> = {
  onError: (request) => {
    const { path: instance } = request.event;
    request.response = problemOf(request.error, { instance, advice: adviceOf(request.event) });
  },
};

/** The Lambda of one noun of the partner API, behind either of its REST APIs. */
export const partnerHttp = (endpoints: readonly PartnerEndpoint[]) => {
  const byKey = new Map(endpoints.map((one) => [one.key, one]));
  return middy<PartnerEvent, Answer>()
    .use(injectLambdaContext(log))
    .use(problems)
    .handler(async (event: PartnerEvent) => {
      const found = byKey.get(`${event.httpMethod} ${event.resource}`);
      if (!found) throw new Refused('not-found', `there is no ${event.httpMethod} ${event.resource}`);
      return await found.respond(event);
    });
};
