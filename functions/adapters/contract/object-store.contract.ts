import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ObjectStore } from '../../ports/object-store.ts';

export type ObjectStoreUnderTest = { readonly store: ObjectStore; close(): Promise<void> };

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

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
    });
  });
};
