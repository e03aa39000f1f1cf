import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeWhole } from './whole-file.ts';

test('a key file is replaced as a whole, is its owner’s alone, and leaves nothing beside it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hems-whole-'));
  const file = join(folder, 'keys.json');
  await writeWhole(file, 'first');
  const { ino } = await stat(file);
  await writeWhole(file, 'second');
  expect(await readFile(file, 'utf8')).toBe('second');
  const after = await stat(file);
  // another file under the name: the first was never written over
  expect(after.ino).not.toBe(ino);
  expect((after.mode & 0o777).toString(8)).toBe('600');
  expect(await readdir(folder)).toEqual(['keys.json']);
  await rm(folder, { recursive: true });
});
