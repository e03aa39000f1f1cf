import { expect, test } from 'vitest';
import { embeddedKeys } from '../../adapters/embedded/keys.ts';
import { addressIndexOf } from '../../use-cases/onboarding/address-index.ts';
import { DEMO_RESIDENTS } from './households.ts';
import { demoFlat, demoResidences } from './residences.ts';

test('a demo resident lives in their own flat of the made-up building, however it is written, and in no other', async () => {
  const keys = embeddedKeys(new Uint8Array(32).fill(1), new Uint8Array(32).fill(2));
  const proof = await demoResidences(keys);
  const sub = DEMO_RESIDENTS[2]?.sub ?? '';
  const check = async (flat: Parameters<typeof addressIndexOf>[1]) =>
    proof.check({ sub, householdId: 'h-1', addressIndex: await addressIndexOf(keys, flat) });
  expect(await check({ ...demoFlat(3), address: '데모로1', unit: '101-103' })).toBe('lives-there');
  expect(await check(demoFlat(4))).toBe('does-not');
});
