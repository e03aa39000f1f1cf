import { STATUS_CODES, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import type { Problem } from '@hems/shared/api/problem';

/** A refusal by the front door itself, before any handler has seen the request. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  constructor(status: number, detail: string, headers: OutgoingHttpHeaders = {}) {
    super(detail);
    this.status = status;
    this.headers = headers;
  }
}

/** One that a program has to tell from others of its status. */
export class CodedRefusal extends Refusal {
  readonly code: string;
  constructor(status: number, { code, detail }: { readonly code: string; readonly detail: string }) {
    super(status, detail, status === 429 ? { 'retry-after': '1' } : {});
    this.code = code;
  }
}

export const sendProblem = (response: ServerResponse, refusal: Refusal, instance: string): void => {
  const { status, message, headers } = refusal;
  const problem: Problem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: message,
    ...(refusal instanceof CodedRefusal && { code: refusal.code }),
    instance,
  };
  response.writeHead(status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(JSON.stringify(problem));
};
