import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { objectLinksContract, sendForm } from '../../adapters/contract/object-store.contract.ts';
import { aFrontDoor, type TestFrontDoor } from '../testing/front-door.ts';

objectLinksContract('folder behind the front door', async () => {
  const door = await aFrontDoor();
  return { store: door.objects, close: () => door.close() };
});

setFlagsFromString('--expose_gc');
const collect: unknown = runInNewContext('gc');
/** Bytes of buffers that somebody still holds. */
const held = (): number => {
  if (typeof collect === 'function') collect();
  return process.memoryUsage().arrayBuffers;
};

const BOUNDARY = 'xxBOUNDARYxx';
const HEAD = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="a.xml"\r\n\r\n`;

describe('a file sent to the front door', () => {
  let door: TestFrontDoor;
  beforeAll(async () => {
    door = await aFrontDoor();
  });
  afterAll(() => door.close());
  const form = async (key: string, limits = { maxBytes: 1000, seconds: 60 }) =>
    await door.objects.uploadForm(key, limits);
  const unfinished = async () => await readdir(join(door.folder, 'objects', '.unfinished'));

  /** A raw request, so that a test may send less or more than it says. Resolves with what came back when the server closes. */
  const raw = async (
    url: string,
    head: string,
    body: AsyncIterable<Buffer> | Iterable<Buffer>,
  ): Promise<{ answer: string; sent: number }> => {
    const { host, port, pathname } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.write(`POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\n${head}\r\n\r\n`);
    let sent = 0;
    for await (const piece of body) {
      if (chunks.length > 0 || socket.destroyed) break;
      sent += piece.length;
      if (!socket.write(piece))
        await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => undefined);
    }
    while (chunks.length === 0 && !socket.destroyed) await sleep(5);
    socket.destroy();
    return { answer: Buffer.concat(chunks).toString(), sent };
  };

  it('is told of once it is on disk', async () => {
    expect((await sendForm(await form('imports/h-1/told/file'), new Uint8Array(1000))).status).toBe(204);
    expect(door.stored).toContainEqual({ key: 'imports/h-1/told/file', bytes: 1000 });
  });

  it('of one byte more than allowed is refused, and neither kept nor told of', async () => {
    const answer = await sendForm(await form('imports/h-1/big/file'), new Uint8Array(1001));
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ detail: 'Too large: a file may have up to 1000 bytes.' });
    expect(await door.objects.list('imports/h-1/big')).toEqual([]);
    expect(await unfinished()).toEqual([]);
    expect(door.stored.map(({ key }) => key)).not.toContain('imports/h-1/big/file');
  });

  it('of 500 MB is refused at its first line when it says so', async () => {
    const { url } = await form('imports/h-1/huge/file', { maxBytes: 50_000_000, seconds: 60 });
    const head = `content-type: multipart/form-data; boundary=${BOUNDARY}\r\ncontent-length: 500000000`;
    const { answer, sent } = await raw(url, head, []);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(sent).toBe(0);
  });

  it('of 500 MB is refused after 50 MB when it does not say so, in constant memory', { timeout: 20_000 }, async () => {
    const { url } = await form('imports/h-1/huge/file', { maxBytes: 50_000_000, seconds: 60 });
    const head = `content-type: multipart/form-data; boundary=${BOUNDARY}\r\ntransfer-encoding: chunked`;
    const chunk = (bytes: Buffer) =>
      Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
    const piece = chunk(Buffer.alloc(1_000_000, 'x'));
    let most = 0;
    const body = (function* () {
      yield chunk(Buffer.from(HEAD));
      for (let megabyte = 0; megabyte < 500; megabyte += 1) {
        if (megabyte % 10 === 0) most = Math.max(most, held());
        yield piece;
      }
    })();
    const before = held();
    const { answer, sent } = await raw(url, head, body);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(sent).toBeLessThan(80_000_000);
    expect(most - before).toBeLessThan(25_000_000);
    expect(await door.objects.list('imports/h-1/huge')).toEqual([]);
  });

  it('that breaks off is not kept', async () => {
    const { url } = await form('imports/h-1/broken/file');
    const { host, port, pathname } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: multipart/form-data; boundary=${BOUNDARY}\r\ncontent-length: 900\r\n\r\n${HEAD}half`,
    );
    await sleep(50);
    socket.destroy();
    await sleep(100);
    expect(await door.objects.list('imports/h-1/broken')).toEqual([]);
    expect(await unfinished()).toEqual([]);
  });

  it.each([
    ['without a form', { method: 'POST', body: '<feed/>', headers: { 'content-type': 'application/xml' } }, 400],
    ['as something else than a POST', { method: 'PUT', body: '<feed/>' }, 405],
    [
      'cut off inside the form',
      { method: 'POST', body: `${HEAD}half`, headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` } },
      400,
    ],
    [
      'under another field',
      {
        method: 'POST',
        body: `${HEAD.replace('"file"', '"other"')}x\r\n--${BOUNDARY}--\r\n`,
        headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
      },
      400,
    ],
  ])('%s is refused with what to do', async (_, init, status) => {
    const answer = await fetch((await form('imports/h-1/odd/file')).url, init);
    expect(answer.status).toBe(status);
    expect(await door.objects.list('imports/h-1/odd')).toEqual([]);
  });

  it('needs a link that is still good, and the right one', async () => {
    const ended = await form('imports/h-1/late/file', { maxBytes: 1000, seconds: 0 });
    expect((await sendForm(ended, new Uint8Array(1))).status).toBe(403);
    const good = await form('imports/h-1/late/file');
    expect((await sendForm({ ...good, url: `${good.url}x` }, new Uint8Array(1))).status).toBe(403);
    expect((await fetch(good.url.replace('/uploads/', '/downloads/'))).status).toBe(403);
    expect((await fetch(`${door.origin}/downloads/`)).status).toBe(403);
    const gone = await door.objects.downloadUrl('exports/h-1/gone', { fileName: 'a.zip', seconds: 60 });
    expect((await fetch(gone)).status).toBe(404);
    expect((await fetch(gone, { method: 'DELETE' })).status).toBe(405);
  });
});
