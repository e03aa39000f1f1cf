// oxlint-disable-next-line no-restricted-imports -- the one nonce a use case draws: handed in, it could be handed in twice
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import * as z from 'zod';

/** One field of personal data, AES-256-GCM: nonce, text and tag, each base64url. Opens only as the owner's field of that name. */
export const sealed = z.object({ v: z.literal(1), iv: z.string(), text: z.string(), tag: z.string() });
export type Sealed = z.infer<typeof sealed>;

/** What the text belongs to; it is bound into the tag (additional authenticated data). */
export type FieldOf = { readonly owner: string; readonly field: string };

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
/** a shorter tag would be taken too, and is easier to guess */
const TAG_BYTES = 16;
const boundTo = ({ owner, field }: FieldOf): Buffer => Buffer.from(JSON.stringify([owner, field]));

export const sealField = (key: Uint8Array, of: FieldOf, text: string): Sealed => {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(boundTo(of));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const base64 = (bytes: Buffer): string => bytes.toString('base64url');
  return { v: 1, iv: base64(iv), text: base64(body), tag: base64(cipher.getAuthTag()) };
};

/** Bytes have one way of being written: the reader of base64 is lenient, and would take a changed character for the same bytes. */
const bytes = (part: string): Buffer => {
  const read = Buffer.from(part, 'base64url');
  if (read.toString('base64url') !== part) throw new Error('a sealed field was changed: it is not base64url');
  return read;
};

/** Throws when the key, the owner, the field or a bit of what was sealed is another one. */
export const openField = (key: Uint8Array, of: FieldOf, { iv, text, tag }: Sealed): string => {
  const decipher = createDecipheriv(CIPHER, key, bytes(iv), { authTagLength: TAG_BYTES })
    .setAAD(boundTo(of))
    .setAuthTag(bytes(tag));
  return Buffer.concat([decipher.update(bytes(text)), decipher.final()]).toString('utf8');
};
