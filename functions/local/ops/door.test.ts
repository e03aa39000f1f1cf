import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BOARDS } from '@hems/shared/metrics/boards';
import { readSession } from '@hems/shared/api/session';
import { aFrontDoor, type TestFrontDoor } from '../testing/front-door.ts';

let door: TestFrontDoor;
beforeAll(async () => {
  door = await aFrontDoor();
});
afterAll(async () => await door.close());

/** As no browser and no `fetch` would send it. */
const raw = async (path: string, { method = 'GET', host = new URL(door.origin).host } = {}) =>
  await new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>((resolve, reject) => {
    const asking = request(door.origin, { method, path, headers: { host } }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    asking.on('error', reject);
    asking.end();
  });

describe('the operator’s boards', () => {
  test.each(Object.entries(BOARDS))(
    'show %s with a title and a text for each chart, without script or inline style',
    async (name, board) => {
      const { status, body, headers } = await raw(`/ops/${name}`);
      expect(status).toBe(200);
      expect(headers['content-security-policy']).toContain("style-src 'self'");
      expect(headers['cache-control']).toBe('no-store');
      expect(body).not.toMatch(/<script|<style|\sstyle=|\son\w+=/);
      for (const [at, { title }] of board.charts.entries()) {
        expect(body).toContain(`<h2 id="chart-${at}">${title}</h2>`);
        expect(body).toMatch(new RegExp(`aria-labelledby="chart-${at}"`));
      }
      expect(body.split('<section').length - 1).toBe(board.charts.length);
    },
  );

  test('load themselves each minute, unless somebody reads them', async () => {
    expect((await raw('/ops')).body).toContain('<meta http-equiv="refresh" content="60">');
    expect((await raw('/ops?still=1')).body).not.toContain('http-equiv');
  });

  test('say of an empty chart since when nothing was measured, and what would', async () => {
    const { body } = await raw('/ops/system');
    expect(body).toMatch(/Nothing .*measured.*What measures it: a request of a resident\./);
    expect(body).toContain('there is no stream between them.');
  });

  test('show a request of a resident after its minute, drawn, in words and in a table', async () => {
    await door.get(readSession.path);
    await expect
      .poll(async () => {
        await door.ops.keep();
        return (await raw('/ops/system')).body;
      })
      .toMatch(/requests: [1-9]\d* at \d{4}-\d\d-\d\d \d\d:\d\d/);
    const { body } = await raw('/ops/system?range=15d');
    expect(body).toMatch(/<svg role="img" aria-labelledby="chart-0"/);
    expect(body).toMatch(/4xx: [1-9]/);
    expect(body).toMatch(/<tr><th scope="row">\d{4}-\d\d-\d\d \d\d:\d\d<\/th><td>[1-9]/);
  });
});

describe('the operator’s boards do not open', () => {
  test.each(['evil.example', 'localhost.evil.example', '127.0.0.1', '127.0.0.1:1', '[::1]'])(
    'to a page of %s that was led to this machine',
    async (host) => {
      const { status, body } = await raw('/ops', { host });
      expect(status).toBe(421);
      expect(body).not.toContain('<svg');
    },
  );

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'])('to %s', async (method) => {
    const { status, headers } = await raw('/ops/system', { method });
    expect([status, headers['allow']]).toEqual([405, 'GET, HEAD']);
  });

  test('with a body to HEAD', async () => {
    expect(await raw('/ops', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  test.each([
    ['/ops/unknown', 404],
    ['/ops/', 404],
    ['/ops/../config.json', 404],
    ['/ops/..%2f..%2fidp/settlement-key.pem', 404],
    ['/ops/energy/', 404],
    ['/ops/__proto__', 404],
    ['/ops/style.css/..', 404],
    ['/ops/energy%00', 404],
    ['/ops?range=900d', 400],
    ['/ops?range=__proto__', 400],
    ['/ops?range=%3Cscript%3E', 400],
    ['/ops/%E0%A4', 400],
  ])('by %s', async (path, expected) => {
    const { status, body } = await raw(path);
    expect(status).toBe(expected);
    expect(body).not.toMatch(/<svg|PRIVATE|<script/);
  });

  test.each(['//ops', '/OPS', '/%6fps', '/ops%2fsystem', '/opsx', '/x/../ops'])(
    'by %s: it is the app’s',
    async (path) => {
      expect((await raw(path)).body).not.toContain('HEMS operations');
    },
  );
});
