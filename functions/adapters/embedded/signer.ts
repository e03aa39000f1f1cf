import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Signer } from '../../ports/signer.ts';
import { keyIdOf, publicJwk } from '../signer-keys.ts';

/** Whole or not there at all: written beside its place and then linked to it, which fails where there is one already. */
const makeUnlessThere = async (path: string): Promise<void> => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const beside = `${path}.${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  await writeFile(beside, pem, { mode: 0o600, flag: 'wx', flush: true });
  try {
    await link(beside, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await unlink(beside);
  }
};

/** `Signer` by a key in one file, readable by its owner only. */
export const fileSigner = async (path: string): Promise<Signer> => {
  await makeUnlessThere(path);
  const key = createPrivateKey(await readFile(path));
  const jwk = publicJwk(createPublicKey(key));
  const keyId = keyIdOf(jwk);
  return {
    sign: async (bytes) => ({
      keyId,
      signature: new Uint8Array(sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' })),
    }),
    publicKeys: async () => [{ keyId, jwk }],
  };
};
