import type { request, RequestOptions } from 'node:https';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { request as httpRequest } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { AddressRefused, AnswerLate, AnswerTooLong } from '../../ports/http-out.ts';
import { httpOut, isPublic, type Network } from './http-out.ts';

const POST = { method: 'POST', headers: { ttl: 60 }, body: Buffer.from('x'), maxBytes: 0 } as const;
const GET = { method: 'GET', headers: { accept: 'application/json' }, maxBytes: 100 } as const;

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
      response.writeHead(status, { 'retry-after': '7', ...(location && { location }) }).end('answer');
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
  return { http: httpOut(network), network, seen, connectedTo };
};

describe('a request to an address that somebody gave us', () => {
  test('goes to the address that was checked, under the name', async () => {
    const { http, seen, connectedTo } = await aNetwork(['93.184.216.34'], () => ({ status: 201 }));
    expect(await http.call({ url: 'https://push.example.com/sub/1', ...POST })).toMatchObject({ status: 201 });
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
    ['an address written in octal', 'https://0177.0.0.1/', ['93.184.216.34']],
    ['an address written in hexadecimal', 'https://0x7f.1/', ['93.184.216.34']],
    ['a private address of IPv4 within IPv6', 'https://[::ffff:10.0.0.1]/', ['93.184.216.34']],
    ['a name that resolves to one', 'https://evil.example/', ['::ffff:169.254.169.254']],
    ['an address of IPv4 behind a translator', 'https://[64:ff9b::a00:1]/', ['93.184.216.34']],
    ['no https', 'http://push.example.com/', ['93.184.216.34']],
  ])('is not made to %s', async (_, url, resolved) => {
    const { http, seen } = await aNetwork(resolved, () => ({ status: 201 }));
    await expect(http.call({ url, ...POST })).rejects.toThrow(/public one|only https/);
    expect(seen).toEqual([]);
  });

  test.each([
    ['a user and a password', 'https://user:secret@push.example.com/', /user or a password/],
    ['a user', 'https://user@push.example.com/', /user or a password/],
    ['the port of another service', 'https://push.example.com:25/', /port 25/],
    ['the port of a shell', 'https://push.example.com:22/', /port 22/],
    ['port 80', 'https://push.example.com:80/', /port 80/],
    ['no host', 'https://', /no address/],
    ['a path only', '/hooks', /no address/],
    ['another scheme', 'file:///etc/passwd', /only https/],
  ])('is not made where the address has %s', async (_, url, why) => {
    const { http, seen } = await aNetwork(['93.184.216.34'], () => ({ status: 201 }));
    const refused = http.call({ ...POST, url });
    await expect(refused).rejects.toThrow(AddressRefused);
    await expect(refused).rejects.toThrow(why);
    expect(seen).toEqual([]);
  });

  test.each(['https://push.example.com:443/', 'https://push.example.com:8443/hook'])('is made to %s', async (url) => {
    const { http, seen } = await aNetwork(['93.184.216.34'], () => ({ status: 201 }));
    expect(await http.call({ ...POST, url })).toMatchObject({ status: 201 });
    expect(seen).toHaveLength(1);
  });

  test('goes where its name led when it was checked, though the name leads elsewhere a moment later', async () => {
    const answers = [['93.184.216.34'], ['127.0.0.1'], ['127.0.0.1']];
    const { network, connectedTo } = await aNetwork([], () => ({ status: 201 }));
    let asked = 0;
    const http = httpOut({ ...network, resolve: async () => answers[asked++] ?? [] });
    await http.call({ ...POST, url: 'https://rebinding.example/' });
    expect(asked).toBe(1);
    expect(connectedTo).toEqual(['93.184.216.34']);
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
    await expect(http.call({ url: 'https://push.example.com/', ...POST })).rejects.toThrow('no answer within 150 ms');
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
    expect(await http.call({ url: 'https://push.example.com/', ...POST })).toMatchObject({ status: 201 });
    await vi.waitFor(() => expect(closed).toBe(true));
    endless.close();
  });

  test('is not led elsewhere by a redirect', async () => {
    const { http, seen } = await aNetwork(['93.184.216.34'], () => ({ status: 307, location: 'https://10.0.0.1/' }));
    expect(await http.call({ url: 'https://push.example.com/', ...POST })).toMatchObject({ status: 307 });
    expect(seen).toHaveLength(1);
  });
});

describe('an answer that is read', () => {
  test('comes with its status, its headers and its bytes', async () => {
    const { http, seen } = await aNetwork(['93.184.216.34'], () => ({ status: 200 }));
    const { status, headers, body } = await http.call({ ...GET, url: 'https://bems.example/readings' });
    expect([status, headers['retry-after'], Buffer.from(body).toString()]).toEqual([200, '7', 'answer']);
    expect(seen).toEqual([{ path: '/readings', host: 'bems.example', body: '', length: undefined }]);
  });

  test('is read to its last byte where it is as long as is allowed, and not at all where it is longer', async () => {
    const { http } = await aNetwork(['93.184.216.34'], () => ({ status: 200 }));
    expect((await http.call({ ...GET, url: 'https://bems.example/', maxBytes: 6 })).body).toHaveLength(6);
    await expect(http.call({ ...GET, url: 'https://bems.example/', maxBytes: 5 })).rejects.toThrow(AnswerTooLong);
  });

  /** A service whose answers are written by the test, and the client in front of it. */
  const aService = async (write: (response: ServerResponse) => void, timeoutMs: number) => {
    server = createServer((_incoming, response) => write(response));
    await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const plain = ((_url: URL, { lookup: _l, agent: _a, ...rest }: RequestOptions, done: never) =>
      httpRequest(`http://127.0.0.1:${port}/`, rest as RequestOptions, done)) as unknown as typeof request;
    return httpOut({ timeoutMs, resolve: async () => ['93.184.216.34'], request: plain });
  };

  test('of a body without end is cut when it is too long, in memory of its bound', async () => {
    let written = 0;
    let closed = false;
    const part = Buffer.alloc(16_384);
    const http = await aService((response) => {
      response.writeHead(200).on('close', () => (closed = true));
      const pour = (): void => {
        written += part.length;
        if (response.write(part)) setImmediate(pour);
        else response.once('drain', pour);
      };
      pour();
    }, 5000);
    await expect(http.call({ ...GET, url: 'https://bems.example/', maxBytes: 100_000 })).rejects.toThrow(AnswerTooLong);
    await vi.waitFor(() => expect(closed).toBe(true));
    // what the kernel has taken beyond it
    expect(written).toBeLessThan(20_000_000);
  });

  test('of a body that drips is cut when its time is over', async () => {
    let closed = false;
    const http = await aService((response) => {
      const timer = setInterval(() => response.write('x'), 20);
      response.writeHead(200).on('close', () => {
        closed = true;
        clearInterval(timer);
      });
    }, 150);
    const startedMs = performance.now();
    await expect(http.call({ ...GET, url: 'https://bems.example/' })).rejects.toThrow(AnswerLate);
    expect(performance.now() - startedMs).toBeLessThan(1000);
    await vi.waitFor(() => expect(closed).toBe(true));
  });

  test('that breaks off is no answer', async () => {
    const http = await aService((response) => {
      response.writeHead(200, { 'content-length': '50' });
      response.write('half');
      setTimeout(() => response.destroy(), 20);
    }, 5000);
    await expect(http.call({ ...GET, url: 'https://bems.example/' })).rejects.toThrow(/aborted|hang up|closed|reset/i);
  });
});
