import { randomBytes, randomInt } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';

/** In the cloud a partner on AWS takes on its role and IAM knows its keys. Here this file does: below the data directory's identity folder. */
export const accessKeysFile = (identityFolder: string): string => join(identityFolder, 'partner-access-keys.json');

const accessKey = z.object({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  partnerId: z.string(),
  /** of its plan of use; beside the signature, as API Gateway asks for it */
  apiKey: z.string(),
});
export type AccessKey = z.infer<typeof accessKey>;

/** Read at each request: a key that a command made or ended counts at once. */
export const readAccessKeys = async (file: string): Promise<AccessKey[]> => {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '[]';
    throw error;
  });
  return z.array(accessKey).parse(JSON.parse(text));
};

/** In one step: who reads meanwhile reads the one or the other. */
const writeAccessKeys = async (file: string, keys: readonly AccessKey[]): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  const next = `${file}.${process.pid}`;
  await writeFile(next, JSON.stringify(keys, null, 2), { mode: 0o600 });
  await rename(next, file);
};

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const newId = (): string => `AKIALOCAL${Array.from({ length: 11 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`;

export const addAccessKey = async (file: string, partnerId: string): Promise<AccessKey> => {
  const added: AccessKey = {
    accessKeyId: newId(),
    secretAccessKey: randomBytes(30).toString('base64'),
    partnerId,
    apiKey: randomBytes(20).toString('hex'),
  };
  await writeAccessKeys(file, [...(await readAccessKeys(file)), added]);
  return added;
};

/** Says whether there was such a key. */
export const endAccessKey = async (file: string, accessKeyId: string): Promise<boolean> => {
  const keys = await readAccessKeys(file);
  const left = keys.filter((one) => one.accessKeyId !== accessKeyId);
  if (left.length === keys.length) return false;
  await writeAccessKeys(file, left);
  return true;
};
