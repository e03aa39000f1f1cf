import { once } from 'node:events';
import { connect as connectTcp, type AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type Server, type TLSSocket } from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAuthority } from '../ca/authority.ts';
import { systemClock } from '../clock.ts';
import { handshakesInTurn, type HandshakesInTurn } from './handshakes.ts';

const HANDSHAKE_MS = 1000;
const WAIT_MS = 3000;
let folder: string;
let front: HandshakesInTurn;
let secure: Server;
let port: number;
const arrived: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-handshakes-'));
  const { certificatePem: cert, privateKeyPem: key } = await (await openAuthority(folder, systemClock)).issueServer();
  arrived.length = 0;
  secure = createServer({ key, cert, handshakeTimeout: HANDSHAKE_MS }, (socket) => {
    socket.on('data', (data) => arrived.push(data.toString()));
    socket.on('error', () => undefined);
  });
  front = handshakesInTurn(secure, 1, WAIT_MS);
  front.server.listen(0, '127.0.0.1');
  await once(front.server, 'listening');
  port = (front.server.address() as AddressInfo).port;
});
afterEach(async () => {
  front.close();
  await rm(folder, { recursive: true });
});

/** A client that says its name once its handshake is done. */
const aClient = (name: string): TLSSocket => {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => socket.write(name));
  socket.on('error', () => undefined);
  return socket;
};

test('a device waits while another one is at its handshake, and comes in when that one is done', async () => {
  const silent = connectTcp(port, '127.0.0.1');
  await once(silent, 'connect');
  const next = aClient('meter');
  await sleep(50);
  expect(arrived).toEqual([]);
  silent.destroy();
  await expect.poll(() => arrived).toEqual(['meter']);
  next.destroy();
});

test('a device that never ends its handshake is sent away when its time is over, and holds up nobody longer', async () => {
  const silent = connectTcp(port, '127.0.0.1');
  const closed = once(silent, 'close');
  await once(silent, 'connect');
  const next = aClient('meter');
  await expect.poll(() => arrived, { timeout: 5000 }).toEqual(['meter']);
  await closed;
  next.destroy();
});

test('of those who wait the last one comes in first, for it is the one with the most patience left', async () => {
  const silent = connectTcp(port, '127.0.0.1');
  await once(silent, 'connect');
  const clients = [];
  for (const name of ['first', 'second', 'third']) {
    const client = aClient(name);
    await once(client, 'connect');
    clients.push(client);
    await sleep(20);
  }
  silent.destroy();
  await expect.poll(() => arrived, { timeout: 5000 }).toEqual(['third', 'second', 'first']);
  for (const client of clients) client.destroy();
});

test('who has waited too long is sent away, and comes again by itself', async () => {
  const quick = handshakesInTurn(secure, 0, 50);
  quick.server.listen(0, '127.0.0.1');
  await once(quick.server, 'listening');
  const waiting = connectTcp((quick.server.address() as AddressInfo).port, '127.0.0.1');
  const closed = once(waiting, 'close');
  await once(waiting, 'connect');
  await closed;
  expect(waiting.destroyed).toBe(true);
  quick.close();
});

test('many that come in one moment all get in, and those that gave up meanwhile stand in nobody’s way', async () => {
  const left = Array.from({ length: 10 }, () => connectTcp(port, '127.0.0.1'));
  await Promise.all(left.map(async (socket) => await once(socket, 'connect')));
  const clients = Array.from({ length: 20 }, (_, number) => aClient(`device ${number}`));
  for (const socket of left) socket.destroy();
  await expect.poll(() => arrived.length, { timeout: 5000 }).toBe(20);
  for (const client of clients) client.destroy();
});

test('who still waits when the broker closes is sent away', async () => {
  const silent = connectTcp(port, '127.0.0.1');
  await once(silent, 'connect');
  const next = aClient('meter');
  const closed = new Promise<void>((resolve) => next.once('close', () => resolve()));
  await sleep(50);
  front.close();
  await closed;
  silent.destroy();
  expect(arrived).toEqual([]);
});
