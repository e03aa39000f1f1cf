import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dark, light } from '@hems/shared/tokens/palette';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { workerWith } from './precache.ts';

const PUBLIC = fileURLToPath(new URL('public', import.meta.url));
let built = '';
beforeEach(async () => {
  built = await mkdtemp(join(tmpdir(), 'hems-built-'));
  await cp(PUBLIC, built, { recursive: true });
  await mkdir(join(built, 'assets'));
  await writeFile(join(built, 'assets', 'index-1a.js'), 'export {};');
  await writeFile(join(built, 'index.html'), '<!doctype html>');
});
afterEach(() => rm(built, { recursive: true }));

const listOf = (worker: string): { VERSION: string; FILES: string[] } =>
  JSON.parse(/const \{ VERSION, FILES \} = (.*);/.exec(worker)?.[1] ?? '{}');

describe('the worker of a version', () => {
  it('names every file of the app but itself, the page by the address that no host leads elsewhere', () => {
    const { FILES } = listOf(workerWith(built));
    expect(FILES).toContain('/');
    expect(FILES).toContain('/assets/index-1a.js');
    expect(FILES).toContain('/manifest.webmanifest');
    expect(FILES).not.toContain('/index.html');
    expect(FILES).not.toContain('/sw.js');
  });

  it('is another one as soon as a byte of any file is', async () => {
    const before = listOf(workerWith(built)).VERSION;
    expect(listOf(workerWith(built)).VERSION).toBe(before);
    await writeFile(join(built, 'index.html'), '<!doctype html>.');
    expect(listOf(workerWith(built)).VERSION).not.toBe(before);
  });

  it('cannot be built without a place for the list', async () => {
    await writeFile(join(built, 'sw.js'), '');
    expect(() => workerWith(built)).toThrow('no place for its files');
  });
});

describe('the manifest', () => {
  const manifest = async () => JSON.parse(await readFile(join(PUBLIC, 'manifest.webmanifest'), 'utf8'));

  it('has what a browser asks of an app that can be installed', async () => {
    const { name, start_url: start, display, icons } = await manifest();
    expect([name, start, display]).toEqual(['우리 집 에너지', '/', 'standalone']);
    expect(icons.map(({ sizes, purpose }: any) => [sizes, purpose])).toEqual([
      ['192x192', 'any'],
      ['512x512', 'any'],
      ['512x512', 'maskable'],
    ]);
  });

  it('names icons of the size that it says', async () => {
    for (const { src, sizes } of (await manifest()).icons) {
      const png = await readFile(join(PUBLIC, src));
      expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes);
    }
  });

  it('and the page have the colours of the palette', async () => {
    const { background_color: background, theme_color: theme } = await manifest();
    expect([background, theme]).toEqual([light.page, light.page]);
    const page = await readFile(new URL('index.html', import.meta.url), 'utf8');
    const colours = [...page.matchAll(/name="theme-color".*content="([^"]+)"/g)].map(([, colour]) => colour);
    expect(colours).toEqual([light.page, dark.page]);
  });
});
