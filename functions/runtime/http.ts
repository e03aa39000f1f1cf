import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import type * as mini from 'zod/mini';
import type { Route } from '@hems/shared/api/route';
import type { Item } from '../ports/table.ts';
import { Refused } from '../use-cases/refusal.ts';
import { memberKey, parseMember, type Member } from '../use-cases/stores/households.ts';
import { parseUser, userKey } from '../use-cases/stores/people.ts';
import { parseProof, proofKey } from '../use-cases/stores/proofs.ts';
import { Invalid, parse, problemOf, respondWith } from './answers.ts';
import { callerOf, type Caller } from './caller.ts';
import { table } from './ports.ts';
import { failedAnswer, idOfRequest, withId } from './request-id.ts';
import { watched } from './watched.ts';

type Request<P extends mini.ZodMiniType, Q extends mini.ZodMiniType, B extends mini.ZodMiniType> = {
  readonly params: mini.infer<P>;
  readonly query: mini.infer<Q>;
  readonly body: mini.infer<B>;
  readonly caller: Caller;
  /** the caller's place in the household of the path; only where the path names one */
  readonly member: Member | undefined;
};
type HttpEvent = Omit<APIGatewayProxyEventV2, 'headers'> & {
  readonly headers?: APIGatewayProxyEventV2['headers'];
  requestContext: { authorizer?: unknown };
};
type Endpoint = { readonly key: string; readonly respond: (event: HttpEvent) => Promise<unknown> };

/** JSON; and the form that a mail program posts to unsubscribe (RFC 8058), whose fields are texts. */
const bodyOf = ({ body, isBase64Encoded, headers }: HttpEvent): unknown => {
  if (body === undefined || body === '') return {};
  const text = isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
  if (headers?.['content-type']?.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    throw new Invalid('body', [{ code: 'custom', path: [], message: 'not JSON', input: undefined }]);
  }
};

const NOBODY: Caller = { sub: '', groups: [], authTime: 0 };

const NO_MEMBER = 'you are not a member of this household';

/** The household's door: members only, and no reading before somebody has proved that they live there. */
const admitMember = (route: Route, member: Item | undefined, proof: Item | undefined): Member => {
  if (!member) throw new Refused('forbidden', NO_MEMBER, 'no-member');
  if (!route.beforeProof && parseProof(proof).state !== 'proven')
    throw new Refused('forbidden', 'nobody has proved yet that they live here; finish the onboarding', 'no-proof');
  return parseMember(member);
};

/** Rule 8 of the design: who may pass is decided here, on every request, for every route of the contract. */
const admitCaller = async (
  route: Route,
  event: HttpEvent,
  params: unknown,
): Promise<Pick<Request<never, never, never>, 'caller' | 'member'>> => {
  if (route.auth === 'public') return { caller: NOBODY, member: undefined };
  const caller = callerOf(event.requestContext.authorizer);
  const named = route.auth === 'resident' ? z.object({ householdId: z.string() }).safeParse(params).data : undefined;
  const own = named ? [memberKey(named.householdId, caller.sub), proofKey(named.householdId)] : [];
  const [user, member, proof] = await (await table()).batchGet([userKey(caller.sub), ...own]);
  if (caller.authTime < parseUser(user).validAfter)
    throw new Refused('signed-out', 'this session was ended; sign in again', 'session-ended');
  if (route.auth !== 'resident' && !caller.groups.includes(route.auth))
    throw new Refused('forbidden', `this route is for the ${route.auth}`);
  return { caller, member: named && admitMember(route, member, proof) };
};

/** Binds a route of the contract to what answers it. */
export const endpoint = <
  P extends mini.ZodMiniType,
  Q extends mini.ZodMiniType,
  B extends mini.ZodMiniType,
  A extends mini.ZodMiniType,
>(
  route: Route<P, Q, B, A>,
  answer: (request: Request<P, Q, B>) => Promise<mini.infer<A>>,
): Endpoint => ({
  key: `${route.method} ${route.path}`,
  respond: async (event) => {
    const params = parse(route.params, event.pathParameters ?? {}, 'path');
    const admitted = await admitCaller(route, event, params);
    const query = parse(route.query, event.queryStringParameters ?? {}, 'query');
    const body = parse(route.body, bodyOf(event), 'body');
    return answer({ params, query, body, ...admitted });
  },
});

/** What to do after a failure of ours: a GET may always be repeated, of anything else it is not known whether it was done. */
const adviceOf = ({ routeKey }: HttpEvent): string =>
  routeKey.startsWith('GET ')
    ? 'the answer could not be made; asking again is safe'
    : 'it is not known whether this was carried out; look at the present state before you send it again';

const problems: middy.MiddlewareObj<HttpEvent, APIGatewayProxyStructuredResultV2> = {
  onError: (request) => {
    request.response = problemOf(request.error, {
      instance: request.event.rawPath,
      advice: adviceOf(request.event),
    });
  },
};

/** The Lambda of one noun: its endpoints behind parsing, authorisation and problem documents. */
export const http = (endpoints: readonly Endpoint[]) => {
  const byKey = new Map(endpoints.map((one) => [one.key, one]));
  const stack = middy<HttpEvent, APIGatewayProxyStructuredResultV2>()
    .use(problems)
    .handler(async (event: HttpEvent) => {
      const found = byKey.get(event.routeKey);
      if (!found) throw new Refused('not-found', `there is no ${event.routeKey}`);
      return respondWith(200, await found.respond(event));
    });
  return watched({ correlationOf: idOfRequest, failed: failedAnswer, stamp: withId }, stack);
};
