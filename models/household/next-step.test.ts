import { expect, test } from 'vitest';
import { nextStep, type Steps } from './next-step.ts';

const ALL: Steps = { hasPlace: true, supplyConfirmed: true, isProven: true, historyDays: 400, devices: 1 };

test.each<[Partial<Steps>, string]>([
  [{ hasPlace: false, supplyConfirmed: false, isProven: false, historyDays: 0, devices: 0 }, 'place'],
  [{ hasPlace: false }, 'place'],
  [{ supplyConfirmed: false }, 'supply'],
  [{ isProven: false }, 'proof'],
  [{ historyDays: 0, devices: 0 }, 'history'],
  [{ devices: 0 }, 'device'],
  [{ historyDays: 0 }, 'done'],
  [{}, 'done'],
])('%j: %s', (over, step) => {
  expect(nextStep({ ...ALL, ...over })).toBe(step);
});
