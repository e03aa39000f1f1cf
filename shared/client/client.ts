import * as z from 'zod/mini';
import { problem, type Problem } from '../api/problem.ts';
import type { Route } from '../api/route.ts';
import { ApiError, kindOfStatus, SESSION_ENDED } from '../errors/api-error.ts';
import type { AuthPort } from './auth-port.ts';
import { requestUrl, type RequestOf } from './request.ts';

/** Longer than any answer needs; an unanswered call must not hold up the next poll. */
const TIMEOUT_MS = 10_000;

/** Calls one endpoint of the contract and answers what its schema says. Throws `ApiError` and nothing else. */
export type Call = <R extends Route>(
  route: R,
  request: RequestOf<R>,
  signal?: AbortSignal,
) => Promise<z.output<R['answer']>>;

type ClientOptions = {
  /** what stands before `/v1`: empty for the origin of the page */
  readonly apiBase: string;
  readonly accessToken: AuthPort['getAccessToken'];
};

export const createClient = ({ apiBase, accessToken }: ClientOptions): Call => {
  const send = async (route: Route, request: RequestOf<Route>, context: SendContext): Promise<Answered> => {
    const token = route.auth === 'public' ? undefined : await accessToken(context.need);
    if (route.auth !== 'public' && token === undefined)
      throw new ApiError('signed-out', `${route.name}: no access token`);
    return exchange(route, requestUrl(apiBase, route, request), {
      method: route.method,
      headers: {
        accept: 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      signal: context.signal,
    });
  };

  return async (route, request, signal) => {
    const limit = AbortSignal.timeout(TIMEOUT_MS);
    const context = { signal: signal === undefined ? limit : AbortSignal.any([signal, limit]) };
    const first = await send(route, request, context);
    const answered = isRenewable(first) ? await send(route, request, { ...context, need: 'renewed' }) : first;
    if (answered.status >= 400) throw refusal(route, answered);
    return readAnswer(route, answered);
  };
};

type SendContext = { readonly signal: AbortSignal; readonly need?: 'renewed' };
type Answered = { readonly status: number; readonly text: string };

/** The whole answer: a connection that breaks half way is as good as none. */
const exchange = async (route: Route, url: string, init: RequestInit): Promise<Answered> => {
  try {
    const response = await fetch(url, init);
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    const message = `${route.name}: no connection, or no answer within ${TIMEOUT_MS / 1000} s`;
    throw new ApiError('unreachable', message, { cause });
  }
};

/** Undefined for what is not JSON, such as the error page of a proxy. */
const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const problemOf = ({ text }: Answered): Problem | undefined => {
  const parsed = z.safeParse(problem, jsonOf(text));
  return parsed.success ? parsed.data : undefined;
};

/** A token that was refused is renewed once. A session that was ended stays so: a renewed token keeps the time of the sign-in. */
const isRenewable = (answered: Answered): boolean =>
  answered.status === 401 && problemOf(answered)?.code !== SESSION_ENDED;

const readAnswer = <R extends Route>(route: R, { text }: Answered): z.output<R['answer']> => {
  const parsed = z.safeParse<R['answer']>(route.answer, jsonOf(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const message = `${route.name}: the answer does not match the contract at "${issue?.path.join('.') ?? ''}"`;
  throw new ApiError('unreadable', message, { cause: parsed.error });
};

const refusal = (route: Route, answered: Answered): ApiError => {
  const kind = kindOfStatus(answered.status);
  const said = problemOf(answered);
  return said === undefined
    ? new ApiError(kind, `${route.name}: status ${answered.status}`)
    : new ApiError(kind, `${route.name}: ${said.detail ?? said.title}`, { problem: said });
};
