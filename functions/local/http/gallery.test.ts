import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listenFrontDoor, type FrontDoor } from './front-door.ts';
import { appAndGallery } from './gallery.ts';

let folder: string;
let door: FrontDoor;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-gallery-'));
  await mkdir(join(folder, 'dist'));
  await writeFile(join(folder, 'dist', 'index.html'), 'the app');
  door = await listenFrontDoor(0);
  const nobody = async (): Promise<void> => Promise.reject(new Error('only files are asked for'));
  const app = appAndGallery(join(folder, 'dist'));
  door.open({
    api: nobody,
    partner: nobody,
    openadr: nobody,
    identity: nobody,
    objects: nobody,
    docs: nobody,
    ops: nobody,
    answered: () => undefined,
    app,
    config: {},
  });
});
afterEach(async () => {
  await door.close();
  await rm(folder, { recursive: true });
});

const get = async (path: string): Promise<string> => (await fetch(`${door.origin}${path}`)).text();

describe('the front door of the local host', () => {
  it('leads to the gallery where it has been built beside the app, and to the app everywhere else', async () => {
    await mkdir(join(folder, 'dist-gallery', 'assets'), { recursive: true });
    await writeFile(join(folder, 'dist-gallery', 'index.html'), 'the gallery');
    await writeFile(join(folder, 'dist-gallery', 'assets', 'a.js'), 'script');
    expect(await get('/gallery/dashboard?state=empty')).toBe('the gallery');
    expect(await get('/gallery/assets/a.js')).toBe('script');
    expect(await get('/galleryish')).toBe('the app');
    expect(await get('/')).toBe('the app');
    expect((await fetch(`${door.origin}/gallery/assets/none.js`)).status).toBe(404);
  });

  it('knows no gallery where there is none', async () => {
    expect(await get('/gallery/dashboard')).toBe('the app');
  });
});
