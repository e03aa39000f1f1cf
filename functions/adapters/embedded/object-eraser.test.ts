import { expect, test } from 'vitest';
import { objectEraser } from './object-eraser.ts';

test('takes away the files of one household, and a second time there is nothing to take', async () => {
  const keys = new Set(['imports/h-1/a/file.xml', 'imports/h-1/b/file.csv', 'imports/h-10/a/file.xml']);
  const eraser = objectEraser({
    list: async (prefix) => [...keys].filter((key) => key.startsWith(prefix)),
    delete: async (key) => void keys.delete(key),
  });
  expect(await eraser.count('imports/h-1/')).toBe(2);
  await eraser.erase('imports/h-1/');
  await eraser.erase('imports/h-1/');
  expect(await eraser.count('imports/h-1/')).toBe(0);
  expect([...keys]).toEqual(['imports/h-10/a/file.xml']);
});
