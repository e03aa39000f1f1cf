/** Where somebody says they live, in the words of the building register. */
export type Residence = { readonly sub: string; readonly householdId: string; readonly addressIndex: string };

/**
 * A provider that can say whether a person lives at an address (a resident register, a building's manager). None is known that the public
 * may call; the cloud has none by default, and the resident is led to the other ways.
 */
export type ResidenceProof = {
  /** `unknown`: the provider cannot say, which proves nothing */
  check(residence: Residence): Promise<'lives-there' | 'does-not' | 'unknown'>;
};
