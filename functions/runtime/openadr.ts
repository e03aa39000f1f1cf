import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type * as mini from 'zod/mini';
import { ANSWER_HEADERS } from '@hems/shared/http/web-headers';
import type { OpenadrRoute } from '@hems/shared/openadr/contract';
import { IDEMPOTENCY_KEY } from '@hems/shared/partner-api/limits';
import type { OpenadrCaller } from '../use-cases/openadr/caller.ts';
import { Refused } from '../use-cases/refusal.ts';
import { objectIdAt } from '../use-cases/stores/openadr.ts';
import { Invalid, parse, problemOf } from './answers.ts';
import { once, type Once } from './idempotency.ts';
import { admitScope, countRequest, openadrCallerOf } from './openadr-caller.ts';
import { clock, ids, table } from './ports.ts';
import { failedAnswer, idOfRequest, withId } from './request-id.ts';
import { watched } from './watched.ts';

export type OpenadrEvent = Omit<APIGatewayProxyEventV2, 'headers'> & {
  readonly headers?: APIGatewayProxyEventV2['headers'];
  requestContext: { authorizer?: unknown };
};
type Answer = APIGatewayProxyStructuredResultV2;
export type OpenadrHandler = (event: OpenadrEvent, context: Context) => Promise<Answer>;

type Request<Q extends mini.ZodMiniType, B extends mini.ZodMiniType> = {
  /** of the object in the path; of a list, empty */
  readonly id: string;
  readonly query: mini.infer<Q>;
  readonly body: mini.infer<B>;
  readonly caller: OpenadrCaller;
  /** names what is made, the same when the request is sent again with its Idempotency-Key; undefined: it has none */
  readonly effect: string | undefined;
};
type Endpoint = { readonly key: string; readonly respond: (event: OpenadrEvent, context: Context) => Promise<Answer> };

const BODY_MAX_BYTES = 262_144;
const DEPTH_MAX = 20;
const GZIP_FROM_BYTES = 1000;

const headerOf = ({ headers }: OpenadrEvent, name: string): string =>
  Object.entries(headers ?? {}).find(([one]) => one.toLowerCase() === name)?.[1] ?? '';

/** Text of the body in UTF-8; of a type that the route takes, and no longer than is taken. */
export const textOf = (event: OpenadrEvent, type: RegExp): string => {
  const { body = '', isBase64Encoded } = event;
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > BODY_MAX_BYTES)
    throw new Refused(
      'too-large',
      `the body has ${bytes.length} bytes; send at most ${BODY_MAX_BYTES}`,
      'body-too-large',
    );
  if (!type.test(headerOf(event, 'content-type')))
    throw new Refused(
      'unsupported-type',
      `content-type: ${type.source.includes('xml') ? 'application/xml' : 'application/json'} is taken`,
      'content-type',
    );
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Invalid('body', [{ code: 'custom', path: [], message: 'not UTF-8', input: undefined }]);
  }
};

const isDeep = (value: unknown, left: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (left === 0 || Object.values(value).some((one) => isDeep(one, left - 1)));

const jsonOf = (event: OpenadrEvent): unknown => {
  const text = textOf(event, /^application\/json\s*(;|$)/i);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Invalid('body', [{ code: 'custom', path: [], message: 'not JSON', input: undefined }]);
  }
  if (isDeep(value, DEPTH_MAX))
    throw new Refused('invalid', `the body nests deeper than ${DEPTH_MAX} levels`, 'too-deep');
  return value;
};

/** HTTP APIs do not compress. */
const packed = async (event: OpenadrEvent, answer: Answer): Promise<Answer> => {
  const { body = '' } = answer;
  const takesGzip = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(headerOf(event, 'accept-encoding'));
  const headers = { ...answer.headers, vary: 'accept-encoding' };
  if (!takesGzip || body.length < GZIP_FROM_BYTES) return { ...answer, headers };
  const bytes = await promisify(gzip)(body);
  return {
    ...answer,
    headers: { ...headers, 'content-encoding': 'gzip' },
    body: bytes.toString('base64'),
    isBase64Encoded: true,
  };
};

/** Who asks, once the client, its partner, its scopes and its share are in order. */
const admit = async ({ scopes }: Pick<OpenadrRoute, 'scopes'>, event: OpenadrEvent): Promise<OpenadrCaller> => {
  const [items, time] = [await table(), await clock()];
  const caller = await openadrCallerOf(items, event.requestContext.authorizer);
  await countRequest({ table: items, clock: time }, caller);
  admitScope(caller, scopes ?? []);
  return caller;
};

const idOf = ({ pathParameters }: OpenadrEvent): string => {
  const id = Object.values(pathParameters ?? {})[0] ?? '';
  if (id !== '' && !/^[a-zA-Z0-9_-]{1,128}$/.test(id))
    throw new Refused('invalid', 'an id is of the characters a-z A-Z 0-9 _ and -');
  return id;
};

const json = (statusCode: number, value: unknown): Answer => ({
  statusCode,
  headers: { 'content-type': 'application/json', ...ANSWER_HEADERS },
  body: JSON.stringify(value),
});

/** A client that sends an Idempotency-Key, which the definition does not know, may send the request again: it has one effect. */
const onceIfAsked = async (
  event: OpenadrEvent,
  {
    clientId,
    partnerId,
    context,
    keeps,
  }: Pick<Once, 'partnerId' | 'context' | 'keeps'> & { readonly clientId: string },
  act: (effect: string | undefined) => Promise<Answer>,
): Promise<Answer> => {
  const given = headerOf(event, 'idempotency-key');
  if (given === '') return act(undefined);
  if (!IDEMPOTENCY_KEY.test(given))
    throw new Refused(
      'invalid',
      'an Idempotency-Key has 16 to 64 characters (letters, digits and . _ ~ : + / = -)',
      'idempotency-key',
    );
  const { routeKey, rawPath, body = '' } = event;
  const request = { routeKey, rawPath, body: createHash('sha256').update(body).digest('base64') };
  const deps = { table: await table(), clock: await clock() };
  // an object that is made has this for its id
  const newEffect = objectIdAt(deps.clock.now(), (await ids()).next());
  return once(deps, { partnerId, key: `openadr ${clientId} ${given}`, request, context, keeps, newEffect }, act);
};

/** Binds a route of the contract to what answers it: 201 to a POST, 200 to anything else. */
export const openadrEndpoint = <Q extends mini.ZodMiniType, B extends mini.ZodMiniType>(
  route: OpenadrRoute<Q, B>,
  answer: (request: Request<Q, B>) => Promise<unknown>,
): Endpoint => ({
  key: `${route.method} ${route.path}`,
  respond: async (event, context) => {
    const caller = await admit(route, event);
    const id = idOf(event);
    const query = parse(route.query, event.queryStringParameters ?? {}, 'query');
    const hasBody = route.method === 'POST' || route.method === 'PUT';
    const body = parse(route.body, hasBody ? jsonOf(event) : {}, 'body');
    const act = async (effect: string | undefined): Promise<Answer> =>
      json(route.method === 'POST' ? 201 : 200, await answer({ id, query, body, caller, effect }));
    if (route.method === 'GET') return act(undefined);
    return onceIfAsked(event, { ...caller, context, keeps: route.holdsSecret !== true }, act);
  },
});

/** A route that asks for no token. */
export const openEndpoint = (route: OpenadrRoute, answer: () => Promise<unknown>): Endpoint => ({
  key: `${route.method} ${route.path}`,
  respond: async () => json(200, await answer()),
});

/** A route of another format, which answers for itself. */
export const rawEndpoint = (
  route: OpenadrRoute,
  answer: (event: OpenadrEvent, caller: OpenadrCaller) => Promise<Answer>,
): Endpoint => ({
  key: `${route.method} ${route.path}`,
  respond: async (event) => answer(event, await admit(route, event)),
});

/** `problem` of openadr3.yaml is answered as application/json. */
const asOpenadr = (answer: Answer): Answer => ({
  ...answer,
  headers: {
    ...answer.headers,
    'content-type': 'application/json',
    ...(answer.statusCode === 401 && { 'www-authenticate': 'Bearer' }),
    ...(answer.statusCode === 429 && { 'retry-after': '60' }),
  },
});

const problems: middy.MiddlewareObj<OpenadrEvent, Answer> = {
  onError: (request) => {
    const { domainName } = request.event.requestContext;
    const instance = `https://${domainName}${request.event.rawPath}`;
    const advice = 'it is not known whether this was carried out; look at the present state before you send it again';
    request.response = asOpenadr(problemOf(request.error, { instance, advice }));
  },
};

/** The Lambda of one noun of OpenADR. */
export const openadrHttp = (endpoints: readonly Endpoint[]) => {
  const byKey = new Map(endpoints.map((one) => [one.key, one]));
  const stack = middy<OpenadrEvent, Answer>()
    .use(problems)
    .handler(async (event: OpenadrEvent, context: Context) => {
      const found = byKey.get(event.routeKey);
      if (!found) throw new Refused('not-found', `there is no ${event.routeKey}`);
      return packed(event, await found.respond(event, context));
    });
  return watched({ correlationOf: idOfRequest, failed: failedAnswer, stamp: withId }, stack);
};
