import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import * as z from 'zod';
import { writeWhole } from '../whole-file.ts';

/** RS256, because the JWT authorizer of an HTTP API takes RSA signatures only. */
export const SIGNING_ALGORITHM = 'RS256';

const text = z.string();
const privateJwk = z.object({
  kty: z.literal('RSA'),
  kid: text,
  alg: z.literal(SIGNING_ALGORITHM),
  use: z.literal('sig'),
  n: text,
  e: text,
  d: text,
  p: text,
  q: text,
  dp: text,
  dq: text,
  qi: text,
});
const keys = z.object({ signing: privateJwk, cookies: z.array(text).min(1) });
export type IdentityKeys = z.infer<typeof keys>;

/** The keys kept in `directory`, made at the first start: tokens and sign-ins outlive a restart. */
export const openKeys = async (directory: string): Promise<IdentityKeys> => {
  const file = join(directory, 'keys.json');
  const kept = await readKept(file);
  if (kept) return kept;
  const { privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  const made = keys.parse({
    signing: { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: SIGNING_ALGORITHM, use: 'sig' },
    cookies: [randomBytes(32).toString('base64url')],
  });
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeWhole(file, JSON.stringify(made));
  return made;
};

const readKept = async (file: string): Promise<IdentityKeys | undefined> => {
  try {
    return keys.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Error(`${file} cannot be read; move it away to make new keys (everybody has to sign in again)`, {
      cause: error,
    });
  }
};
