import {
  DecryptCommand,
  GenerateDataKeyCommand,
  GenerateMacCommand,
  KMSClient,
  type KMSClientConfig,
} from '@aws-sdk/client-kms';
import type { Clock } from '../../ports/clock.ts';
import type { Keys } from '../../ports/keys.ts';
import { SHORT_TIMEOUTS } from './timeouts.ts';

export type KmsKeys = {
  /** symmetric key that wraps data keys, and the HMAC_256 key of the blind index */
  readonly fieldKeyId: string;
  readonly indexKeyId: string;
  readonly clock: Clock;
};

/**
 * Opened data keys are remembered, so that a page of one household costs one call: so many at most, and none for longer than a minute.
 * An erased owner's key is asked for by nobody, because its wrapped form is gone from the table; from memory it goes within the minute
 * in which the next key is opened.
 */
const CAPACITY = 1000;
const MINUTE_MS = 60_000;

type Known = { readonly plain: Promise<Uint8Array>; readonly since: number };

/** In the order in which they were opened, so the oldest come first. */
const remembering = (clock: Clock, open: (owner: string, wrapped: string) => Promise<Uint8Array>) => {
  const opened = new Map<string, Known>();
  const forget = (now: number): void => {
    for (const [name, { since }] of opened)
      if (opened.size >= CAPACITY || now - since >= MINUTE_MS) opened.delete(name);
      else break;
  };
  return async (owner: string, wrapped: string): Promise<Uint8Array> => {
    const now = clock.now();
    forget(now);
    const name = `${owner} ${wrapped}`;
    const known = opened.get(name) ?? { plain: open(owner, wrapped), since: now };
    opened.set(name, known);
    try {
      return await known.plain;
    } catch (error) {
      opened.delete(name);
      throw error;
    }
  };
};

/** `Keys` on KMS. The owner is the encryption context: a wrapped key opens for no other, and CloudTrail says whose was opened. */
export const kmsKeys = ({ fieldKeyId, indexKeyId, clock }: KmsKeys, config: KMSClientConfig = {}): Keys => {
  const client = new KMSClient({ ...SHORT_TIMEOUTS, ...config });
  const decrypt = async (owner: string, wrapped: string): Promise<Uint8Array> => {
    const { Plaintext: plain } = await client.send(
      new DecryptCommand({
        KeyId: fieldKeyId,
        CiphertextBlob: Buffer.from(wrapped, 'base64'),
        EncryptionContext: { owner },
      }),
    );
    if (!plain) throw new Error(`KMS opened no data key of ${owner}; ask again`);
    return plain;
  };
  return {
    newDataKey: async (owner) => {
      const { Plaintext: plain, CiphertextBlob: blob } = await client.send(
        new GenerateDataKeyCommand({ KeyId: fieldKeyId, KeySpec: 'AES_256', EncryptionContext: { owner } }),
      );
      if (!plain || !blob) throw new Error(`KMS made no data key for ${owner}; ask again`);
      return { plain, wrapped: Buffer.from(blob).toString('base64') };
    },
    unwrap: remembering(clock, decrypt),
    blindIndex: async (text) => {
      const { Mac: mac } = await client.send(
        new GenerateMacCommand({ KeyId: indexKeyId, MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from(text, 'utf8') }),
      );
      if (!mac) throw new Error('KMS made no blind index; ask again');
      return Buffer.from(mac).toString('base64url');
    },
  };
};
