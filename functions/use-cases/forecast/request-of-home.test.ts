import { beforeEach, describe, expect, test } from 'vitest';
import { dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { SKY_DAYS } from '@hems/models/forecast/solar-hours';
import { PROVINCE_PLACES } from '@hems/models/household/province-places';
import { WeatherUnavailable } from '../../ports/weather.ts';
import { forecasting, october, pastHours } from '../../testing/forecasting.ts';
import { aWorld, HOME, type World } from '../../testing/world.ts';
import { putHours } from '../stores/hours.ts';
import { putProfile } from '../stores/households.ts';
import { forecastId, readHistory, requestOfHome, type ForecastDeps } from './request-of-home.ts';

const { householdId, telemetryId } = HOME;
const TODAY = '2026-11-21';
const NINE = dayStart(TODAY) + 9 * HOUR_MS;

let world: World;
let deps: ForecastDeps;
beforeEach(async () => {
  world = await aWorld();
  world.clock.set(NINE + 60_000);
  deps = forecasting(world);
});

const ask = async (untilMs: number) =>
  requestOfHome(deps, { householdId, untilMs }, await readHistory(deps, householdId));
const livesIn = (region: string) =>
  putProfile(world.table, { householdId, telemetryId, buildingType: 'house', region });
const generates = async (days: number) => {
  const past = await pastHours(world, { days, last: '2026-11-20' });
  const solarWh = Array.from({ length: 24 }, (_, hour) => Math.max(0, 2000 - 400 * Math.abs(hour - 12)));
  await putHours(
    world.table,
    householdId,
    past.map((day) => ({ ...day, solarWh })),
  );
};

describe('what is asked of the engine', () => {
  test('is the hours before the one that is foreseen, whatever is known of it and later', async () => {
    await pastHours(world, { days: 12, last: TODAY });
    const atNine = await ask(NINE);
    expect(atNine).toMatchObject({ id: forecastId(householdId), firstDate: '2026-11-10', wh: { length: 11 * 24 + 9 } });
    const atMidnight = await ask(dayStart(TODAY));
    expect(atMidnight.wh).toEqual(atNine.wh.slice(0, 11 * 24));
    expect(Object.keys(atMidnight).toSorted()).toEqual(['firstDate', 'id', 'issuedAt', 'wh']);
  });

  test('does not say which household it is', async () => {
    expect(JSON.stringify(await ask(NINE))).not.toContain(householdId);
    expect(forecastId('h-2')).not.toBe(forecastId(householdId));
  });

  test('looks back half a year and the weeks of calibration, and no further', async () => {
    await pastHours(world, { days: 300, last: '2026-11-20' });
    expect((await ask(dayStart(TODAY))).wh).toHaveLength(224 * 24);
  });

  test('of a home that generates has its generation, its province’s place, and as much sky as the engine looks at, and of the hours to come', async () => {
    await generates(60);
    await livesIn('jeju-jeju');
    const { wh, pvWh, place, cloudPermille } = await ask(NINE);
    expect(pvWh).toHaveLength(wh.length);
    expect(place).toEqual(PROVINCE_PLACES.jeju);
    // to the end of tomorrow
    expect(cloudPermille).toHaveLength(62 * 24);
    const [first, last] = [cloudPermille!.findIndex((cloud) => cloud !== null), cloudPermille!.at(-1)];
    expect(first).toBe(wh.length - SKY_DAYS * 24);
    expect(last).toBeTypeOf('number');
  });

  test('of one whose province is not known, or while no weather is told, does without a sky', async () => {
    await generates(10);
    expect(Object.keys(await ask(NINE))).toEqual(['id', 'firstDate', 'wh', 'pvWh', 'issuedAt']);
    await livesIn('seoul-mapo');
    const away = () => Promise.reject(new WeatherUnavailable('away'));
    deps = { ...deps, weather: { days: away, hours: away, alerts: away } };
    expect(new Set((await ask(NINE)).cloudPermille)).toEqual(new Set([null]));
  });

  test('of a home without a day of readings has its last whole month; of one with a day it has not', async () => {
    await october(world, 310);
    expect(await ask(NINE)).toMatchObject({
      firstDate: TODAY,
      wh: Array(9).fill(null),
      monthlyBillWh: Math.round((310_000 / 31) * (365 / 12)),
    });
    await pastHours(world, { days: 1, last: '2026-11-20' });
    expect(await ask(NINE)).not.toHaveProperty('monthlyBillWh');
  });
});
