import { expect, test } from 'vitest';
import { HOME, aWorld } from '../../testing/world.ts';
import { importTotals } from './start-demo.ts';

const DAY = {
  date: '2026-10-01',
  importWh: 9000,
  exportWh: 0,
  loadWh: 9000,
  hours: { loadWh: Array(24).fill(375), importWh: Array(24).fill(375), solarWh: Array(24).fill(null) },
};

test('a demo home that was erased while its past came in is told of, and stops neither the others nor the host', async () => {
  const { table, clock } = await aWorld();
  const said: string[] = [];
  const parts = { table, clock, say: (line: string) => void said.push(line) };
  await importTotals(parts, 'erased-home', [DAY]);
  expect(said).toEqual(['a demo home was erased while its past came in: erased-home']);
  await importTotals(parts, HOME.householdId, [DAY]);
  expect(said).toHaveLength(1);
});

test('a store that is away is no erased home: the demo says so and ends', async () => {
  const { table, clock } = await aWorld();
  const away = async () => Promise.reject(new Error('the store is away'));
  const parts = { table: { ...table, get: away, batchGet: away, query: away }, clock, say: () => undefined };
  await expect(importTotals(parts, HOME.householdId, [DAY])).rejects.toThrow('the store is away');
});
