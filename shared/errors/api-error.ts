import type { Problem } from '../api/problem.ts';

/** Why a request brought no answer, as far as the person in front of the screen can act on it. */
export type ErrorKind =
  /** nobody is signed in, or the token was refused twice */
  | 'signed-out'
  | 'no-permission'
  | 'not-found'
  /** the request itself is wrong; `problem.detail` says where */
  | 'refused'
  | 'too-many'
  /** no connection, or no answer in time */
  | 'unreachable'
  /** the service failed */
  | 'unavailable'
  /** an answer that does not match the contract: this app is older or newer than the service */
  | 'unreadable';

/** The one error the client throws. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly kind: ErrorKind;
  readonly problem: Problem | undefined;

  constructor(
    kind: ErrorKind,
    message: string,
    details: { readonly problem?: Problem; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.problem = details.problem;
  }
}

const KIND_OF_STATUS: Record<number, ErrorKind> = {
  401: 'signed-out',
  403: 'no-permission',
  404: 'not-found',
  429: 'too-many',
};

export const kindOfStatus = (status: number): ErrorKind =>
  KIND_OF_STATUS[status] ?? (status >= 500 ? 'unavailable' : 'refused');

/** Refusals that an app acts upon by their `problem.code`. */
export const SESSION_ENDED = 'session-ended';
export const NO_PROOF = 'no-proof';

/** Which refusal it was, where the service says so. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof ApiError ? error.problem?.code : undefined;

/** Worth asking again without anybody doing anything. */
export const isTransient = (error: unknown): boolean =>
  !(error instanceof ApiError) || ['unreachable', 'unavailable', 'too-many'].includes(error.kind);
