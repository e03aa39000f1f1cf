import { createCipheriv, createDecipheriv, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import type { Keys } from '../../ports/keys.ts';

const KEY_BYTES = 32;
const base64Key = z.string().refine((text) => Buffer.from(text, 'base64').length === KEY_BYTES);
const keyFile = z.object({ wrapping: base64Key, index: base64Key });

/** Whole or not there at all: it is written beside its place and then linked to it, which fails where there is one already. */
const makeUnlessThere = async (path: string): Promise<void> => {
  const fresh = () => randomBytes(KEY_BYTES).toString('base64');
  const beside = `${path}.${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(beside, JSON.stringify({ wrapping: fresh(), index: fresh() }), {
    mode: 0o600,
    flag: 'wx',
    flush: true,
  });
  try {
    await link(beside, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await unlink(beside);
  }
};

const parsedFile = (text: string): z.infer<typeof keyFile> | undefined => {
  try {
    return keyFile.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

const madeOrRead = async (path: string): Promise<z.infer<typeof keyFile>> => {
  await makeUnlessThere(path);
  const keys = parsedFile(await readFile(path, 'utf8'));
  if (!keys)
    throw new Error(
      `${path} is no key file; without its own one the personal data beside it cannot be read: -- --fresh`,
    );
  return keys;
};

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Nonce, key and tag; the owner is bound into the tag. */
const wrap = (wrapping: Uint8Array, owner: string, plain: Uint8Array): string => {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, wrapping, iv).setAAD(Buffer.from(owner));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64');
};

const open = (wrapping: Uint8Array, owner: string, wrapped: string): Uint8Array => {
  const bytes = Buffer.from(wrapped, 'base64');
  if (bytes.length !== IV_BYTES + KEY_BYTES + TAG_BYTES || bytes.toString('base64') !== wrapped)
    throw new Error(`what is kept as the data key of ${owner} is none`);
  const decipher = createDecipheriv(CIPHER, wrapping, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(owner))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
};

/** `Keys` over two keys of 32 bytes. */
export const embeddedKeys = (wrapping: Uint8Array, index: Uint8Array): Keys => ({
  newDataKey: async (owner) => {
    const plain = randomBytes(KEY_BYTES);
    return { plain, wrapped: wrap(wrapping, owner, plain) };
  },
  unwrap: async (owner, wrapped) => open(wrapping, owner, wrapped),
  blindIndex: async (text) => createHmac('sha256', index).update(text, 'utf8').digest('base64url'),
});

/** `Keys` in one file, readable by its owner only. Whoever deletes it has shredded what it wrapped. */
export const fileKeys = async (path: string): Promise<Keys> => {
  const { wrapping, index } = await madeOrRead(path);
  return embeddedKeys(Buffer.from(wrapping, 'base64'), Buffer.from(index, 'base64'));
};
