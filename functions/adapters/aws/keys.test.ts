import { DecryptCommand, GenerateDataKeyCommand, GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kmsKeys } from './keys.ts';

const kms = mockClient(KMSClient);
let now = 0;
const NAMES = { fieldKeyId: 'arn:field', indexKeyId: 'arn:index', clock: { now: () => now } };
const make = () => kmsKeys(NAMES, { region: 'ap-northeast-2' });
const plain = new Uint8Array(32).fill(7);

beforeEach(() => {
  now = 0;
  kms.on(DecryptCommand).resolves({ Plaintext: plain });
});
afterEach(() => kms.reset());
const decrypts = (): number => kms.commandCalls(DecryptCommand).length;

describe('a data key of KMS', () => {
  it('is made under the field key, with its owner as the encryption context that alone opens it', async () => {
    kms.on(GenerateDataKeyCommand).resolves({ Plaintext: plain, CiphertextBlob: Buffer.from('wrapped') });
    const keys = make();
    const { wrapped } = await keys.newDataKey('person:1');
    await keys.unwrap('person:1', wrapped);
    const of = { KeyId: 'arn:field', EncryptionContext: { owner: 'person:1' } };
    expect(kms.commandCalls(GenerateDataKeyCommand)[0]?.args[0].input).toEqual({ ...of, KeySpec: 'AES_256' });
    expect(kms.commandCalls(DecryptCommand)[0]?.args[0].input).toEqual({
      ...of,
      CiphertextBlob: Buffer.from('wrapped'),
    });
  });

  it('is opened once for a page that needs it at several places at once, and again after a minute', async () => {
    const keys = make();
    await Promise.all([keys.unwrap('person:1', 'd3JhcHBlZA=='), keys.unwrap('person:1', 'd3JhcHBlZA==')]);
    now = 59_999;
    await keys.unwrap('person:1', 'd3JhcHBlZA==');
    expect(decrypts()).toBe(1);
    now = 60_000;
    await keys.unwrap('person:1', 'd3JhcHBlZA==');
    expect(decrypts()).toBe(2);
  });

  it('is remembered for its owner alone', async () => {
    const keys = make();
    await keys.unwrap('person:1', 'd3JhcHBlZA==');
    kms.on(DecryptCommand).rejects(new Error('InvalidCiphertextException'));
    await expect(keys.unwrap('person:2', 'd3JhcHBlZA==')).rejects.toThrow('InvalidCiphertext');
  });

  it('that could not be opened is asked for again, and KMS being down is no answer', async () => {
    kms.on(DecryptCommand).rejectsOnce(new Error('throttled')).resolvesOnce({}).resolves({ Plaintext: plain });
    const keys = make();
    await expect(keys.unwrap('person:1', 'd3JhcHBlZA==')).rejects.toThrow('throttled');
    await expect(keys.unwrap('person:1', 'd3JhcHBlZA==')).rejects.toThrow('ask again');
    expect(await keys.unwrap('person:1', 'd3JhcHBlZA==')).toEqual(plain);
  });

  it('gives way to later ones beyond a thousand, the oldest first', async () => {
    const keys = make();
    for (let i = 0; i < 1001; i += 1) await keys.unwrap(`person:${i}`, 'd3JhcHBlZA==');
    await keys.unwrap('person:1000', 'd3JhcHBlZA==');
    expect(decrypts()).toBe(1001);
    await keys.unwrap('person:0', 'd3JhcHBlZA==');
    expect(decrypts()).toBe(1002);
  });
});

it('a blind index is the MAC of the text by the index key, so that nobody works it out from the outside', async () => {
  kms.on(GenerateMacCommand).resolves({ Mac: new Uint8Array(32).fill(0xff) });
  expect(await make().blindIndex('email:kim@example.com')).toBe(Buffer.alloc(32, 0xff).toString('base64url'));
  expect(kms.commandCalls(GenerateMacCommand)[0]?.args[0].input).toEqual({
    KeyId: 'arn:index',
    MacAlgorithm: 'HMAC_SHA_256',
    Message: Buffer.from('email:kim@example.com'),
  });
});
