import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerLine } from '../answer-line.ts';
import { readModelFile, type Models } from '../model-file.ts';
import { aHome } from '../testing/homes.ts';

/** The image's two processes, of the bundle that its Dockerfile makes, against a tree like the one SageMaker lays out. */

const folders: string[] = [];
const DOCKERFILE = readFileSync(join(import.meta.dirname, 'Dockerfile'), 'utf8');
let entry = '';
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'hems-bundle-'));
  folders.push(folder);
  entry = join(folder, 'entry.mjs');
  const flags = /^RUN npx esbuild (.*) --outfile=entry\.mjs$/m.exec(DOCKERFILE)?.[1]?.split(' ') ?? [];
  const repository = join(import.meta.dirname, '../../..');
  execFileSync(join(repository, 'node_modules/.bin/esbuild'), [...flags, '--log-level=error', `--outfile=${entry}`], {
    cwd: repository,
  });
});
const newTree = (files: Readonly<Record<string, string>>): string => {
  const root = mkdtempSync(join(tmpdir(), 'hems-image-'));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const run = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
  const child = spawn(process.execPath, [entry, ...args]);
  const text = { out: '', err: '' };
  child.stdout.on('data', (part: Buffer) => (text.out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (text.err += part.toString()));
  const [code] = await once(child, 'close');
  return { code: Number(code), ...text };
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
};

type Served = { readonly child: ChildProcess; readonly url: string };
const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
});
const startServe = async (root: string): Promise<Served> => {
  const port = await freePort();
  const child = spawn(process.execPath, [entry, 'serve', root, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  await once(child.stdout, 'data');
  return { child, url: `http://127.0.0.1:${port}` };
};

const HYPERPARAMETERS = 'input/config/hyperparameters.json';
const CHANNEL = 'input/data/training/homes.jsonl';
const trainingLine = (id: string, level: number): string =>
  JSON.stringify({ id, firstDate: '2025-01-01', wh: [...aHome(id, 118, level).wh], source: 'made for this test' });
const LINES = [trainingLine('a', 1), trainingLine('bb', 2)].join('\n');

const request = (id: string, days = 60): string =>
  JSON.stringify({ id, firstDate: '2026-06-01', wh: [...aHome(id, days).wh], issuedAt: '2026-07-31T00:05:00+09:00' });

test('the image runs as the one user that SageMaker opens its folders to', () => {
  expect(DOCKERFILE).not.toMatch(/^USER/m);
});

describe('training', () => {
  test.each([
    ['an unknown hyperparameter', { [HYPERPARAMETERS]: '{"depth":"3"}', [CHANNEL]: LINES }, /trees and seed/],
    ['a missing channel', {}, /no channel "training"/],
    ['an empty channel', { [CHANNEL]: '\n' }, /holds no home/],
    ['a line that is no home', { [CHANNEL]: `${LINES}\n{"id":1}` }, /homes\.jsonl:3/],
  ])('with %s fails, says why in the failure file and leaves no model', async (_what, files, why) => {
    const root = newTree(files);
    expect(await run('train', root)).toMatchObject({ code: 1 });
    expect(readFileSync(join(root, 'output', 'failure'), 'utf8')).toMatch(why);
    expect(existsSync(join(root, 'model', 'model.json'))).toBe(false);
  });
});

describe('a trained image', () => {
  let root = '';
  let models: Models;
  let served: Served;
  let printed = '';

  const invoke = async (body: string, type = 'application/jsonlines') => {
    const answer = await fetch(`${served.url}/invocations`, {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    });
    return { status: answer.status, text: await answer.text() };
  };

  beforeAll(async () => {
    root = newTree({ [HYPERPARAMETERS]: '{"trees":"4","seed":"5"}', [CHANNEL]: LINES });
    const done = await run('train', root);
    if (done.code !== 0) throw new Error(done.err);
    printed = done.out;
    models = readModelFile(JSON.parse(readFileSync(join(root, 'model', 'model.json'), 'utf8')));
    served = await startServe(root);
  });

  test('prints its metrics beside the 7-day mean, and names its data', () => {
    expect(printed).toMatch(/^mase=[\d.]+;$/m);
    expect(printed).toMatch(/^sevenDayMase=[\d.]+;$/m);
    expect(models.provenance).toMatchObject({ homes: 2, seed: 5, sources: ['made for this test'] });
  });

  test('scores the model in force on the same weeks', async () => {
    const champion = readFileSync(join(root, 'model', 'model.json'), 'utf8');
    const again = newTree({
      [HYPERPARAMETERS]: '{"trees":"4","seed":"5"}',
      [CHANNEL]: LINES,
      'input/data/champion/model.json': champion,
      'input/data/champion/shipped.json': champion,
    });
    const { out } = await run('train', again);
    const value = (name: string): string => new RegExp(`^${name}=(.*);$`, 'm').exec(out)?.[1] ?? 'none';
    expect([value('championWql'), value('shippedWql')]).toEqual([value('wql'), value('wql')]);
    expect(value('championNextHourNmae')).toBe(value('nextHourNmae'));
    // the same data and seed make the same model
    expect(
      readModelFile(JSON.parse(readFileSync(join(again, 'model', 'model.json'), 'utf8'))).provenance.modelVersion,
    ).toBe(models.provenance.modelVersion);
  });

  test('answers a ping', async () => {
    expect((await fetch(`${served.url}/ping`)).status).toBe(200);
  });

  test('answers JSON Lines in order, byte for byte what the embedded core answers', async () => {
    const lines = ['x', 'yy', 'zzz'].map((id) => request(id));
    const { status, text } = await invoke(`${lines.join('\n')}\n`);
    expect(status).toBe(200);
    expect(text).toBe(lines.map((line) => `${answerLine(models, line)}\n`).join(''));
  });

  test('answers one home as JSON, and a list as a list', async () => {
    const one = await invoke(request('x'), 'application/json');
    expect(one.text).toBe(answerLine(models, request('x')));
    const list = await invoke(`[${request('x')},${request('yy')}]`, 'application/json; charset=utf-8');
    expect(list.text).toBe(`[${answerLine(models, request('x'))},${answerLine(models, request('yy'))}]`);
  });

  test('a malformed line among good ones costs its own line only', async () => {
    const { status, text } = await invoke([request('x'), '{"id":', request('zzz')].join('\n'));
    const [first, second, third] = text.split('\n');
    expect(status).toBe(200);
    expect(JSON.parse(first!)).toMatchObject({ id: 'x', status: 'ready' });
    expect(JSON.parse(second!)).toEqual({ error: expect.stringMatching(/JSON/) });
    expect(JSON.parse(third!)).toMatchObject({ id: 'zzz' });
  });

  test('a line with a use that no home has says so', async () => {
    const { text } = await invoke('{"id":"x","firstDate":"2026-01-01","wh":[-5],"issuedAt":"now"}\n');
    expect(JSON.parse(text)).toEqual({ error: expect.stringMatching(/^wh\.0: /) });
  });

  test.each([
    ['another content type', 'a,b', 'text/csv', 415],
    ['JSON that is none', '{', 'application/json', 400],
    ['a body of seven megabytes', 'x'.repeat(7 * 1024 * 1024), 'application/json', 413],
    ['ten thousand homes at once', '{}\n'.repeat(10_000), 'application/jsonlines', 413],
  ])('%s is refused with a reason', async (_what, body, type, status) => {
    const answer = await invoke(body, type);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toEqual({ error: expect.any(String) });
  });

  test('what is neither door is not found', async () => {
    expect((await fetch(`${served.url}/models`)).status).toBe(404);
  });

  test('a request that has begun is answered before SIGTERM ends the server', async () => {
    const other = await startServe(root);
    const lines = Array.from({ length: 40 }, (_, i) => request(`home-${i}`));
    const asked = fetch(`${other.url}/invocations`, {
      method: 'POST',
      body: lines.join('\n'),
      headers: { 'content-type': 'application/jsonlines', connection: 'close' },
    });
    // the ping comes through between two homes of the request
    await fetch(`${other.url}/ping`);
    other.child.kill('SIGTERM');
    const text = await (await asked).text();
    expect(text.trimEnd().split('\n')).toHaveLength(40);
    await once(other.child, 'exit');
    expect(other.child.exitCode).toBe(0);
  });
});

test('before there is a model a ping is answered with "not yet"', async () => {
  const { url } = await startServe(newTree({}));
  expect((await fetch(`${url}/ping`)).status).toBe(503);
  const answer = await fetch(`${url}/invocations`, {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  });
  expect(answer.status).toBe(503);
});

test('a model for other features is refused at the start', async () => {
  const root = newTree({ 'model/model.json': '{"format":"hems-forecast/1"}' });
  const { code, err } = await run('serve', root, '0');
  expect(code).not.toBe(0);
  expect(err).toMatch(/hems-forecast/);
});
