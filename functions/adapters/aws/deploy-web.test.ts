import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { publishWeb } from './deploy-web.ts';

/** Amplify at the wire: CreateDeployment, the upload addresses, StartDeployment and GetJob. */
type Amplify = {
  readonly endpoint: string;
  readonly uploaded: Map<string, string>;
  readonly calls: string[];
  fileMap: unknown;
};

let server: Server | undefined;
afterEach(() => server?.close());

const amplify = async (ends: readonly string[], { refuses }: { refuses?: string } = {}): Promise<Amplify> => {
  const statuses = [...ends];
  const seen: Amplify = { endpoint: '', uploaded: new Map(), calls: [], fileMap: undefined };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '' } = request;
    const body = await text(request);
    seen.calls.push(`${method} ${url}`);
    const answer = (value: object) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
    if (method === 'PUT') {
      seen.uploaded.set(decodeURIComponent(url.slice('/upload/'.length)), body);
      response.writeHead(url.endsWith(refuses ?? '\0') ? 403 : 200).end();
    } else if (url.endsWith('/deployments')) {
      seen.fileMap = JSON.parse(body).fileMap;
      const paths = Object.keys(JSON.parse(body).fileMap);
      answer({
        jobId: '7',
        fileUploadUrls: Object.fromEntries(
          paths.map((path) => [path, `${endpoint}/upload/${encodeURIComponent(path)}`]),
        ),
      });
    } else if (url.endsWith('/deployments/start')) answer({ jobSummary: {} });
    else answer({ job: { summary: { status: statuses.shift() ?? 'RUNNING' } } });
  };
  server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(seen, { endpoint });
};

const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
const configOf = ({ endpoint }: Amplify) => ({
  region: 'ap-northeast-2',
  endpoint,
  credentials,
  pollMs: 5,
  maxAttempts: 1,
});
const TARGET = { appId: 'd1', branchName: 'main' };
const FILES = new Map([
  ['index.html', Buffer.from('<!doctype html>')],
  ['assets/a b.js', Buffer.from('export {}')],
]);

describe('publishing the app', () => {
  it('names each file with its MD5, sends each to its own address, starts, and waits until it is served', async () => {
    const wire = await amplify(['PENDING', 'RUNNING', 'SUCCEED']);
    await publishWeb(configOf(wire), TARGET, FILES);
    expect(wire.fileMap).toEqual(
      Object.fromEntries([...FILES].map(([path, body]) => [path, createHash('md5').update(body).digest('hex')])),
    );
    expect(Object.fromEntries(wire.uploaded)).toEqual({
      'index.html': '<!doctype html>',
      'assets/a b.js': 'export {}',
    });
    const order = wire.calls.map((call) => call.replace(/\?.*/, ''));
    expect(order.at(0)).toBe('POST /apps/d1/branches/main/deployments');
    expect(order.indexOf('POST /apps/d1/branches/main/deployments/start')).toBe(3);
    expect(order.slice(4)).toEqual(Array.from({ length: 3 }, () => 'GET /apps/d1/branches/main/jobs/7'));
  });

  it('does not start what was not uploaded whole', async () => {
    const wire = await amplify([], { refuses: 'index.html' });
    await expect(publishWeb(configOf(wire), TARGET, FILES)).rejects.toThrow('did not take index.html: 403');
    expect(wire.calls.some((call) => call.includes('start'))).toBe(false);
  });

  it('tells of a job that Amplify gave up', async () => {
    const wire = await amplify(['RUNNING', 'FAILED']);
    await expect(publishWeb(configOf(wire), TARGET, FILES)).rejects.toThrow('job 7 of app d1 as FAILED');
  });
});
