import type { request, RequestOptions } from 'node:https';
import { createServer, type Server } from 'node:http';
import { request as httpRequest } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { httpOut, isPublic, type Network } from './http-out.ts';

const POST = { headers: { ttl: 60 }, body: Buffer.from('x') };

describe('an address', () => {
  test.each([
    ['8.8.8.8', true],
    ['203.0.114.1', true],
    ['2606:4700::1111', true],
    ['127.0.0.1', false],
    ['10.1.2.3', false],
    ['100.64.0.1', false],
    ['169.254.169.254', false],
    ['172.31.255.255', false],
    ['172.32.0.1', true],
    ['192.168.1.1', false],
    ['0.0.0.0', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['::1', false],
    ['::', false],
    ['fe80::1', false],
    ['fd00::1', false],
    ['fec0::1', false],
    ['::ffff:127.0.0.1', false],
    ['::ffff:8.8.8.8', false],
    ['64:ff9b::7f00:1', false],
    ['2002:7f00:1::', false],
    ['2001:db8::1', false],
    ['localhost', false],
    ['', false],
  ])('%s is public: %s', (address, expected) => {
    expect(isPublic(address)).toBe(expected);
  });
});

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server = undefined;
});

/** A service at 127.0.0.1 behind a name that resolves to what the test says; what would be connected to is kept. */
const aNetwork = async (
  resolved: readonly string[],
  answer: (path: string) => { status: number; location?: string },
) => {
  const seen: { path: string; host: string; body: string; length: string | undefined }[] = [];
  const connectedTo: string[] = [];
  server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const { status, location } = answer(incoming.url ?? '');
      const body = Buffer.concat(parts).toString();
      seen.push({
        path: incoming.url ?? '',
        host: incoming.headers.host ?? '',
        body,
        length: incoming.headers['content-length'],
      });
      response.writeHead(status, location ? { location } : {}).end('answer');
    });
  });
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  // TLS is the platform's; here its place is taken by a plain connection to the service of the test
  const plain = ((url: URL, options: RequestOptions, done: Parameters<typeof request>[2]) => {
    options.lookup?.(url.hostname, { all: true }, (_, addresses) =>
      connectedTo.push(...(Array.isArray(addresses) ? addresses.map(({ address }) => address) : [])),
    );
    const { lookup: _, agent: __, ...rest } = options;
    return httpRequest(
      `http://127.0.0.1:${port}${url.pathname}`,
      { ...rest, headers: { ...(rest.headers as Record<string, string>), host: url.host } } as RequestOptions,
      done,
    );
  }) as unknown as typeof request;
  const network: Network = { timeoutMs: 5000, resolve: async () => resolved, request: plain };
  return { http: httpOut(network), seen, connectedTo };
};

describe('a request to an address that somebody gave us', () => {
  test('goes to the address that was checked, under the name', async () => {
    const { http, seen, connectedTo } = await aNetwork(['93.184.216.34'], () => ({ status: 201 }));
    expect(await http.post({ url: 'https://push.example.com/sub/1', ...POST })).toEqual({ status: 201 });
    expect(seen).toEqual([{ path: '/sub/1', host: 'push.example.com', body: 'x', length: '1' }]);
    expect(connectedTo).toEqual(['93.184.216.34']);
  });

  test.each([
    ['a name that resolves to this machine', 'https://evil.example/', ['127.0.0.1']],
    ['a name with a public and a private address', 'https://evil.example/', ['93.184.216.34', '10.0.0.1']],
    ['a name that resolves to the metadata service', 'https://evil.example/', ['169.254.169.254']],
    ['a name that resolves to nothing', 'https://evil.example/', []],
    ['a private address itself', 'https://192.168.0.1/', ['93.184.216.34']],
    ['this machine in brackets', 'https://[::1]/', ['93.184.216.34']],
    ['an address written as a number', 'https://2130706433/', ['93.184.216.34']],
    ['no https', 'http://push.example.com/', ['93.184.216.34']],
  ])('is not made to %s', async (_, url, resolved) => {
    const { http, seen } = await aNetwork(resolved, () => ({ status: 201 }));
    await expect(http.post({ url, ...POST })).rejects.toThrow(/public one|only https/);
    expect(seen).toEqual([]);
  });

  test.each([
    ['a name that is never found', { resolve: () => new Promise<never>(() => undefined) }, ''],
    ['a service that sends a header line now and then and never an answer', {}, 'HTTP/1.1 201 Created\r\n'],
    ['a service that says nothing', {}, ''],
  ])('ends in all after its time: %s', async (_, over, opening) => {
    const sockets = new Set<Socket>();
    const dripping = createTcpServer((socket) => {
      sockets.add(socket.on('error', () => undefined));
      socket.write(opening);
      const timer = setInterval(() => opening !== '' && socket.write('x-a: b\r\n'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    await new Promise<void>((done) => dripping.listen(0, '127.0.0.1', done));
    const { port } = dripping.address() as AddressInfo;
    const plain = ((_url: URL, { lookup: _l, agent: _a, ...rest }: RequestOptions, done: never) =>
      httpRequest(`http://127.0.0.1:${port}/`, rest as RequestOptions, done)) as unknown as typeof request;
    const http = httpOut({ timeoutMs: 150, resolve: async () => ['93.184.216.34'], request: plain, ...over });
    const startedMs = performance.now();
    await expect(http.post({ url: 'https://push.example.com/', ...POST })).rejects.toThrow('no answer within 150 ms');
    expect(performance.now() - startedMs).toBeLessThan(1000);
    for (const socket of sockets) socket.destroy();
    dripping.close();
  });

  test('is over with its status, and does not wait for a body that never ends', async () => {
    let closed = false;
    const endless = createServer((_incoming, response) => {
      response.writeHead(201);
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => {
        closed = true;
        clearInterval(timer);
      });
    });
    await new Promise<void>((done) => endless.listen(0, '127.0.0.1', done));
    const { port } = endless.address() as AddressInfo;
    const plain = ((_url: URL, { lookup: _l, agent: _a, ...rest }: RequestOptions, done: never) =>
      httpRequest(`http://127.0.0.1:${port}/`, rest as RequestOptions, done)) as unknown as typeof request;
    const http = httpOut({ timeoutMs: 5000, resolve: async () => ['93.184.216.34'], request: plain });
    expect(await http.post({ url: 'https://push.example.com/', ...POST })).toEqual({ status: 201 });
    await vi.waitFor(() => expect(closed).toBe(true));
    endless.close();
  });

  test('is not led elsewhere by a redirect', async () => {
    const { http, seen } = await aNetwork(['93.184.216.34'], () => ({ status: 307, location: 'https://10.0.0.1/' }));
    expect(await http.post({ url: 'https://push.example.com/', ...POST })).toEqual({ status: 307 });
    expect(seen).toHaveLength(1);
  });
});
