import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const MODELS = join(import.meta.dirname, '../../models/forecast');

/** The image's own `serve` as a process, with the model that ships. */
const startImage = async (): Promise<{ url: string; stop(): Promise<void> }> => {
  const root = await mkdtemp(join(tmpdir(), 'hems-endpoint-'));
  await mkdir(join(root, 'model'));
  await copyFile(join(MODELS, 'shipped-model.json'), join(root, 'model', 'model.json'));
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address() as AddressInfo;
  free.close();
  await once(free, 'close');
  const child = spawn(process.execPath, [join(MODELS, 'image', 'entry.ts'), 'serve', root, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.kill('SIGKILL');
      await rm(root, { recursive: true, force: true });
    },
  };
};

export type Call = { readonly endpointName: string; readonly body: string; readonly lines: number };
/** Undefined: the image answers. */
type Trouble = (call: Call, response: ServerResponse) => void | Promise<void>;

/**
 * SageMaker's runtime as its client sees it: InvokeEndpoint goes to the image's process, unless a test puts something in its way. Tests tell
 * by `calls` what was sent together.
 */
export const startForecastEndpoint = async () => {
  const image = await startImage();
  const calls: Call[] = [];
  const state: { trouble: Trouble | undefined } = { trouble: undefined };
  const invoke = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, endpointName = ''] = /^\/endpoints\/([^/]+)\/invocations$/.exec(request.url ?? '') ?? [];
    const body = await text(request);
    const call = { endpointName, body, lines: body.trimEnd().split('\n').length };
    calls.push(call);
    if (state.trouble) return state.trouble(call, response);
    const answer = await fetch(`${image.url}/invocations`, {
      method: 'POST',
      body,
      headers: { 'content-type': request.headers['content-type'] ?? '' },
    });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  };
  const server = createServer((request, response) => void invoke(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    calls,
    state,
    /** for the SDK's client */
    config: {
      region: 'ap-northeast-2',
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await image.stop();
    },
  };
};
export type RunningEndpoint = Awaited<ReturnType<typeof startForecastEndpoint>>;
