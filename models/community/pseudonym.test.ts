import { expect, test } from 'vitest';
import { pseudonymOf } from './pseudonym.ts';

test('a pseudonym follows from the membership alone and says the same in either language', () => {
  expect(pseudonymOf('member-1')).toEqual(pseudonymOf('member-1'));
  const { ko, en } = pseudonymOf('member-1');
  expect(ko.split(' ')[2]).toBe(en.split(' ')[2]);
  expect(ko).toMatch(/^[가-힣]+ [가-힣]+ \d{1,3}$/u);
  expect(en).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+ \d{1,3}$/);
});

test('of 2,000 members of a board fewer than ten share a name with another', () => {
  const names = Array.from({ length: 2000 }, (_, i) => pseudonymOf(`${i}-opaque-${i * 7919}`).ko);
  expect(names.length - new Set(names).size).toBeLessThan(10);
  const [qualities, creatures] = [0, 1].map((part) => new Set(names.map((name) => name.split(' ')[part])).size);
  expect([qualities, creatures]).toEqual([32, 32]);
});
