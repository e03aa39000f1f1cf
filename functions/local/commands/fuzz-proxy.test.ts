import { once } from 'node:events';
import { createServer, request, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPairSync } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { privateKey } from '@hems/shared/signing/keys';
import { hostRunning } from './fuzz-host.ts';
import { fuzzProxy, type FuzzProxy } from './fuzz-proxy.ts';

const closes: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0).toReversed()) await close();
});

const proxyTo = async (host: RequestListener): Promise<FuzzProxy> => {
  const server = createServer(host).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closes.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const proxy = await fuzzProxy({
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tokens: { resident: 'r', operator: 'o', auditor: 'a' },
    key: await privateKey('a.b', 'ed25519', { kty: 'OKP', crv: 'Ed25519', x, d }),
    householdId: 'h-1',
  });
  closes.push(() => proxy.close());
  return proxy;
};

test.each([
  [
    'drops the connection',
    (): RequestListener =>
      ({ socket }) =>
        socket.destroy(),
  ],
  [
    'breaks off in the middle of its answer',
    (): RequestListener => (_asked, answer) => {
      answer.writeHead(200, { 'content-length': '100' });
      answer.write('{', () => answer.destroy());
    },
  ],
])('a host that %s is counted and shown as 502', async (_what, host) => {
  const proxy = await proxyTo(host());
  const answer = await fetch(`${proxy.origin}/v1/session`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([502, 'application/problem+json']);
  expect(proxy.dropped).toEqual([expect.stringMatching(/^GET \/v1\/session: /)]);
});

test('a host that answers drops nothing, and what cannot be sent on is the sender’s own', async () => {
  const proxy = await proxyTo((_asked, answer) => answer.writeHead(204).end());
  expect((await fetch(`${proxy.origin}/v1/session`)).status).toBe(204);
  const traced = request(`${proxy.origin}/v1/session`, { method: 'TRACE' }).end();
  const [answer] = await once(traced, 'response');
  answer.resume();
  expect(answer.statusCode).toBe(400);
  expect(proxy.dropped).toEqual([]);
  expect([...proxy.answered]).toEqual([
    ['resident 204', 1],
    ['not sent on', 1],
  ]);
});

const READY = "console.log('ready http://127.0.0.1:1\\nhistory: 100 %\\n');";

test('a host that crashed is told of, and stopping it waits for nothing', async () => {
  const host = await hostRunning(['-e', `${READY} setTimeout(() => process.exit(3), 300)`]);
  await expect.poll(host.ended, { timeout: 5000 }).toBe('exit code 3, signal null');
  await host.stop();
});

test('a host that runs has not ended, and stops', async () => {
  const host = await hostRunning(['-e', `${READY} setInterval(() => {}, 1000)`]);
  expect(host.ended()).toBeUndefined();
  await host.stop();
});
