import { beforeEach, describe, expect, test } from 'vitest';
import { addDays, localDate } from '@hems/models/calendar/seoul';
import { meanCdegcOn } from '@hems/models/testing/weather';
import { simulatedWeather } from '../adapters/embedded/weather.ts';
import { WeatherUnavailable, type Weather } from '../ports/weather.ts';
import { aWorld, HOME, NOON, type World } from '../testing/world.ts';
import { importDays } from './import-days.ts';
import { readWeatherSaving } from './read-weather-saving.ts';
import { putProfile } from './stores/households.ts';

const TODAY = localDate(NOON);
const asked = { householdId: HOME.householdId, from: addDays(TODAY, -30), to: addDays(TODAY, -1) };

let world: World;
const settle = (region?: string): Promise<void> =>
  putProfile(world.table, {
    ...HOME,
    buildingType: 'apartment',
    ...(region !== undefined && { region }),
  });

/** 6 kWh a day, and 400 Wh for each degree below 15 °C; `share` percent of it in the last 30 days. */
const useOf = (back: number, share: number): number => {
  const need = 6000 + 4 * Math.max(0, 1500 - meanCdegcOn(addDays(TODAY, -back)));
  return Math.round(need * (back <= 30 ? share / 100 : 1));
};
const live = (share: number, days = 400): Promise<unknown> =>
  importDays(
    world,
    HOME.householdId,
    Array.from({ length: days }, (_, i) => ({
      date: addDays(TODAY, -1 - i),
      importWh: useOf(i + 1, share),
      quality: 'good' as const,
      source: 'imported' as const,
    })),
  );
const saving = (weather: Pick<Weather, 'days'> = simulatedWeather(world.clock)) =>
  readWeatherSaving({ ...world, weather }, asked);

beforeEach(async () => {
  world = await aWorld();
  await settle('서울특별시 마포구');
});

describe('the weather saving of a month', () => {
  test('is near 0 for a home that lives as before, though November is colder than the mean of its year', async () => {
    await live(100);
    const answer = await saving();
    expect(answer).toMatchObject({ status: 'saved', method: 'weather-regression-daily', days: 30, leftOut: 0 });
    if (answer.status !== 'saved') throw new Error(answer.detail);
    expect(Math.abs(answer.savedWh)).toBeLessThan(0.01 * answer.expectedWh);
    expect(answer.model.heatBalanceC).toBeCloseTo(15, -1);
  });

  test('is a tenth for a home that cut a tenth, and its interval tells that from nothing', async () => {
    await live(90);
    const answer = await saving();
    if (answer.status !== 'saved') throw new Error(answer.detail);
    expect(Math.abs(answer.savedWh / answer.expectedWh - 0.1)).toBeLessThan(0.01);
    expect(answer.interval?.lowWh).toBeGreaterThan(answer.actualWh);
    expect(answer.savedCo2G).toBe(Math.floor((answer.savedWh * 4173 + 5000) / 10_000));
  });
});

describe('there is no weather saving', () => {
  test('without a year of days before it', async () => {
    await live(100, 200);
    expect(await saving()).toMatchObject({ status: 'refused', code: 'insufficient-history' });
  });

  test('without a region, or with one that no weather is known of', async () => {
    await live(100);
    await settle();
    expect(await saving()).toMatchObject({ status: 'refused', code: 'region-unknown' });
    await settle('중구');
    expect(await saving()).toMatchObject({ status: 'refused', detail: expect.stringContaining('중구') });
  });

  test('while the weather service cannot be asked; the answer says so', async () => {
    await live(100);
    const days = async () => await Promise.reject(new WeatherUnavailable('the weather service did not answer'));
    expect(await saving({ days })).toMatchObject({
      status: 'refused',
      detail: expect.stringContaining('did not answer'),
    });
  });

  test('of a day that is not over, or of a range that runs backwards', async () => {
    await expect(
      readWeatherSaving({ ...world, weather: simulatedWeather(world.clock) }, { ...asked, to: TODAY }),
    ).rejects.toThrow(/not over/);
    const backwards = { ...asked, from: asked.to, to: asked.from };
    await expect(readWeatherSaving({ ...world, weather: simulatedWeather(world.clock) }, backwards)).rejects.toThrow(
      /is after/,
    );
  });
});
