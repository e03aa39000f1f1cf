import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keysContract } from '../contract/keys.contract.ts';
import { embeddedKeys, fileKeys } from './keys.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'hems-keys-'))));
afterEach(() => rm(folder, { recursive: true }));

keysContract('in memory', async () => {
  const [wrapping, index] = [randomBytes(32), randomBytes(32)];
  const open = () => embeddedKeys(wrapping, index);
  return { keys: open(), again: async () => open(), close: async () => {} };
});

keysContract('in a file', async () => {
  const path = join(folder, 'sub', 'keys.json');
  return { keys: await fileKeys(path), again: () => fileKeys(path), close: async () => {} };
});

it('a key file is for its owner only, and two processes that make it at once end up with the same keys', async () => {
  const path = join(folder, 'keys.json');
  const [one, other] = await Promise.all([fileKeys(path), fileKeys(path)]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await one.blindIndex('a')).toBe(await other.blindIndex('a'));
});

it('a data key of one key file opens by no other: whoever deletes the file has shredded it', async () => {
  const path = join(folder, 'keys.json');
  const { wrapped } = await (await fileKeys(path)).newDataKey('person:1');
  await rm(path);
  await expect((await fileKeys(path)).unwrap('person:1', wrapped)).rejects.toThrow(/unable to authenticate/);
});

it.each(['', '{}', '{"wrapping":"AAAA","index":"AAAA"}', 'no json'])(
  'a damaged key file (%j) is refused by its name and is not written over',
  async (damaged) => {
    const path = join(folder, 'keys.json');
    await writeFile(path, damaged);
    await expect(fileKeys(path)).rejects.toThrow(/keys\.json is no key file/);
    expect(await readFile(path, 'utf8')).toBe(damaged);
  },
);
