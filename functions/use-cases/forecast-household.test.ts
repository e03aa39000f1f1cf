import { beforeEach, describe, expect, test } from 'vitest';
import { addDays, dayStart } from '@hems/models/calendar/seoul';
import { dayKind } from '@hems/models/calendar/holidays';
import { datesBetween } from '@hems/models/day/open-days';
import { agree } from '../testing/agree.ts';
import { aWorld, HOME, type World } from '../testing/world.ts';
import { forecastHousehold } from './forecast-household.ts';
import { importDays } from './import-days.ts';
import { readForecast } from './stores/forecasts.ts';

const { householdId } = HOME;
const FRIDAY = '2026-11-20';

let world: World;
beforeEach(async () => {
  world = await aWorld();
  await agree(world.table, householdId, 'analysis');
  world.clock.set(dayStart('2026-11-21') + 20 * 60_000);
});

const history = (from: string, importWh: (date: string) => number | undefined) =>
  importDays(
    world,
    householdId,
    datesBetween(from, FRIDAY).map((date) => ({
      date,
      importWh: importWh(date),
      loadWh: importWh(date),
      quality: 'good',
      source: 'imported',
    })),
  );
const forecast = () => forecastHousehold(world, { householdId, date: FRIDAY });

describe('the forecast of tomorrow', () => {
  test('is the mean of its own kind of days, with method, version and an interval', async () => {
    await history('2026-09-01', (date) => (dayKind(date) === 'weekday' ? 8000 : 12_000));
    expect(await forecast()).toBe('forecast');
    expect(await readForecast(world.table, householdId, addDays(FRIDAY, 1))).toMatchObject({
      method: 'ten-of-ten-days-before-40',
      version: 1,
      totalWh: 12_000,
      interval: { lowWh: 12_000, highWh: 12_000, confidencePercent: 80 },
    });
  });

  test('is withheld, with the reason, for a household without history or without a meter', async () => {
    await history('2026-11-10', () => undefined);
    expect(await forecast()).toBe('withheld');
    expect(await readForecast(world.table, householdId, addDays(FRIDAY, 1))).toMatchObject({
      status: 'withheld',
      code: 'insufficient-history',
      detail: '0 usable days; at least 4 are needed',
    });
    expect(await forecastHousehold(world, { householdId: 'gone', date: FRIDAY })).toBe('withheld');
  });

  test('made again is not written again, and goes after 180 days', async () => {
    await history('2026-09-01', () => 9000);
    await forecast();
    await forecast();
    const item = await world.table.get({ table: 'energy', pk: `H#${householdId}`, sk: 'FC#2026-11-21' });
    expect(item?.version).toBe(1);
    expect(item?.expiresAt).toBe(dayStart('2027-05-20') / 1000);
  });

  test('is not made again once that day is over: what was expected before it is held against it, whatever is known since', async () => {
    await history('2026-09-01', () => 9000);
    await forecast();
    const first = await readForecast(world.table, householdId, '2026-11-21');
    world.clock.set(dayStart('2026-11-22') - 1);
    await history('2026-09-01', () => 6000);
    await forecast();
    const before = await readForecast(world.table, householdId, '2026-11-21');
    expect(before, 'the day is not over yet').not.toEqual(first);

    world.clock.set(dayStart('2026-11-22'));
    await history('2026-09-01', () => 12_000);
    expect(await forecast()).toBe('forecast');
    expect(await readForecast(world.table, householdId, '2026-11-21')).toEqual(before);
  });

  test('that nobody made in time is not made afterwards', async () => {
    await history('2026-09-01', () => 9000);
    world.clock.set(dayStart('2026-11-22') + 20 * 60_000);
    expect(await forecast()).toBe('withheld');
    expect(await readForecast(world.table, householdId, '2026-11-21')).toBeUndefined();
  });
});
