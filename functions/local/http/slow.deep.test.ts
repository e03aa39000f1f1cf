import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { listenFrontDoor } from './front-door.ts';

/** The head of a request may take 10 s. */
const HEAD_MS = 10_000;
const CONNECTIONS = 200;

const ended = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.on('error', () => undefined);
    socket.once('close', () => resolve());
  });

test('whoever sends a request byte by byte is shut out, and keeps nobody waiting', async () => {
  const door = await listenFrontDoor(0);
  const sockets = Array.from({ length: CONNECTIONS }, () => connect(Number(new URL(door.origin).port), '127.0.0.1'));
  const all = Promise.all(sockets.map(ended));
  const drip = setInterval(() => {
    for (const socket of sockets) if (!socket.destroyed) socket.write('G');
  }, 500);
  for (const socket of sockets) socket.write('GET / HTTP/1.1\r\nHost: ');
  await sleep(1000);
  const begun = performance.now();
  expect((await fetch(door.origin)).status).toBe(503);
  expect(performance.now() - begun).toBeLessThan(1000);
  await Promise.race([all, sleep(2 * HEAD_MS).then(() => Promise.reject(new Error('still held after 20 s')))]);
  clearInterval(drip);
  await door.close();
});
