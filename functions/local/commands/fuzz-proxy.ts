import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { contract, type Noun } from '@hems/shared/api/contract';
import type { Auth, Route } from '@hems/shared/api/route';
import type { SigningKey } from '@hems/shared/signing/keys';
import { signRequest } from '@hems/shared/signing/sign-request';
import { readBody } from '../http/body.ts';
import { matcherOf } from '../http/routes.ts';

export type ProxyParts = {
  readonly origin: string;
  /** a token of whom a route is for */
  readonly tokens: Readonly<Record<Exclude<Auth, 'public'>, string>>;
  /** of a partner with every scope */
  readonly key: SigningKey;
  /** a home of the resident */
  readonly householdId: string;
};

export type FuzzProxy = {
  readonly origin: string;
  /** how many requests had which answer: `partner 200` */
  readonly answered: ReadonlyMap<string, number>;
  /** the requests that the host left without an answer, and why: they were answered 502 here */
  readonly dropped: readonly string[];
  close(): Promise<void>;
};

const match = matcherOf<Noun, Route>(contract, '/docs');
const BODY_MAX_BYTES = 2_000_000;
/** Below the plan of use of a partner: what is throttled is not tested. */
const PARTNER_EVERY_MS = 60;

const authOf = (method: string, path: string): Auth => {
  try {
    return match(method, path).route.auth;
  } catch {
    return 'resident';
  }
};

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    ['content-type', 'accept', 'idempotency-key'].flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );

/** In the place of every other made-up household, one that is there: behind the first door there is more to break. */
const inOwnHome = (target: string, householdId: string, asked: number): string =>
  asked % 4 === 0 ? target : target.replace(/^(\/v1\/households\/)[^/?]+/, `$1${householdId}`);

type Sent = {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
};

const signed = async ({ method, url, headers, body }: Sent, key: SigningKey): Promise<Record<string, string>> => {
  // the profile asks for one spelling of an address: the query in order and percent-encoded
  const request = { method, url, headers, body: new Uint8Array(body) };
  return await signRequest(request, { key, nowS: Math.floor(Date.now() / 1000), nonce: crypto.randomUUID() });
};

/** In the order and the encoding that partners sign. */
const plain = (origin: string, target: string): string => {
  const url = new URL(target, origin);
  const pairs = [...new Map(url.searchParams)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const query = pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
  return origin + url.pathname + (query === '' ? '' : `?${query}`);
};
const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (one) => `%${one.codePointAt(0)?.toString(16).toUpperCase() ?? ''}`);

/** Waits for the next turn of the partner. */
const turns = (): (() => Promise<void>) => {
  let freeMs = 0;
  return async () => {
    const nowMs = Date.now();
    freeMs = Math.max(freeMs + PARTNER_EVERY_MS, nowMs);
    await sleep(freeMs - nowMs);
  };
};

const asPartner = async (sent: Sent, { origin, key }: ProxyParts, path: string): Promise<Sent> => {
  const headers = { ...sent.headers, ...(sent.method !== 'GET' && { 'idempotency-key': crypto.randomUUID() }) };
  const own = { ...sent, url: plain(origin, path), headers };
  return { ...own, headers: await signed(own, key) };
};
const asPerson = (sent: Sent, { tokens }: ProxyParts): Sent => {
  const auth = authOf(sent.method, new URL(sent.url).pathname);
  return auth === 'public' ? sent : { ...sent, headers: { ...sent.headers, authorization: `Bearer ${tokens[auth]}` } };
};

/** The host was asked and gave no whole answer. */
class Dropped extends Error {
  override readonly name = 'Dropped';
}

type Answer = { readonly status: number; readonly headers: Headers; readonly body: ArrayBuffer };

const answerOf = async ({ url, method, headers, body }: Sent): Promise<Answer> => {
  const hasBody = body.length > 0 && method !== 'GET' && method !== 'HEAD';
  // made before it is sent: what cannot be a request at all fails here
  const request = new Request(url, {
    method,
    headers,
    redirect: 'manual',
    ...(hasBody && { body: new Uint8Array(body) }),
  });
  try {
    const answer = await fetch(request);
    return { status: answer.status, headers: answer.headers, body: await answer.arrayBuffer() };
  } catch (error) {
    const why = error instanceof Error && error.cause !== undefined ? error.cause : error;
    throw new Dropped(`${method} ${new URL(url).pathname}: ${String(why)}`, { cause: error });
  }
};

const refuse = (response: ServerResponse, status: number, error: unknown): void => {
  if (!response.headersSent) response.writeHead(status, { 'content-type': 'application/problem+json' });
  const title = status === 502 ? 'The host gave no answer' : 'Not sent on';
  response.end(JSON.stringify({ type: 'about:blank', title, status, detail: String(error) }));
};

const handOn = (response: ServerResponse, answer: Answer): void => {
  for (const name of ['content-type', 'allow']) {
    const value = answer.headers.get(name);
    if (value !== null) response.setHeader(name, value);
  }
  response.statusCode = answer.status;
  response.end(Buffer.from(answer.body));
};

const passing = (parts: ProxyParts, answered: Map<string, number>) => {
  const turn = turns();
  let asked = 0;
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url: target = '/' } = request;
    const body = await readBody(request, BODY_MAX_BYTES);
    asked += 1;
    const url = parts.origin + inOwnHome(target, parts.householdId, asked);
    const bare = { method, url, headers: headersOf(request), body };
    const isPartner = target.startsWith('/partner/');
    if (isPartner) await turn();
    const answer = await answerOf(isPartner ? await asPartner(bare, parts, target) : asPerson(bare, parts));
    const what = `${isPartner ? 'partner' : 'resident'} ${answer.status}`;
    answered.set(what, (answered.get(what) ?? 0) + 1);
    handOn(response, answer);
  };
};

/** What stands between a program that knows no keys and the local host: it lets every request through as somebody who may ask. */
export const fuzzProxy = async (parts: ProxyParts): Promise<FuzzProxy> => {
  const answered = new Map<string, number>();
  const dropped: string[] = [];
  const pass = passing(parts, answered);
  const server: Server = createServer((request, response) => {
    pass(request, response).catch((error: unknown) => {
      if (error instanceof Dropped) {
        dropped.push(error.message);
        return refuse(response, 502, error);
      }
      // what cannot be sent on at all was no request of this API: TRACE, or an address that is none
      answered.set('not sent on', (answered.get('not sent on') ?? 0) + 1);
      refuse(response, 400, error);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    answered,
    dropped,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
