import * as z from 'zod';
import { AddressRefused, AnswerTooLong, type Answer, type HttpOut } from '../../ports/http-out.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Connector } from '@hems/models/connector/connector';

export type AskDeps = {
  readonly http: HttpOut;
  readonly pause: Pause;
  /** the secret that the system asks for */
  readonly secret: () => Promise<string>;
};

/** The system did not answer as it should; asking again later may help. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

const ATTEMPTS = 3;
/** An answer is a page: some thousand readings. */
const ANSWER_MAX_BYTES = 5_000_000;

const headersOf = ({ auth }: Connector, secret: string): Record<string, string> => ({
  accept: 'application/json',
  ...(auth.kind === 'bearer' ? { authorization: `Bearer ${secret}` } : { [auth.name]: secret }),
});

const isWorthAgain = (status: number): boolean => status === 429 || status >= 500;

const parsed = ({ body }: Answer): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new NoAnswer('the answer is no JSON');
  }
};

const once = async ({ http, secret }: AskDeps, connector: Connector, url: string): Promise<Answer | Error> => {
  const headers = headersOf(connector, await secret());
  return http.call({ method: 'GET', url, headers, maxBytes: ANSWER_MAX_BYTES }).catch((error: unknown) => {
    if (error instanceof AddressRefused || error instanceof AnswerTooLong) throw new NoAnswer(error.message);
    return z.instanceof(Error).parse(error);
  });
};

/** The JSON at an address of the system: tried three times where it may be busy. Throws `NoAnswer` with what it said last. */
export const ask = async (deps: AskDeps, connector: Connector, path: string): Promise<unknown> => {
  const url = new URL(connector.baseUrl.replace(/\/$/, '') + path).href;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await once(deps, connector, url);
    if (!(answer instanceof Error)) {
      if (answer.status === 200) return parsed(answer);
      if (!isWorthAgain(answer.status)) throw new NoAnswer(`it answers ${answer.status}`);
    }
    if (attempt === ATTEMPTS)
      throw new NoAnswer(answer instanceof Error ? `nobody answers: ${answer.name}` : `it answers ${answer.status}`);
    await deps.pause(attempt + 5);
  }
};
