import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusedByPolicy, webFiles } from './deploy-web-files.ts';

let built = '';
beforeEach(async () => {
  built = await mkdtemp(join(tmpdir(), 'hems-web-'));
  await mkdir(join(built, 'assets'));
  await writeFile(join(built, 'assets', 'index-3f2a.js'), 'export {}');
  await writeFile(join(built, 'sw.js'), WORKER);
});
afterEach(() => rm(built, { recursive: true }));

const WORKER = 'const { VERSION, FILES } = {"VERSION":"0a1b","FILES":["/"]};';
const HEADERS = "customHeaders: script-src 'self'";
const CONFIG = { issuer: 'https://issuer.example', clientId: 'c', apiBase: 'https://api.example' };

describe('what is uploaded', () => {
  it('is the built app by path, with the configuration of this stage', async () => {
    await writeFile(join(built, 'index.html'), '<script type="module" src="/assets/index-3f2a.js"></script>');
    const files = await webFiles(built, CONFIG, HEADERS);
    expect([...files.keys()].toSorted()).toEqual(['assets/index-3f2a.js', 'config.json', 'index.html', 'sw.js']);
    expect(JSON.parse(Buffer.from(files.get('config.json') ?? []).toString())).toEqual(CONFIG);
  });

  it('is another version of the app under other headers, and the same under the same', async () => {
    await writeFile(join(built, 'index.html'), '<!doctype html>');
    const workerUnder = async (headers: string): Promise<string> =>
      Buffer.from((await webFiles(built, CONFIG, headers)).get('sw.js') ?? []).toString();
    const worker = await workerUnder(HEADERS);
    expect(worker).toMatch(/"VERSION":"0a1b[0-9a-f]{8}","FILES":\["\/"\]/);
    expect(await workerUnder(HEADERS)).toBe(worker);
    expect(await workerUnder(`${HEADERS} https://objects.example`)).not.toBe(worker);
  });

  it('is nothing without the worker of a build', async () => {
    await writeFile(join(built, 'index.html'), '<!doctype html>');
    await writeFile(join(built, 'sw.js'), '');
    await expect(webFiles(built, CONFIG, HEADERS)).rejects.toThrow('sw.js names no version');
    await rm(join(built, 'sw.js'));
    await expect(webFiles(built, CONFIG, HEADERS)).rejects.toThrow('holds no sw.js');
  });

  it('is nothing when the page would break under its own policy', async () => {
    await writeFile(join(built, 'index.html'), '<style>body{}</style><script>start()</script>');
    await expect(webFiles(built, CONFIG, HEADERS)).rejects.toThrow('a script without src and a style element');
  });

  it('is nothing when there is no page', async () => {
    await expect(webFiles(built, CONFIG, HEADERS)).rejects.toThrow('no index.html');
  });
});

describe('what the policy refuses', () => {
  it.each([
    ['<script>x()</script>', 'a script without src'],
    ['<style>a{}</style>', 'a style element'],
    ['<div style="color:red">', 'a style attribute'],
    ['<button onclick="x()">', 'an event handler'],
  ])('%s', (html, refused) => expect(refusedByPolicy(html)).toEqual([refused]));

  it('is not in the page of web/', async () => {
    expect(refusedByPolicy(await readFile(new URL('../../../web/index.html', import.meta.url), 'utf8'))).toEqual([]);
  });
});
