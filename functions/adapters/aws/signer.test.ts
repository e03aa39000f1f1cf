import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, expect, it } from 'vitest';
import { signerContract } from '../contract/signer.contract.ts';
import { kmsSigner } from './signer.ts';

const kms = mockClient(KMSClient);
afterEach(() => kms.reset());

/** KMS with keys of its own: it signs what it takes for a SHA-256 digest, and answers DER. */
const pairOf = (): { publicKey: KeyObject; privateKey: KeyObject } =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' });
const withKeys = (pairs: Readonly<Record<string, ReturnType<typeof pairOf>>>, bytesOf: () => Uint8Array) => {
  kms.on(GetPublicKeyCommand).callsFake(({ KeyId }: { KeyId: string }) => ({
    PublicKey: pairs[KeyId]!.publicKey.export({ type: 'spki', format: 'der' }),
  }));
  kms.on(SignCommand).callsFake(({ KeyId, SigningAlgorithm, MessageType, Message }: Record<string, string>) => {
    expect([SigningAlgorithm, MessageType]).toEqual(['ECDSA_SHA_256', 'DIGEST']);
    expect(Buffer.from(Message!)).toEqual(createHash('sha256').update(bytesOf()).digest());
    return { Signature: sign('sha256', bytesOf(), pairs[KeyId!]!.privateKey) };
  });
};

signerContract('KMS', async () => {
  const pairs = { 'key-1': pairOf() };
  let last = new Uint8Array();
  const open = () => {
    const own = kmsSigner(['key-1'], { region: 'ap-northeast-2' });
    return { ...own, sign: async (bytes: Uint8Array<ArrayBuffer>) => own.sign((last = bytes)) };
  };
  withKeys(pairs, () => last);
  return { signer: open(), again: async () => open(), close: async () => {} };
});

it('signs by the first of its keys, and goes on showing those of before', async () => {
  const bytes = new Uint8Array([1]);
  const pairs = { new: pairOf(), old: pairOf() };
  withKeys(pairs, () => bytes);
  const before = await kmsSigner(['old'], { region: 'ap-northeast-2' }).sign(bytes);
  const now = kmsSigner(['new', 'old'], { region: 'ap-northeast-2' });
  const [first, second] = await now.publicKeys();
  expect((await now.sign(bytes)).keyId).toBe(first?.keyId);
  expect(second?.keyId).toBe(before.keyId);
});

it('takes what is no signature for none', async () => {
  withKeys({ k: pairOf() }, () => new Uint8Array());
  kms.on(SignCommand).resolves({ Signature: new Uint8Array([1, 2, 3, 4]) });
  await expect(kmsSigner(['k'], { region: 'ap-northeast-2' }).sign(new Uint8Array([1]))).rejects.toThrow(
    'no ECDSA signature',
  );
  kms.on(SignCommand).resolves({});
  await expect(kmsSigner(['k'], { region: 'ap-northeast-2' }).sign(new Uint8Array([1]))).rejects.toThrow('ask again');
});
