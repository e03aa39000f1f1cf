import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS } from '@hems/models/calendar/seoul';
import type { Province } from '@hems/models/household/region';
import { WeatherUnavailable, type WeatherAlert, type WeatherHour } from '../ports/weather.ts';
import { aWorld, NOON, type World } from '../testing/world.ts';
import { weatherAlerts, weatherHours } from './weather-hours.ts';

const SEOUL = '서울 마포구';
const hourAt = (startMs: number, temperatureCdegc: number): WeatherHour => ({
  startMs,
  temperatureCdegc,
  cloudPermille: 250,
  kind: 'forecast',
});

let world: World;
let asked: string[];
let broken: boolean;
/** what each asking says of the temperature of every hour from now on */
let says: number;
let inForce: ReadonlyMap<Province, readonly WeatherAlert[]>;

const deps = () => ({
  table: world.table,
  clock: world.clock,
  weather: {
    hours: async (province: Province, { fromMs, toMs }: { fromMs: number; toMs: number }) => {
      asked.push(province);
      if (broken) throw new WeatherUnavailable('KMA is closed');
      const first = Math.max(fromMs, world.clock.now());
      return Array.from({ length: Math.max(0, (toMs - first) / HOUR_MS) }, (_, i) => hourAt(first + i * HOUR_MS, says));
    },
    alerts: async () => {
      asked.push('alerts');
      if (broken) throw new WeatherUnavailable('KMA is closed');
      return inForce;
    },
  },
});
/** time goes on */
const wait = (ms: number): void => world.clock.set(world.clock.now() + ms);
const ask = (fromHours: number, toHours: number) =>
  weatherHours(deps(), SEOUL, { fromMs: NOON + fromHours * HOUR_MS, toMs: NOON + toHours * HOUR_MS });

beforeEach(async () => {
  world = await aWorld();
  [asked, broken, says] = [[], false, 500];
  inForce = new Map([['seoul', [{ kind: 'cold-wave', level: 'warning' }]]]);
});

describe('the hours of a region', () => {
  test('are asked for once in three hours, whoever asks, and anew after that', async () => {
    expect((await ask(0, 24)).hours).toHaveLength(24);
    wait(2 * HOUR_MS);
    expect((await ask(2, 24)).hours).toHaveLength(22);
    expect(asked).toEqual(['seoul']);
    wait(HOUR_MS);
    says = 700;
    expect((await ask(3, 24)).hours.map(({ temperatureCdegc }) => temperatureCdegc)).toEqual(
      Array.from({ length: 21 }, () => 700),
    );
    expect(asked).toHaveLength(2);
  });

  test('that are past stay as they were last foreseen, and those that nobody foresaw are absent', async () => {
    await ask(0, 24);
    wait(6 * HOUR_MS);
    says = 900;
    await ask(6, 24);
    const { hours } = await ask(-6, 12);
    expect(hours.map(({ startMs, temperatureCdegc }) => [(startMs - NOON) / HOUR_MS, temperatureCdegc])).toEqual([
      ...Array.from({ length: 6 }, (_, i) => [i, 500]),
      ...Array.from({ length: 6 }, (_, i) => [i + 6, 900]),
    ]);
  });

  test('of a source that failed are those that are held, with the reason; it rests for a quarter of an hour', async () => {
    await ask(0, 6);
    wait(4 * HOUR_MS);
    broken = true;
    expect(await ask(4, 6)).toMatchObject({ lack: { code: 'source-unavailable', detail: 'KMA is closed' } });
    expect((await ask(4, 6)).hours).toHaveLength(2);
    expect(asked).toHaveLength(2);
    wait(16 * 60_000);
    await ask(4, 6);
    expect(asked).toHaveLength(3);
  });

  test('are none for a region that names no province', async () => {
    const { hours, lack } = await weatherHours(deps(), '중구', { fromMs: NOON, toMs: NOON + HOUR_MS });
    expect([hours, lack?.code, asked]).toEqual([[], 'region-unknown', []]);
  });

  test('a defect is no absent source', async () => {
    const weather = { ...deps().weather, hours: async () => Promise.reject(new TypeError('a defect')) };
    const range = { fromMs: NOON, toMs: NOON + HOUR_MS };
    await expect(weatherHours({ ...deps(), weather }, SEOUL, range)).rejects.toThrow('a defect');
  });
});

describe('heat and cold waves', () => {
  test('are asked for once in twenty minutes for the whole country', async () => {
    expect((await weatherAlerts(deps(), SEOUL)).alerts).toEqual([{ kind: 'cold-wave', level: 'warning' }]);
    expect(await weatherAlerts(deps(), '부산 중구')).toEqual({ alerts: [], lack: null });
    expect(asked).toEqual(['alerts']);
    wait(21 * 60_000);
    inForce = new Map();
    expect((await weatherAlerts(deps(), SEOUL)).alerts).toEqual([]);
  });

  test('of a source that is away are not none: the lack says that nothing is known', async () => {
    broken = true;
    expect((await weatherAlerts(deps(), SEOUL)).lack).toEqual({ code: 'source-unavailable', detail: 'KMA is closed' });
  });
});
