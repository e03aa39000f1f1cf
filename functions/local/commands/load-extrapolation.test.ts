import { expect, test } from 'vitest';
import { workOf } from './load-extrapolation.ts';
import { aPhase } from '../testing/load-phase.ts';
import type { PhaseFigures } from './load-messages.ts';

const phase = (name: string, { perS, cpu }: { perS: number; cpu: number }): PhaseFigures => {
  const one = aPhase(name);
  return { ...one, fleet: { ...one.fleet, messages: perS * 60, points: perS * 60 }, hostCpuShare: cpu };
};

test('what a message costs leaves out what the host does anyway', () => {
  const phases = [
    phase('ramp', { perS: 5000, cpu: 1 }),
    phase('steady, each 60 s', { perS: 100, cpu: 0.3 }),
    phase('steady, each 10 s', { perS: 600, cpu: 0.55 }),
  ];
  expect(workOf({ phases })).toMatchObject({ perS: 600, msEach: expect.closeTo(0.5), is: 'more' });
});

test('where two phases do not tell, everything the host did is the bound from above', () => {
  const one = phase('steady, each 60 s', { perS: 100, cpu: 0.3 });
  expect(workOf({ phases: [one] })).toMatchObject({ is: 'most', msEach: expect.closeTo(3) });
  const alike = phase('steady, each 10 s', { perS: 120, cpu: 0.36 });
  expect(workOf({ phases: [one, alike] })).toMatchObject({ is: 'most', msEach: expect.closeTo(3) });
  // on a machine that others use, the busier phase may have got less of it
  const starved = phase('steady, each 10 s', { perS: 600, cpu: 0.2 });
  expect(workOf({ phases: [one, starved] })).toMatchObject({ is: 'most', msEach: expect.closeTo(0.333, 3) });
});

test('a run without a steady phase says nothing of a message', () => {
  expect(workOf({ phases: [phase('ramp', { perS: 5000, cpu: 1 })] })).toBeUndefined();
});
