import type { ResidenceProof } from '../../ports/residence-proof.ts';

/** Where nobody can be asked: no register of residents is open to a service like this one (docs/adr/0016-residence-proof.md). */
export const noResidenceProof: ResidenceProof = { check: async () => 'unknown' };
