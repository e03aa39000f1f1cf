import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';

/** A password as it is kept: salted scrypt, base64url. */
export const secret = z.object({ salt: z.string(), hash: z.string() });
export type Secret = z.infer<typeof secret>;

const KEY_BYTES = 32;
const LENGTH_MIN = 12;
const PASSWORD_MAX = 256;

const hashOf = (password: string, salt: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, (error, key) => (error ? reject(error) : resolve(key)));
  });

export const secretOf = async (password: string): Promise<Secret> => {
  const salt = randomBytes(16).toString('base64url');
  return { salt, hash: (await hashOf(password, salt)).toString('base64url') };
};

/** Takes as long for nobody's password as for somebody's. */
export const isRight = async (password: string, kept: Secret | undefined): Promise<boolean> => {
  const hash = await hashOf(password, kept?.salt ?? 'nobody');
  return kept !== undefined && timingSafeEqual(hash, Buffer.from(kept.hash, 'base64url'));
};

/** The rule of the user pool in the cloud (`infra/stacks/identity.ts`). */
const KINDS = [/[a-z]/, /[A-Z]/, /\d/, /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+-]/];
export const isAllowedPassword = (password: string): boolean =>
  password.length >= LENGTH_MIN && password.length <= PASSWORD_MAX && KINDS.every((kind) => kind.test(password));
