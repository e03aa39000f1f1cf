import { residenceProofContract } from '../contract/residence-proof.contract.ts';
import { noResidenceProof } from '../providers/no-residence-proof.ts';
import { demoBills } from './demo-bills.ts';

const ONE = { sub: 'one', householdId: 'h-1', addressIndex: 'address-1' };
const OTHER = { sub: 'other', householdId: 'h-2', addressIndex: 'address-2' };

residenceProofContract('demo bills', { proof: demoBills([ONE, OTHER]), known: [ONE, OTHER] });
residenceProofContract('where nobody can be asked', { proof: noResidenceProof });
