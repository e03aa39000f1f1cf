import type { Onboarding } from '@hems/shared/api/onboarding';
import { describe, expect, it } from 'vitest';
import { progressOf, reduce, STEPS, UNKNOWN, type Action, type State, type Told } from './state.ts';

const PLACE: NonNullable<Onboarding['place']> = {
  name: '우리 집',
  buildingType: 'apartment',
  address: '봉산로 12',
  unit: '103-1203',
  postalCode: '03990',
  region: '서울특별시 마포구',
};
const NONE: Onboarding['proof'] = { state: 'none', by: null, attemptsLeft: 10, locked: false, reason: null };
const WAITING: Onboarding['proof'] = { ...NONE, state: 'waiting' };
const PROVEN: Onboarding['proof'] = { ...NONE, state: 'proven', by: 'operator' };

const begun: Told = { next: 'place', place: null, proof: NONE };
const placed: Told = { next: 'supply', place: PLACE, proof: NONE };
const supplied: Told = { next: 'proof', place: PLACE, proof: NONE };
const waiting: Told = { next: 'proof', place: PLACE, proof: WAITING };
const proven: Told = { next: 'history', place: PLACE, proof: PROVEN };

const told = (to: Told): Action => ({ type: 'told', told: to });
const answered = (to: Told): Action => ({ type: 'answered', told: to });
const after = (...actions: Action[]): State['at'] => actions.reduce(reduce, UNKNOWN).at;

describe('joining', () => {
  it('goes on where the service says it was left, whatever this page knew', () => {
    expect([begun, placed, supplied, proven].map((one) => after(told(one)))).toEqual([
      'place',
      'supply',
      'proof',
      'history',
    ]);
  });

  it('does not hold up with the contract whoever has asked for the proof already', () => {
    expect(after(told({ ...placed, proof: WAITING }))).toBe('proof');
    expect(after(told({ ...proven, next: 'supply' }))).toBe('supply');
  });

  it('asks how the home is after where it is, and it may be put off', () => {
    expect(after(told(begun), answered(placed))).toBe('size');
    expect(after(told(begun), answered(placed), { type: 'put-off' })).toBe('supply');
  });

  it('puts off the contract without a bill, and what that leaves is the proof', () => {
    expect(after(told(placed), { type: 'put-off' })).toBe('proof');
  });

  it('cannot put off the place or the proof', () => {
    expect(after(told(begun), { type: 'put-off' })).toBe('place');
    expect(after(told(supplied), { type: 'put-off' })).toBe('proof');
  });

  it('stays at the proof while an operator decides, and goes on by itself once it is decided', () => {
    expect(after(told(supplied), answered(waiting))).toBe('proof');
    expect(after(told(waiting), told(waiting))).toBe('proof');
    expect(after(told(waiting), told(proven))).toBe('history');
  });

  it('never moves a resident off the step they look at because something else was done', () => {
    expect(after(told(waiting), { type: 'went-back' }, told(proven))).toBe('supply');
  });

  it('comes back from a later step when another address takes the proof away', () => {
    expect(after(told(proven), told(supplied))).toBe('proof');
  });

  it('goes back step by step to the first', () => {
    const back: Action = { type: 'went-back' };
    expect(after(told(supplied), back)).toBe('supply');
    expect(after(told(supplied), back, back, back, back)).toBe('place');
  });

  it('opens history and devices only once residence is proved', () => {
    expect(after(told(waiting), { type: 'went-to', step: 'device' })).toBe('proof');
    expect(after(told(proven), { type: 'went-to', step: 'device' })).toBe('device');
  });

  it('ends when what can be put off is', () => {
    expect(after(told(proven), { type: 'put-off' }, { type: 'put-off' })).toBe('done');
  });
});

it('counts its steps from one, and the end is none of them', () => {
  expect(STEPS.map((step) => progressOf(step).step)).toEqual([1, 2, 3, 4, 5, 6, 6]);
  expect(progressOf('place').steps).toBe(6);
});
