import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { upload } from './upload.ts';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** A place that takes forms from anywhere, and answers with a status. */
const place = async (status: number, received: string[]): Promise<string> => {
  server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    // Progress is told only to who may send there: the browser asks first.
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push(Buffer.concat(chunks).toString());
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
};

describe('sending a file', () => {
  it('puts the fields of its permission before the file, and tells how much has gone', async () => {
    const received: string[] = [];
    const url = await place(204, received);
    const told: number[] = [];
    const file = new File(['2026-10-01,12.3'], 'usage.csv');
    await upload({ url, fields: { key: 'imports/1', policy: 'signed' } }, file, (percent) => told.push(percent));
    const names = [...received[0]!.matchAll(/name="(\w+)"/g)].map(([, name]) => name);
    expect(names).toEqual(['key', 'policy', 'file']);
    expect(received[0]).toContain('2026-10-01,12.3');
    expect(told.at(-1)).toBe(100);
  });

  it('fails when the place refuses it, as for a file that is too big', async () => {
    const url = await place(400, []);
    await expect(upload({ url, fields: {} }, new File(['x'], 'x.csv'), () => undefined)).rejects.toThrow('status 400');
  });

  it('fails when nobody answers there', async () => {
    await place(204, []);
    const nowhere = { url: 'http://127.0.0.1:1/', fields: {} };
    await expect(upload(nowhere, new File(['x'], 'x.csv'), () => undefined)).rejects.toThrow('no connection');
  });
});
