import { describe, expect, test } from 'vitest';
import type { Residence, ResidenceProof } from '../../ports/residence-proof.ts';

export type ResidenceProofUnderTest = {
  readonly proof: ResidenceProof;
  /** two people it knows, at two addresses; none where it knows nobody */
  readonly known?: readonly [Residence, Residence];
};

const STRANGER: Residence = { sub: 'stranger', householdId: 'h-9', addressIndex: 'address-9' };

/** What every `ResidenceProof` promises; see `ports/residence-proof.ts`. */
export const residenceProofContract = (name: string, { proof, known }: ResidenceProofUnderTest): void => {
  describe(`ResidenceProof: ${name}`, () => {
    test('of somebody it does not know it cannot say anything, wherever they say they live', async () => {
      expect(await proof.check(STRANGER)).toBe('unknown');
      for (const { addressIndex } of known ?? [])
        expect(await proof.check({ ...STRANGER, addressIndex })).toBe('unknown');
    });

    test.runIf(known)('says of each person where they live, and where they do not', async () => {
      const [one, other] = known ?? [STRANGER, STRANGER];
      expect(await proof.check(one)).toBe('lives-there');
      expect(await proof.check(other)).toBe('lives-there');
      expect(await proof.check({ ...one, addressIndex: other.addressIndex })).toBe('does-not');
    });

    test('asked again it says the same, and the household that asks changes nothing', async () => {
      for (const one of [STRANGER, ...(known ?? [])])
        expect(await proof.check({ ...one, householdId: 'h-other' })).toBe(await proof.check(one));
    });
  });
};
