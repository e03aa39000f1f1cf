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
});
afterEach(() => rm(built, { recursive: true }));

const CONFIG = { issuer: 'https://issuer.example', clientId: 'c', apiBase: 'https://api.example' };

describe('what is uploaded', () => {
  it('is the built app by path, with the configuration of this stage', async () => {
    await writeFile(join(built, 'index.html'), '<script type="module" src="/assets/index-3f2a.js"></script>');
    const files = await webFiles(built, CONFIG);
    expect([...files.keys()].toSorted()).toEqual(['assets/index-3f2a.js', 'config.json', 'index.html']);
    expect(JSON.parse(Buffer.from(files.get('config.json') ?? []).toString())).toEqual(CONFIG);
  });

  it('is nothing when the page would break under its own policy', async () => {
    await writeFile(join(built, 'index.html'), '<style>body{}</style><script>start()</script>');
    await expect(webFiles(built, CONFIG)).rejects.toThrow('a script without src and a style element');
  });

  it('is nothing when there is no page', async () => {
    await expect(webFiles(built, CONFIG)).rejects.toThrow('no index.html');
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
