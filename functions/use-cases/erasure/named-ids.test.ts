import { expect, test } from 'vitest';
import { namedIds } from './named-ids.ts';

const named = namedIds(['h-1', 'person_2']);

test.each(['h-1', 'H#h-1', '{"householdId":"h-1"}', 'h-1.payout-1', '/homes/h-1/days', 'H#h-1 / DAY'])(
  '%s names the household',
  (text) => {
    expect(named.isIn(text)).toBe(true);
  },
);

test.each(['h-10', 'h-1-2', 'xh-1', 'person', 'h1', ''])('%s names another one, or nobody', (text) => {
  expect(named.isIn(text)).toBe(false);
});

test('nothing is named where there are no ids', () => {
  expect(namedIds([]).isIn('anything')).toBe(false);
});

test('data are about a household where they say whose they are, and not where a list mentions it', () => {
  expect(named.isAbout({ householdId: 'h-1', text: '' })).toBe(true);
  expect(named.isAbout({ notice: { householdId: 'h-1' } })).toBe(true);
  expect(named.isAbout({ opened: [{ householdId: 'h-1' }] })).toBe(false);
  expect(named.isAbout({ householdId: 'h-10' })).toBe(false);
});

test('an id is taken out wherever it stands, and what is filed under it goes with it', () => {
  const budgets = {
    budgetWon: { 'h-1': 50_000, 'h-10': 60_000 },
    said: [{ by: 'person_2', granted: true }],
    why: 'H#h-1 failed',
  };
  expect(named.takenOut(budgets)).toEqual({
    budgetWon: { 'h-10': 60_000 },
    said: [{ by: 'erased', granted: true }],
    why: 'H#erased failed',
  });
});
