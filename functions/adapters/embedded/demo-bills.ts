import type { Residence, ResidenceProof } from '../../ports/residence-proof.ts';

/** In whose name the bill of an address runs. */
export type DemoBill = Pick<Residence, 'sub' | 'addressIndex'>;

/** A provider that knows whose bills are sent where, of made-up people only: who has none, of them it cannot say. */
export const demoBills = (bills: readonly DemoBill[]): ResidenceProof => ({
  check: async ({ sub, addressIndex }) => {
    const own = bills.filter((bill) => bill.sub === sub);
    if (own.length === 0) return 'unknown';
    return own.some((bill) => bill.addressIndex === addressIndex) ? 'lives-there' : 'does-not';
  },
});
