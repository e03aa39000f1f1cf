import { demoBills } from '../../adapters/embedded/demo-bills.ts';
import type { Keys } from '../../ports/keys.ts';
import type { ResidenceProof } from '../../ports/residence-proof.ts';
import { addressIndexOf } from '../../use-cases/onboarding/address-index.ts';
import { DEMO_RESIDENTS } from './households.ts';

/** The made-up building of the demo residents: number n gets the bill of flat 10n. */
export const demoFlat = (number: number) => ({
  address: '서울특별시 마포구 데모로 1',
  unit: `101동 10${number}호`,
  postalCode: '03999',
});

/** A provider that knows where the demo residents live, to try a proof by it. */
export const demoResidences = async (keys: Keys): Promise<ResidenceProof> =>
  demoBills(
    await Promise.all(
      DEMO_RESIDENTS.map(async ({ sub }, i) => ({ sub, addressIndex: await addressIndexOf(keys, demoFlat(i + 1)) })),
    ),
  );
