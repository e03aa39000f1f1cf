import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { contentSecurityPolicy, WEB_HEADERS } from '@hems/shared/http/web-headers';
import { BodyTooLarge } from './body.ts';
import type { Exchange } from './exchange.ts';
import { isOfDocs } from './docs.ts';
import { isOfOpenadr } from '../openadr/door.ts';
import { isOfObjects } from './objects.ts';
import { isOfOps } from '../ops/door.ts';
import { Refusal, sendProblem } from './problem.ts';
import { isOfApi } from './routes.ts';
import { parseTarget, type Target } from './target.ts';

export type FrontDoorParts = {
  readonly api: (exchange: Exchange, target: Target) => Promise<void>;
  readonly partner: (exchange: Exchange, target: Target) => Promise<void>;
  /** OpenADR 3.1, and the services of 2.0b */
  readonly openadr: (exchange: Exchange, target: Target) => Promise<void>;
  readonly identity: (exchange: Exchange, path: string) => Promise<void>;
  /** files that a link of the app leads to */
  readonly objects: (exchange: Exchange, path: string) => Promise<void>;
  readonly docs: (exchange: Exchange, path: string) => Promise<void>;
  /** the boards of the operator */
  readonly ops: (exchange: Exchange, target: Target) => Promise<void>;
  /** hears of each request of a resident or partner, once it is answered */
  readonly answered: (answer: Answered) => void;
  readonly app: (exchange: Exchange, path: string) => Promise<void>;
  /** `/config.json`: what the app has to know before it can ask anything */
  readonly config: unknown;
};

export type Answered = {
  readonly door: 'api' | 'partner';
  readonly status: number;
  /** from its first line until the last byte of the answer was handed on */
  readonly ms: number;
};

export type FrontDoor = {
  /** answers from now on; before, everything is 503 */
  open(parts: FrontDoorParts): void;
  readonly origin: string;
  close(): Promise<void>;
};

const HOST = '127.0.0.1';
const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy({ connect: [], formAction: "'self'", isHttps: false }),
  ...WEB_HEADERS,
};

/** Whoever sends a byte now and then holds no connection: looked for each second, where Node looks twice a minute. */
const TIMEOUTS = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 1000 };

/** Takes the port first and serves later: a taken port is told before anything else is started. */
export const listenFrontDoor = async (port: number): Promise<FrontDoor> => {
  let parts: FrontDoorParts | undefined;
  const server = createServer(TIMEOUTS, (request, response) => {
    void answer({ request, response }, origin, parts);
  });
  server.listen(port, HOST);
  await once(server, 'listening');
  const origin = `http://${HOST}:${portOf(server)}`;
  return {
    origin,
    open: (given) => {
      parts = given;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 1000).unref();
      await closed;
    },
  };
};

const answer = async (exchange: Exchange, origin: string, parts: FrontDoorParts | undefined): Promise<void> => {
  const { request, response } = exchange;
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  try {
    const target = parseTarget(request.url);
    if (!isOurs(exchange, origin)) return;
    if (!parts) throw new Refusal(503, 'The local host is still starting.', { 'retry-after': '1' });
    await dispatch(exchange, target, parts);
  } catch (error) {
    refuse(exchange, error);
  }
};

const dispatch = async (exchange: Exchange, target: Target, parts: FrontDoorParts): Promise<void> => {
  const { path, rawPath } = target;
  tellAnswer(exchange.response, rawPath, parts.answered);
  if (isOfOps(rawPath)) return await parts.ops(exchange, target);
  if (isOfApi(rawPath)) return await parts.api(exchange, target);
  if (path.startsWith('/oidc/') || path.startsWith('/.well-known/')) return await parts.identity(exchange, rawPath);
  if (isOfObjects(path)) return await parts.objects(exchange, path);
  if (isOfDocs(path)) return await parts.docs(exchange, path);
  if (rawPath.startsWith('/partner/')) return await parts.partner(exchange, target);
  if (isOfOpenadr(rawPath)) return await parts.openadr(exchange, target);
  return await serveOwn(exchange, path, parts);
};

/** What is of no other door. */
const serveOwn = async (exchange: Exchange, path: string, { config, app }: FrontDoorParts): Promise<void> => {
  if (path === '/config.json') return sendJson(exchange.response, config);
  if (path === '/healthz') return sendJson(exchange.response, { status: 'ok' });
  return await app(exchange, path);
};

const doorOf = (rawPath: string): Answered['door'] | undefined => {
  if (isOfApi(rawPath)) return 'api';
  const isOfPartners = rawPath.startsWith('/partner/') && !isOfDocs(rawPath);
  return isOfPartners || isOfOpenadr(rawPath) ? 'partner' : undefined;
};

/** Whoever goes away before the answer has had none. */
const tellAnswer = (response: ServerResponse, rawPath: string, tell: FrontDoorParts['answered']): void => {
  const door = doorOf(rawPath);
  if (!door) return;
  const began = performance.now();
  response.once('close', () => {
    if (response.headersSent) tell({ door, status: response.statusCode, ms: performance.now() - began });
  });
};

/** A name that somebody else's DNS points at this machine must not open it; `localhost` is led to the issuer's address. */
const isOurs = ({ request, response }: Exchange, origin: string): boolean => {
  const { host, port } = new URL(origin);
  if (request.headers.host === host) return true;
  if (request.headers.host === `localhost:${port}`) {
    response.writeHead(307, { location: origin + (request.url ?? '/') }).end();
    return false;
  }
  throw new Refusal(421, `This host answers as ${origin} only.`);
};

const refuse = ({ request, response }: Exchange, error: unknown): void => {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  for (const name of response.getHeaderNames()) if (name.startsWith('content-t')) response.removeHeader(name);
  sendProblem(response, refusalOf(error, request), request.url?.split('?')[0] ?? '/');
};

const refusalOf = (error: unknown, request: IncomingMessage): Refusal => {
  if (error instanceof Refusal) return error;
  if (error instanceof BodyTooLarge) return new Refusal(413, `Too large: ${error.message}.`, { connection: 'close' });
  console.error(`${request.method} ${request.url?.split('?')[0]} failed:`, error);
  return new Refusal(500, 'The local host failed to answer; its terminal says why.');
};

const sendJson = (response: ServerResponse, value: unknown): void => {
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(value));
};

const portOf = (server: Server): number => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the front door has no port');
  return address.port;
};
