import { expect, test } from 'vitest';
import { fewAtCalls } from './kills.ts';

const kills = (calls: number, moments: number) => [
  ...Array.from({ length: calls }, () => ({ by: 'call' as const })),
  ...Array.from({ length: moments }, () => ({ by: 'moment' as const })),
];

test('a suite with fewer than a quarter of its kills at calls of ports says so and fails', () => {
  expect(fewAtCalls(kills(1, 74))).toMatch(/^only 1 of 75 kills were at calls of ports/);
  expect(fewAtCalls(kills(4, 16))).toMatch(/^only 4 of 20/);
  expect(fewAtCalls(kills(5, 15))).toBeUndefined();
});
