import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request as httpsRequest, type RequestOptions, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAuthority } from '../../local/ca/authority.ts';
import { httpOut, type Network } from './http-out.ts';

/** A service with a certificate for `localhost`, behind whatever public address the test's names resolve to. */
let folder: string;
let server: Server;
let port: number;
let caPem: string;
const asked: { servername: string | false | null | undefined; host: string | undefined }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-tls-'));
  const authority = await openAuthority(folder, { now: () => Date.now() });
  caPem = authority.caPem;
  const { certificatePem, privateKeyPem } = await authority.issueServer();
  server = createServer({ cert: certificatePem, key: privateKeyPem }, (incoming, response) => {
    asked.push({ servername: (incoming.socket as TLSSocket).servername, host: incoming.headers.host });
    response.end('taken');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

/** Only the last step is the test's: the public address that was checked is this machine. */
const aClient = (trusted: { ca?: string }) => {
  const connectedTo: string[] = [];
  const request = ((url: URL, { lookup, ...rest }: RequestOptions, done: never) => {
    const here: RequestOptions['lookup'] = (host, options, found) => {
      lookup?.(host, { ...options, all: false }, (_error, address) =>
        connectedTo.push(typeof address === 'string' ? address : 'several'),
      );
      if (options.all === true) found(null, [{ address: '127.0.0.1', family: 4 }]);
      else found(null, '127.0.0.1', 4);
    };
    return httpsRequest(url, { ...rest, ...trusted, lookup: here }, done);
  }) as Network['request'];
  return { connectedTo, http: httpOut({ timeoutMs: 5000, resolve: async () => ['93.184.216.34'], request }) };
};
const GET = { method: 'GET', headers: {}, maxBytes: 100 } as const;

test('the certificate is asked for and checked under the name, the connection goes to the address that was checked', async () => {
  const { http, connectedTo } = aClient({ ca: caPem });
  const { status, body } = await http.call({ ...GET, url: `https://localhost:${port}/` });
  expect([status, Buffer.from(body).toString()]).toEqual([200, 'taken']);
  expect(connectedTo).toEqual(['93.184.216.34']);
  expect(asked).toEqual([{ servername: 'localhost', host: `localhost:${port}` }]);
});

test('a certificate of another name is no answer', async () => {
  const { http } = aClient({ ca: caPem });
  await expect(http.call({ ...GET, url: `https://office.example:${port}/` })).rejects.toThrow(/altnames/);
});

test('a certificate that nobody vouches for is no answer', async () => {
  const { http } = aClient({});
  await expect(http.call({ ...GET, url: `https://localhost:${port}/` })).rejects.toThrow(/certificate/);
});
