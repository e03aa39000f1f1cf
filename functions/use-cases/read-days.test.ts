import { beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '@hems/models/calendar/seoul';
import { datesBetween } from '@hems/models/day/open-days';
import { readDays as daysRoute, readScore as scoreRoute } from '@hems/shared/api/days';
import { aWorld, HOME, type World } from '../testing/world.ts';
import { importDays } from './import-days.ts';
import { readDays } from './read-days.ts';
import { readScore } from './read-score.ts';
import { putProfile } from './stores/households.ts';

const { householdId } = HOME;
const [YESTERDAY, TODAY] = ['2026-11-21', '2026-11-22'];

let world: World;
beforeEach(async () => {
  world = await aWorld();
  await putProfile(world.table, { ...HOME, buildingType: 'apartment', areaM2: 85 });
});

const history = (from: string, to: string, importWh = 9000) =>
  importDays(
    world,
    householdId,
    datesBetween(from, to).map((date) => ({ date, importWh, loadWh: importWh, quality: 'good', source: 'imported' })),
  );

describe('daily items', () => {
  test('are final 31 days before yesterday, and their savings add up', async () => {
    await history('2026-08-01', addDays(YESTERDAY, -1));
    await history(YESTERDAY, YESTERDAY, 5000);
    const answer = await readDays(world, { householdId, from: '2026-10-20', to: '2026-12-31' });
    expect(daysRoute.answer.parse(answer)).toEqual(answer);
    expect(answer.days.map(({ date, state }) => [date, state]).slice(0, 3)).toEqual([
      ['2026-10-20', 'final'],
      ['2026-10-21', 'final'],
      ['2026-10-22', 'provisional'],
    ]);
    expect(answer.days.at(-1)?.date).toBe(YESTERDAY);
    expect(answer.saved).toMatchObject({ days: 33, savedWh: 4000, savedCo2G: 1669, provisional: true });
    expect(answer.saved?.savedWon).toBeGreaterThan(0);
  });

  test('without a saving have no sum, not a sum of 0', async () => {
    await history('2026-11-19', YESTERDAY);
    expect((await readDays(world, { householdId, from: '2026-11-01', to: YESTERDAY })).saved).toBeNull();
  });

  test('are asked for in ranges a screen can use', async () => {
    await expect(readDays(world, { householdId, from: TODAY, to: YESTERDAY })).rejects.toThrow('is after to');
    await expect(readDays(world, { householdId, from: '2025-10-18', to: TODAY })).rejects.toThrow(
      '401 days: at most 400',
    );
  });
});

describe('the score', () => {
  test('is explained step by step over the last 30 known days, and is our own', async () => {
    await history('2026-09-01', '2026-11-18');
    const answer = await readScore(world, householdId);
    expect(scoreRoute.answer.parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({
      status: 'scored',
      score: 81,
      grade: 'B',
      official: false,
      from: '2026-10-20',
      to: '2026-11-18',
      provisional: true,
    });
    expect(answer.status === 'scored' && answer.lines.map(({ line }) => line)).toEqual([
      'use',
      'normal-size',
      'comparable-use',
      'table-median',
      'ratio',
      'score',
    ]);
  });

  test('of a home without known days says why there is none', async () => {
    expect(await readScore(world, householdId)).toMatchObject({ status: 'refused', code: 'too-few-days' });
    await history('2026-11-10', YESTERDAY);
    expect(await readScore(world, householdId)).toMatchObject({
      status: 'refused',
      detail: expect.stringContaining('12 of the 30 days'),
    });
    await expect(readScore(world, 'gone')).rejects.toThrow('does not exist any more');
  });
});
