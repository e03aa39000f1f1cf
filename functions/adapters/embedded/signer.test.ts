import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { signerContract } from '../contract/signer.contract.ts';
import { fileSigner } from './signer.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'hems-signer-'))));
afterEach(() => rm(folder, { recursive: true }));

signerContract('in a file', async () => {
  const path = join(folder, 'sub', 'signer.pem');
  return { signer: await fileSigner(path), again: () => fileSigner(path), close: async () => {} };
});

it('the key file is for its owner only, and two processes that make it at once end up with the same key', async () => {
  const path = join(folder, 'signer.pem');
  const [one, other] = await Promise.all([fileSigner(path), fileSigner(path)]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await one.publicKeys()).toEqual(await other.publicKeys());
});
