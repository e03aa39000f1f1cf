/* eslint-disable no-restricted-imports, no-restricted-globals -- the image is the one place in models/ that touches the world */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { answerLine } from '../answer-line.ts';
import { readModelFile, type Models } from '../model-file.ts';

/** A batch transform sends up to 6 MB, a serverless endpoint up to 4. */
const MOST_BYTES = 6 * 1024 * 1024;
/** A home takes 20 to 50 ms; more take too large a part of the minute that an invocation has. */
const MOST_HOMES = 500;
const JSON_TYPE = 'application/json';
const LINES_TYPES = ['application/jsonlines', 'application/x-jsonlines', 'application/x-ndjson'];

class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) continue;
    bytes += part.length;
    if (bytes <= MOST_BYTES) parts.push(part);
  }
  // read to its end, so that the caller hears the answer
  if (bytes > MOST_BYTES) throw new Refused(413, `the body has ${bytes} bytes; at most ${MOST_BYTES} are taken`);
  return Buffer.concat(parts).toString('utf8');
};

/** In turn, and with a breath between: a ping is answered meanwhile. */
const answers = async (models: Models, lines: readonly string[]): Promise<string[]> => {
  if (lines.length > MOST_HOMES)
    throw new Refused(413, `${lines.length} homes are asked for; at most ${MOST_HOMES} are answered at once`);
  const done: string[] = [];
  for (const line of lines) {
    done.push(answerLine(models, line));
    await setImmediate();
  }
  return done;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refused(400, `the body is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/** One home or a list of homes as JSON; or one home a line, one line for each. */
const invoke = async (models: Models, request: IncomingMessage): Promise<string> => {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  if (type === JSON_TYPE) {
    const body = parsed(await bodyOf(request));
    if (!Array.isArray(body)) return (await answers(models, [JSON.stringify(body)])).join('');
    return `[${(
      await answers(
        models,
        body.map((one) => JSON.stringify(one)),
      )
    ).join(',')}]`;
  }
  if (LINES_TYPES.includes(type)) {
    const lines = (await bodyOf(request)).replace(/\r?\n$/, '').split('\n');
    return (await answers(models, lines)).map((line) => `${line}\n`).join('');
  }
  throw new Refused(415, `content type "${type}" is not taken; ${[JSON_TYPE, ...LINES_TYPES].join(', ')} are`);
};

const send = (response: ServerResponse, status: number, body: string): void => {
  response.writeHead(status, { 'content-type': JSON_TYPE }).end(body);
};

const route = async (models: Models | undefined, request: IncomingMessage): Promise<string> => {
  if (request.url === '/ping' && request.method === 'GET') {
    if (!models) throw new Refused(503, 'the model is not loaded');
    return '{}';
  }
  if (request.url !== '/invocations' || request.method !== 'POST')
    throw new Refused(404, 'GET /ping or POST /invocations');
  if (!models) throw new Refused(503, 'the model is not loaded');
  return await invoke(models, request);
};

const loaded = (root: string): Models | undefined => {
  const path = join(root, 'model', 'model.json');
  return existsSync(path) ? readModelFile(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
};

/** Serves the model under `root`. A request that has begun is answered before the server ends. */
export const serve = (root: string): Server => {
  const models = loaded(root);
  return createServer((request, response) => {
    route(models, request).then(
      (body) => send(response, 200, body),
      (error: unknown) => {
        const refused = error instanceof Refused ? error : new Refused(500, 'this was not foreseen');
        if (refused !== error) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        send(response, refused.status, JSON.stringify({ error: refused.message }));
      },
    );
  });
};
