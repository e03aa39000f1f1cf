import type * as z from 'zod/mini';
import { problem, type Problem } from '../../api/problem.ts';
import { utf8 } from '../../signing/digest.ts';
import { encoded, targetUri, type HttpRequest } from '../../signing/request.ts';
import type { PartnerRoute } from '../route.ts';

/** The platform said no, or could not answer: what it said, and under which status. */
export class PartnerRefused extends Error {
  override readonly name = 'PartnerRefused';
  readonly status: number;
  /** undefined: something before the platform answered */
  readonly problem: Problem | undefined;
  constructor(status: number, said: Problem | undefined) {
    super(`${status} ${said?.code ?? ''} ${said?.detail ?? said?.title ?? 'no problem document'}`);
    this.status = status;
    this.problem = said;
  }
}

export type Asked<P extends z.ZodMiniType, Q extends z.ZodMiniType, B extends z.ZodMiniType> = {
  readonly params?: z.input<P>;
  readonly query?: z.input<Q>;
  readonly body?: z.input<B>;
  /** of a request that is sent again after this program was restarted; else each call has its own */
  readonly idempotencyKey?: string;
};

/** Everything that is sent; signed anew at each attempt. */
export type Sign = (request: HttpRequest) => Promise<Readonly<Record<string, string>>>;

export type ClientParts = {
  /** of the partner API, without a slash at its end; on a gateway without a name of ours its stage belongs to it */
  readonly origin: string;
  readonly sign: Sign;
  readonly fetch?: typeof fetch;
  /** waits before attempt 2, 3, … */
  readonly pause?: (attempt: number) => Promise<void>;
};

export type PartnerClient = <
  P extends z.ZodMiniType,
  Q extends z.ZodMiniType,
  B extends z.ZodMiniType,
  A extends z.ZodMiniType,
>(
  route: PartnerRoute<P, Q, B, A>,
  asked?: Asked<P, Q, B>,
) => Promise<z.infer<A>>;

const ATTEMPTS = 4;
const TIMEOUT_MS = 35_000;
/** Full jitter over a while that doubles from half a second. */
const pauseOf = (attempt: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, Math.random() * 500 * 2 ** (attempt - 1));
  });

const valuesOf = (given: unknown): [string, string][] =>
  Object.entries(given ?? {}).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );

const requestOf = (
  origin: string,
  route: PartnerRoute,
  asked: Asked<z.ZodMiniType, z.ZodMiniType, z.ZodMiniType>,
): HttpRequest => {
  const params = new Map(valuesOf(asked.params));
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encoded(params.get(name) ?? ''));
  const hasBody = asked.body !== undefined;
  return {
    method: route.method,
    url: targetUri(origin, path, valuesOf(asked.query)),
    headers: {
      ...(hasBody && { 'content-type': 'application/json' }),
      ...(route.method !== 'GET' && { 'idempotency-key': asked.idempotencyKey ?? crypto.randomUUID() }),
    },
    body: utf8(hasBody ? JSON.stringify(asked.body) : ''),
  };
};

const maySendAgain = ({ status, problem: said }: PartnerRefused): boolean =>
  status >= 500 || status === 429 || said?.code === 'in-progress';

const refusedBy = async (answer: Response): Promise<PartnerRefused> => {
  const said: unknown = await answer.json().catch(() => undefined);
  return new PartnerRefused(answer.status, problem.safeParse(said).data);
};

/**
 * Calls routes of the partner contract. What may be sent again is, with the same Idempotency-Key and a signature of its own each time:
 * after a broken connection, a failure of ours, too many requests, or the same request being carried out.
 */
export const partnerClient = ({ origin, sign, pause = pauseOf, fetch: send = fetch }: ClientParts): PartnerClient => {
  const attemptOf = async (request: HttpRequest): Promise<Response | Error> => {
    const { method, url, body } = request;
    const headers = { ...(await sign(request)) };
    // fetch writes the host itself
    delete headers['host'];
    try {
      const answer = await send(url, {
        method,
        headers,
        redirect: 'error',
        // an answer takes half a minute at most
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(body.length > 0 && { body }),
      });
      return answer.ok ? answer : await refusedBy(answer);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  };
  return async (route, asked = {}) => {
    const request = requestOf(origin, route, asked);
    for (let attempt = 1; ; attempt += 1) {
      const answer = await attemptOf(request);
      if (!(answer instanceof Error))
        return route.answer.parse(route.produces ? await answer.text() : await answer.json());
      const isLast = attempt === ATTEMPTS || (answer instanceof PartnerRefused && !maySendAgain(answer));
      if (isLast) throw answer;
      await pause(attempt);
    }
  };
};
