import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSignedBy, publicKey } from '@hems/shared/signing/keys';
import type { Signer } from '../../ports/signer.ts';

export type SignerUnderTest = {
  readonly signer: Signer;
  /** the same after a restart */
  again(): Promise<Signer>;
  close(): Promise<void>;
};

const bytes = (text: string) => new Uint8Array(Buffer.from(text));

const isGenuine = async (
  signer: Signer,
  text: string,
  signed: Awaited<ReturnType<Signer['sign']>>,
): Promise<boolean> => {
  const found = (await signer.publicKeys()).find(({ keyId }) => keyId === signed.keyId);
  if (!found) return false;
  const key = await publicKey(found.keyId, 'ecdsa-p256-sha256', { ...found.jwk });
  return isSignedBy(key, signed.signature, bytes(text));
};

/** What every `Signer` promises; see `ports/signer.ts`. */
export const signerContract = (name: string, make: () => Promise<SignerUnderTest>): void => {
  describe(`Signer: ${name}`, () => {
    let under: SignerUnderTest;
    beforeEach(async () => void (under = await make()));
    afterEach(() => under.close());

    it('signs so that whoever has the public key can check it, and finds one changed byte', async () => {
      // signatures are random, and DER writes a leading zero or leaves bytes out now and then
      for (let n = 0; n < 24; n += 1) {
        const signed = await under.signer.sign(bytes(`settlement ${n}`));
        expect(signed.signature).toHaveLength(64);
        expect(await isGenuine(under.signer, `settlement ${n}`, signed)).toBe(true);
        expect(await isGenuine(under.signer, `settlement ${n}x`, signed)).toBe(false);
      }
    });

    it('is the same signer after a restart', async () => {
      const signed = await under.signer.sign(bytes('file'));
      const again = await under.again();
      expect(await again.publicKeys()).toEqual(await under.signer.publicKeys());
      expect(await isGenuine(again, 'file', signed)).toBe(true);
    });

    it('shows no private part of its key', async () => {
      for (const { jwk } of await under.signer.publicKeys()) {
        expect(jwk).toMatchObject({ kty: 'EC', crv: 'P-256' });
        expect(Object.keys(jwk).toSorted()).toEqual(['crv', 'kty', 'x', 'y']);
      }
    });
  });
};
