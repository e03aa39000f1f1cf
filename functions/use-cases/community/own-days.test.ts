import { expect, test } from 'vitest';
import { datesBetween } from '@hems/models/day/open-days';
import { aWorld, HOME } from '../../testing/world.ts';
import { importDays } from '../import-days.ts';
import { readOwnDays } from './own-days.ts';

test('days that a resident hands in as a file are no past to be better than, and no saving', async () => {
  const world = await aWorld();
  const { householdId } = HOME;
  const handedIn = (from: string, to: string, importWh: number) =>
    importDays(
      world,
      householdId,
      datesBetween(from, to).map((date) => ({ date, importWh, quality: 'good', source: 'imported' })),
    );
  await handedIn('2025-10-20', '2025-12-10', 90_000);
  await handedIn('2026-11-01', '2026-11-20', 10);
  const { history, days } = await readOwnDays(world, { householdId, window: { from: '2026-11-01', to: '2026-11-20' } });
  expect(history.length).toBeGreaterThan(20);
  expect([...history, ...days].every(({ wh }) => wh === null)).toBe(true);
});
