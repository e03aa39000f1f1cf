import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ObjectStore, UploadForm } from '../../ports/object-store.ts';

export type ObjectStoreUnderTest = { readonly store: ObjectStore; close(): Promise<void> };

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

async function* arriving(chunks: readonly Uint8Array[]) {
  yield* chunks;
}
async function* breaking(pieces: number) {
  for (let piece = 0; piece < pieces; piece += 1) yield new Uint8Array(64 * 1024);
  throw new Error('the history went away');
}

/** What every `ObjectStore` promises; see `ports/object-store.ts`. */
export const objectStoreContract = (name: string, make: () => Promise<ObjectStoreUnderTest>): void => {
  describe(`ObjectStore: ${name}`, () => {
    let adapter: ObjectStoreUnderTest;
    let store: ObjectStore;
    beforeAll(async () => {
      adapter = await make();
      store = adapter.store;
    });
    afterAll(() => adapter.close());

    it('gives back the bytes of a report, empty and big ones too', async () => {
      const report = new Uint8Array(1_000_000).map((_, index) => index % 251);
      await store.put('reports/2026-01/h-1.bin', report);
      await store.put('reports/2026-01/empty', new Uint8Array());
      expect(Buffer.compare((await store.get('reports/2026-01/h-1.bin'))!, report)).toBe(0);
      expect(await store.get('reports/2026-01/empty')).toEqual(new Uint8Array());
    });

    it('has nothing under a key that was never written, nor after a delete', async () => {
      expect(await store.get('exports/none')).toBeUndefined();
      await store.put('exports/one', text('1'));
      await store.delete('exports/one');
      await store.delete('exports/one');
      expect(await store.get('exports/one')).toBeUndefined();
    });

    it('holds one of the two exports that were written at once, whole', async () => {
      const [short, long] = [text('short'), text('long '.repeat(50_000))];
      await Promise.all([
        store.put('exports/same', short),
        store.put('exports/same', long),
        store.put('exports/same', short),
      ]);
      const found = await store.get('exports/same');
      expect([short.length, long.length]).toContain(found?.length);
    });

    it('lists the keys of a prefix in order, also in the middle of a name', async () => {
      await Promise.all(['b', 'a/2', 'a/10', 'a/1', 'A', 'ab'].map((key) => store.put(`list/${key}`, text(key))));
      expect(await store.list('list/')).toEqual(['list/A', 'list/a/1', 'list/a/10', 'list/a/2', 'list/ab', 'list/b']);
      expect(await store.list('list/a/1')).toEqual(['list/a/1', 'list/a/10']);
      expect(await store.list('list/none')).toEqual([]);
    });

    it('keeps an export that comes in pieces as one, and gives it back in pieces', async () => {
      const year = Array.from({ length: 300 }, (_, at) => new Uint8Array(64 * 1024).fill(at % 251));
      await store.putStream('exports/year', arriving(year));
      const hash = createHash('sha256');
      for await (const chunk of (await store.getStream('exports/year')) ?? []) hash.update(chunk);
      expect(hash.digest('hex')).toBe(createHash('sha256').update(Buffer.concat(year)).digest('hex'));
      await store.putStream('exports/nothing', arriving([]));
      expect(await store.get('exports/nothing')).toEqual(new Uint8Array());
      expect(await store.getStream('exports/never')).toBeUndefined();
    });

    it.each([1, 200])(
      'keeps nothing of an export that breaks off after %i pieces, and what was there before',
      async (pieces) => {
        await store.put('exports/before', text('whole'));
        for (const key of ['exports/before', 'exports/broken'])
          await expect(store.putStream(key, breaking(pieces))).rejects.toThrow(/the history went away/);
        expect(await store.get('exports/before')).toEqual(text('whole'));
        expect(await store.list('exports/bro')).toEqual([]);
      },
    );

    it.each([
      '../secret',
      'a/../../secret',
      '/etc/passwd',
      'a//b',
      'a/',
      '',
      '.hidden',
      'a/.b',
      'a\\b',
      'name with space',
      '이름',
      'x'.repeat(513),
    ])('refuses the key %j for every operation', async (key) => {
      await expect(store.put(key, text('x'))).rejects.toThrow(/is no object key/);
      await expect(store.get(key)).rejects.toThrow(/is no object key/);
      await expect(store.delete(key)).rejects.toThrow(/is no object key/);
      await expect(store.putStream(key, arriving([]))).rejects.toThrow(/is no object key/);
      await expect(store.getStream(key)).rejects.toThrow(/is no object key/);
      await expect(store.uploadForm(key, { maxBytes: 1, seconds: 1 })).rejects.toThrow(/is no object key/);
      await expect(store.downloadUrl(key, { fileName: 'a', seconds: 1 })).rejects.toThrow(/is no object key/);
    });
  });
};

/** Sends a file as the app does: the form's fields first, the file last. */
export const sendForm = async ({ url, fields }: UploadForm, file: Uint8Array): Promise<Response> => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([Buffer.from(file)]), 'history.xml');
  return await fetch(url, { method: 'POST', body: form });
};

/** What the links of every `ObjectStore` do for whoever holds one, over HTTP. */
export const objectLinksContract = (name: string, make: () => Promise<ObjectStoreUnderTest>): void => {
  describe(`links of ObjectStore: ${name}`, () => {
    let adapter: ObjectStoreUnderTest;
    let store: ObjectStore;
    beforeAll(async () => {
      adapter = await make();
      store = adapter.store;
    });
    afterAll(() => adapter.close());

    it('take a file into the one key they were made for', async () => {
      const form = await store.uploadForm('imports/h-1/i-1/file', { maxBytes: 1000, seconds: 60 });
      expect((await sendForm(form, text('<feed/>'))).ok).toBe(true);
      expect(await store.get('imports/h-1/i-1/file')).toEqual(text('<feed/>'));
      expect(await store.list('imports/')).toEqual(['imports/h-1/i-1/file']);
    });

    it('give an archive as a download of its name', async () => {
      await store.put('exports/h-1/e-1/archive.zip', text('archive'));
      const as = { fileName: 'hems-2026-11-23.zip', seconds: 60 };
      const answer = await fetch(await store.downloadUrl('exports/h-1/e-1/archive.zip', as));
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-disposition')).toBe('attachment; filename="hems-2026-11-23.zip"');
      expect(await answer.text()).toBe('archive');
      expect([403, 404]).toContain((await fetch(await store.downloadUrl('exports/h-1/none', as))).status);
    });
  });
};
