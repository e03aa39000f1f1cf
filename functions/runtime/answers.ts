import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as mini from 'zod/mini';
import type { Problem } from '@hems/shared/api/problem';
import { ANSWER_HEADERS } from '@hems/shared/http/web-headers';
import { BadCursor, StoreFull } from '../ports/table.ts';
import { Refused, type RefusalKind } from '../use-cases/refusal.ts';
import { log } from './log.ts';

const STATUS: Record<RefusalKind, number> = {
  invalid: 400,
  'signed-out': 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'unsupported-type': 415,
  'too-many': 429,
};
const TITLE: Record<number, string> = {
  400: 'The request is not as the contract says',
  401: 'Sign in again',
  403: 'Not allowed',
  404: 'Not found',
  409: 'In conflict with the present state',
  413: 'Larger than is taken',
  415: 'Not a content type that is taken',
  429: 'Too many requests',
  500: 'Something went wrong on our side',
  507: 'No room to write',
};

export const respondWith = (
  status: number,
  body: unknown,
  type = 'application/json',
): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: { 'content-type': type, ...ANSWER_HEADERS },
  body: JSON.stringify(body),
});

const problemAnswer = (
  status: number,
  more: Omit<Problem, 'type' | 'title' | 'status'>,
): APIGatewayProxyStructuredResultV2 =>
  respondWith(
    status,
    { type: 'about:blank', title: TITLE[status] ?? 'Error', status, ...more },
    'application/problem+json',
  );

/** A part of a request that is not as the contract says. */
export class Invalid extends Error {
  readonly errors: { at: string; message: string }[];
  constructor(place: string, issues: readonly mini.core.$ZodIssue[]) {
    super(`the ${place} of the request does not match the contract`);
    this.errors = issues.map(({ path, message }) => ({ at: [place, ...path].join('.'), message }));
  }
}

export const parse = <S extends mini.ZodMiniType>(schema: S, value: unknown, place: string): mini.infer<S> => {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Invalid(place, parsed.error.issues);
  return parsed.data;
};

const NO_ROOM =
  'there is no room to write; reading goes on. Send it again when the operator has made room, after a look at the present state';

/** However it was wrapped on its way. */
const isStoreFull = (error: unknown): boolean =>
  error instanceof StoreFull || (error instanceof Error && error.cause !== undefined && isStoreFull(error.cause));

/** The answer to what went wrong: a refusal as it says of itself, anything else logged and told without its inside. */
export const problemOf = (
  error: unknown,
  { instance, advice }: { readonly instance: string; readonly advice: string },
): APIGatewayProxyStructuredResultV2 => {
  if (error instanceof Invalid) return problemAnswer(400, { detail: error.message, instance, errors: error.errors });
  if (error instanceof Refused) {
    const { code } = error;
    return problemAnswer(STATUS[error.kind], { detail: error.message, instance, ...(code !== undefined && { code }) });
  }
  if (error instanceof BadCursor) return problemAnswer(400, { detail: error.message, instance });
  const isFull = isStoreFull(error);
  log.error('request failed', error instanceof Error ? error : new Error(String(error)));
  return isFull
    ? problemAnswer(507, { detail: NO_ROOM, instance, code: 'no-room' })
    : problemAnswer(500, { detail: advice, instance });
};
