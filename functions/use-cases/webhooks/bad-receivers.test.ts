import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { RequestOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { httpOut, type Network } from '../../adapters/providers/http-out.ts';
import { aDispatch, aWebhookWorld, OFFICE, type WebhookWorld } from '../../testing/webhook-world.ts';
import type { WebhookDeps } from './deps.ts';
import { challengeEndpoint } from './endpoints.ts';
import { tellPartner } from './tell-partner.ts';

/** Receivers that are real sockets behind the real client; TLS is the platform's, a plain connection takes its place. */
const TIMEOUT_MS = 250;
const seen: string[] = [];
const endings: (() => void)[] = [];

const echo = (incoming: IncomingMessage, response: ServerResponse): void => {
  const parts: Buffer[] = [];
  incoming.on('data', (part: Buffer) => parts.push(part));
  incoming.on('end', () => response.end(Buffer.concat(parts)));
};
const drip = (response: ServerResponse): void => {
  const timer = setInterval(() => response.write('x'), 20);
  response.writeHead(200).on('close', () => clearInterval(timer));
};
const pour = (response: ServerResponse): void => {
  const more = (): void =>
    void (response.write(Buffer.alloc(65_536)) ? setImmediate(more) : response.once('drain', more));
  response.writeHead(200);
  more();
};
const RECEIVERS: Readonly<Record<string, (incoming: IncomingMessage, response: ServerResponse) => void>> = {
  '/echo': echo,
  '/hang': (_, response) => void endings.push(() => response.destroy()),
  '/500': (_, response) => void response.writeHead(500).end('stack trace'),
  '/410': (_, response) => void response.writeHead(410).end(),
  '/redirect': (_, response) =>
    void response.writeHead(307, { location: 'https://169.254.169.254/latest/meta-data' }).end(),
  '/drip': (_, response) => drip(response),
  '/pour': (_, response) => pour(response),
  '/break': (_, response) => void response.socket?.destroy(),
  '/garbage': (_, response) => void response.socket?.end('not http at all\r\n\r\n'),
  '/headers': (_, response) => void response.socket?.end(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`),
};
const server = createServer((incoming, response) => {
  seen.push(`${incoming.headers.host}${incoming.url}`);
  RECEIVERS[incoming.url ?? '']?.(incoming, response);
});
let network: Network;
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const request = ((url: URL, { lookup: _l, agent: _a, headers, ...rest }: RequestOptions, done: never) =>
    httpRequest(
      `http://127.0.0.1:${port}${url.pathname}`,
      { ...rest, headers: { ...(headers as Record<string, string>), host: url.host } } as RequestOptions,
      done,
    )) as unknown as Network['request'];
  network = {
    timeoutMs: TIMEOUT_MS,
    resolve: async (host) => (host === 'inside.example' ? ['10.0.0.1'] : ['93.184.216.34']),
    request,
  };
});
afterAll(() => {
  for (const end of endings) end();
  server.closeAllConnections();
  server.close();
});

let world: WebhookWorld;
let deps: WebhookDeps;
beforeEach(async () => {
  world = await aWebhookWorld();
  deps = { ...world.deps, http: httpOut(network) };
  seen.length = 0;
});

const deliverTo = async (url: string) => {
  const { ref } = await world.addEndpoint(url);
  await tellPartner(deps, { partnerId: OFFICE, type: 'event.dispatched', data: aDispatch('e-1'), key: 'e-1' });
  const startedMs = performance.now();
  await world.work(deps);
  expect(performance.now() - startedMs).toBeLessThan(TIMEOUT_MS + 1000);
  const [{ state, attempts } = { state: 'pending', attempts: [] }] = await world.log(ref.endpointId);
  return { state, status: attempts[0]?.status, reason: attempts[0]?.reason };
};

test.each([
  ['/echo', { state: 'delivered', status: 200, reason: 'delivered' }],
  ['/hang', { state: 'pending', status: null, reason: 'timeout' }],
  ['/500', { state: 'pending', status: 500, reason: 'status' }],
  ['/410', { state: 'dead', status: 410, reason: 'gone' }],
  ['/redirect', { state: 'pending', status: 307, reason: 'redirect' }],
  ['/drip', { state: 'delivered', status: 200, reason: 'delivered' }],
  ['/pour', { state: 'delivered', status: 200, reason: 'delivered' }],
  ['/break', { state: 'pending', status: null, reason: 'unreachable' }],
  ['/garbage', { state: 'pending', status: null, reason: 'unreachable' }],
  ['/headers', { state: 'pending', status: null, reason: 'unreachable' }],
] as const)('a delivery to a receiver of the kind %s costs bounded time and loses nothing', async (path, outcome) => {
  expect(await deliverTo(`https://office.example${path}`)).toEqual(outcome);
  expect(seen).toEqual([`office.example${path}`]);
});

test('a delivery to a name that leads inside by now reaches nobody', async () => {
  expect(await deliverTo('https://inside.example/echo')).toEqual({
    state: 'pending',
    status: null,
    reason: 'address-refused',
  });
  expect(seen).toEqual([]);
});

test.each([
  ['/echo', 'echoed'],
  ['/hang', 'no-answer'],
  ['/500', 'wrong-answer'],
  ['/redirect', 'wrong-answer'],
  ['/drip', 'no-answer'],
  ['/pour', 'no-answer'],
  ['/break', 'no-answer'],
  ['/garbage', 'no-answer'],
] as const)('a challenge to a receiver of the kind %s says: %s', async (path, said) => {
  expect(await challengeEndpoint(deps, `https://office.example${path}`)).toBe(said);
  expect(seen).toEqual([`office.example${path}`]);
});

test.each([
  'https://inside.example/echo',
  'https://[::ffff:10.0.0.1]/',
  'https://user:x@office.example/echo',
  'https://office.example:22/',
])('a challenge to %s reaches nobody', async (url) => {
  expect(await challengeEndpoint(deps, url)).toBe('address-refused');
  expect(seen).toEqual([]);
});
