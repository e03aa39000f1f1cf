import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '@hems/models/calendar/seoul';
import { ASSUMED_SUPPLY, type Supply } from '@hems/models/household/supply';
import { aJoiningWorld, DOCUMENT, FLAT, STAFF } from '../../testing/joining-home.ts';
import { importDays } from '../import-days.ts';
import { putDevice } from '../stores/households.ts';
import { Refused } from '../refusal.ts';
import { confirmSupply } from './confirm-supply.ts';
import { decideProof } from './decide-proof.ts';

const SUPPLY: Supply = { ...ASSUMED_SUPPLY, voltage: 'high', readingDay: 15, discounts: ['A1'] };
const LAST_BILL = { from: '2026-10-15', to: '2026-11-14', importWh: 300_000, billWon: 40_000 };
const DAYS = Array.from({ length: 20 }, (_, i) => ({
  date: addDays('2026-11-01', i),
  importWh: 9000,
  loadWh: 9000,
  quality: 'good' as const,
  source: 'imported' as const,
}));

const STEPS = ['place', 'supply', 'proof', 'history', 'device'] as const;
type Step = (typeof STEPS)[number];

const joining = async (proofBy: 'invitation' | 'operator') => {
  const world = await aJoiningWorld();
  const home = await world.opened('ada');
  const [code = ''] = await world.codes();
  const { householdId, member } = home;
  const steps: Record<Step, () => Promise<unknown>> = {
    place: () => home.place(),
    supply: () => confirmSupply(world, member, { supply: SUPPLY, lastBill: LAST_BILL }),
    proof: async () => {
      if (proofBy === 'invitation') return home.code(code);
      const { state } = await home.prove({ by: 'operator' });
      const decision = { decision: 'approve', reason: 'lease was shown', residence: DOCUMENT } as const;
      return state === 'waiting' ? decideProof(world, { ...decision, householdId, who: STAFF }) : state;
    },
    history: () => importDays(world, householdId, DAYS),
    device: () =>
      putDevice(world.table, householdId, {
        deviceId: 'meter-9',
        kind: 'smart_meter',
        name: 'meter',
        gateway: 'g-9',
        status: 'active',
      }),
  };
  /** A step that needs an address first is refused, and changes nothing. */
  const take = async (step: Step): Promise<void> => {
    const before = await home.shown();
    try {
      await steps[step]();
    } catch (error) {
      expect(error instanceof Refused && error.code).toBe('no-place');
      expect(await home.shown()).toEqual(before);
    }
  };
  return { home, take };
};

const done = (proofBy: 'invitation' | 'operator') => {
  const { customerNumber: _, ...place } = FLAT;
  return {
    kind: 'own',
    place,
    supply: SUPPLY,
    supplyConfirmed: true,
    proof: { state: 'proven', by: proofBy, attemptsLeft: 10, locked: false, reason: null },
    historyDays: DAYS.length,
    devices: 1,
    next: 'done',
  };
};

test('a household joins by any order of steps, any of them left out, repeated or come back to, and ends the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...STEPS), { maxLength: 8 }),
      fc.constantFrom('invitation', 'operator'),
      async (order, proofBy) => {
        const { home, take } = await joining(proofBy);
        for (const step of order) await take(step);
        // then each of them as the app leads through it, done before or not
        for (const step of STEPS) await take(step);
        const { householdId: _, ...shown } = await home.shown();
        expect(shown).toEqual(done(proofBy));
      },
    ),
    { numRuns: 60 },
  );
});

test('left at each step and come back to, the household stands at the step after it', async () => {
  const { home, take } = await joining('invitation');
  const seen: string[] = [(await home.shown()).next];
  for (const step of STEPS) {
    await take(step);
    seen.push((await home.shown()).next);
  }
  expect(seen).toEqual([...STEPS, 'done']);
});
