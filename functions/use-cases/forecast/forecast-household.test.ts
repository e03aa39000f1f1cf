import { beforeEach, describe, expect, test } from 'vitest';
import { addDays, dayStart, HOUR_MS, type LocalDate } from '@hems/models/calendar/seoul';
import { agree } from '../../testing/agree.ts';
import { aForecaster, forecasting, october, pastHours } from '../../testing/forecasting.ts';
import { aWorld, HOME, type World } from '../../testing/world.ts';
import { putHours } from '../stores/hours.ts';
import { readDayForecasts, readOutcomes, type DayForecast } from '../stores/forecasts.ts';
import { forecastHousehold } from './forecast-household.ts';

const { householdId } = HOME;
const FRIDAY = '2026-11-20';
const SATURDAY = '2026-11-21';

let world: World;
let engine: ReturnType<typeof aForecaster>;
/** 00:20 of the day after `date`, when its run comes. */
const toRunOf = (date: LocalDate, lateMs = 0): void =>
  world.clock.set(dayStart(addDays(date, 1)) + 20 * 60_000 + lateMs);
beforeEach(async () => {
  world = await aWorld();
  engine = aForecaster();
  await agree(world.table, householdId, 'analysis');
  toRunOf(FRIDAY);
});

const run = (date: LocalDate = FRIDAY) =>
  forecastHousehold({ ...forecasting(world), forecaster: engine.forecaster }, { householdId, date });
const foreseen = async (date: LocalDate): Promise<DayForecast | undefined> =>
  (await readDayForecasts(world.table, householdId, [date]))[0];
const outcome = async (date: LocalDate) => (await readOutcomes(world.table, householdId, [date, date])).get(date);
const versionOf = async (sk: string): Promise<number | undefined> =>
  (await world.table.get({ table: 'energy', pk: `H#${householdId}`, sk }))?.version;

describe('the forecast of the day that begins', () => {
  test('holds its 24 hours as the model foresees them, with the model and the baseline, for 180 days', async () => {
    await pastHours(world, { days: 60, last: FRIDAY });
    expect(await run()).toEqual({ made: 'forecast' });
    const made = await foreseen(SATURDAY);
    expect(made).toMatchObject({ status: 'forecast', engine: 'embedded', modelVersion: expect.stringMatching(/^m-/) });
    if (made?.status !== 'forecast') throw new Error('none');
    expect(made.p50Wh[20]).toBeGreaterThan(made.p50Wh[3]!);
    for (let hour = 0; hour < 24; hour++) {
      expect(made.p10Wh[hour]).toBeLessThanOrEqual(made.p50Wh[hour]!);
      expect(made.p50Wh[hour]).toBeLessThanOrEqual(made.p90Wh[hour]!);
    }
    const item = await world.table.get({ table: 'energy', pk: `H#${householdId}`, sk: `FC#${SATURDAY}` });
    expect(item?.expiresAt).toBe(dayStart('2027-05-20') / 1000);
  });

  test('made again in the afternoon knows nothing of the morning: it says the same, and is not written again', async () => {
    await pastHours(world, { days: 60, last: FRIDAY });
    await run();
    const first = await foreseen(SATURDAY);
    toRunOf(FRIDAY, 15 * HOUR_MS);
    const morning = Array.from({ length: 24 }, (_, hour) => (hour < 15 ? 9000 : null));
    await putHours(world.table, householdId, [
      { date: SATURDAY, loadWh: morning, importWh: morning, solarWh: Array(24).fill(null) },
    ]);
    expect(await run()).toEqual({ made: 'unchanged' });
    expect(await foreseen(SATURDAY)).toEqual(first);
    expect(await versionOf(`FC#${SATURDAY}`)).toBe(1);
  });

  test('is made again while the day lasts when late readings change the days before it, and stays once the day is over', async () => {
    await pastHours(world, { days: 60, last: FRIDAY });
    await run();
    const first = await foreseen(SATURDAY);
    await pastHours(world, { days: 60, last: FRIDAY, whOf: () => 700 });
    toRunOf(FRIDAY, 23 * HOUR_MS);
    expect(await run()).toEqual({ made: 'forecast' });
    const second = await foreseen(SATURDAY);
    expect(second).not.toEqual(first);
    await pastHours(world, { days: 60, last: FRIDAY, whOf: () => 200 });
    toRunOf(FRIDAY, 24 * HOUR_MS);
    expect(await run()).toEqual({ made: 'over' });
    expect(await foreseen(SATURDAY)).toEqual(second);
  });

  test('is not replaced by another model that comes in force in the course of the day', async () => {
    await pastHours(world, { days: 60, last: FRIDAY });
    await run();
    const first = await foreseen(SATURDAY);
    await pastHours(world, { days: 60, last: FRIDAY, whOf: () => 700 });
    engine.state.modelVersion = 'm-next';
    expect(await run()).toEqual({ made: 'unchanged' });
    expect(await foreseen(SATURDAY)).toEqual(first);
  });

  test('replaces what an older release foresaw in another format', async () => {
    await pastHours(world, { days: 60, last: FRIDAY });
    await world.table.put({ table: 'energy', pk: `H#${householdId}`, sk: `FC#${SATURDAY}`, data: { importWh: 9000 } });
    expect(await run()).toEqual({ made: 'forecast' });
  });

  test('that nobody made in time is not made afterwards', async () => {
    await pastHours(world, { days: 60, last: FRIDAY });
    toRunOf(SATURDAY);
    expect(await run()).toEqual({ made: 'over' });
    expect(await foreseen(SATURDAY)).toBeUndefined();
    expect(engine.state.asked).toBe(0);
  });

  test('is what is usual where the engine does not answer, and says so; the engine’s own word is not replaced by it', async () => {
    await pastHours(world, { days: 60, last: FRIDAY, whOf: (hour) => 100 * hour });
    engine.state.down = true;
    expect(await run()).toEqual({ made: 'usual' });
    expect(await foreseen(SATURDAY)).toMatchObject({
      engine: 'usual',
      modelVersion: 'usual',
      p50Wh: Array.from({ length: 24 }, (_, hour) => 100 * hour),
      source: Array(24).fill('fallback'),
    });
    engine.state.down = false;
    expect(await run()).toEqual({ made: 'forecast' });
    engine.state.down = true;
    expect(await run()).toEqual({ made: 'unchanged' });
    expect(await foreseen(SATURDAY)).toMatchObject({ engine: 'embedded' });
  });

  test('is one of the bill’s size for a home without readings, and none where nothing is known', async () => {
    expect(await run()).toEqual({ made: 'collecting' });
    expect(await foreseen(SATURDAY)).toEqual({ status: 'collecting', engine: 'embedded' });
    await october(world, 600);
    expect(await run()).toEqual({ made: 'forecast' });
    const made = await foreseen(SATURDAY);
    if (made?.status !== 'forecast') throw new Error('none');
    expect(made.source[0]).toBe('profile');
    const dayWh = made.meanWh.reduce((sum, wh) => sum + wh, 0);
    expect(Math.abs(dayWh - 600_000 / 31)).toBeLessThan(200);
  });

  test('is neither made nor held against the day for a household that does not agree to the analysis', async () => {
    const other = await aWorld();
    other.clock.set(world.clock.now());
    await pastHours(other, { days: 60, last: FRIDAY });
    const deps = { ...forecasting(other), forecaster: engine.forecaster };
    expect(await forecastHousehold(deps, { householdId, date: FRIDAY })).toEqual({ made: 'no-consent' });
    expect(engine.state.asked).toBe(0);
    expect((await other.table.query({ table: 'energy', value: `H#${householdId}`, prefix: 'FC' })).items).toEqual([]);
  });
});

describe('the day held against its forecast', () => {
  /** Foreseen at 1,000 Wh an hour by seven even weeks, and then gone by `loadWh`. */
  const aDayOf = async (loadWh: (number | null)[]): Promise<void> => {
    await pastHours(world, { days: 49, last: FRIDAY, whOf: () => 1000 });
    engine.state.down = true;
    await run();
    await saturdayWas(loadWh);
    toRunOf(SATURDAY);
  };
  const saturdayWas = (loadWh: (number | null)[]) =>
    putHours(world.table, householdId, [{ date: SATURDAY, loadWh, importWh: loadWh, solarWh: Array(24).fill(null) }]);
  const HIGH = Array.from({ length: 24 }, (_, hour): number | null => (hour < 6 ? 1500 : 1000));

  test('is stored with the actual, and adds up the hours that are known', async () => {
    await aDayOf(HIGH.with(23, null));
    const { held } = await run(SATURDAY);
    expect(held).toEqual({
      hours: 23,
      actualWh: 26_000,
      expectedWh: 23_000,
      errorWh: 3000,
      naiveErrorWh: 3000,
      within: 17,
    });
    expect(await outcome(SATURDAY)).toEqual({ actualWh: HIGH.with(23, null), sums: held });
  });

  test('is held again by later runs when late readings change it, and only then', async () => {
    await aDayOf(HIGH);
    await run(SATURDAY);
    await run(SATURDAY);
    expect(await versionOf(`ACC#${SATURDAY}`)).toBe(1);
    await saturdayWas(HIGH.with(0, 1000));
    toRunOf('2026-11-24');
    await run('2026-11-24');
    expect((await outcome(SATURDAY))?.sums).toMatchObject({ actualWh: 26_500, errorWh: 2500 });
    expect(await versionOf(`ACC#${SATURDAY}`)).toBe(2);
  });

  test('of which nothing was known that night is held once its readings come', async () => {
    await aDayOf(Array(24).fill(null));
    expect(await run(SATURDAY)).not.toHaveProperty('held');
    expect(await outcome(SATURDAY)).toBeUndefined();
    await saturdayWas(HIGH);
    toRunOf('2026-11-23');
    await run('2026-11-23');
    expect((await outcome(SATURDAY))?.sums.hours).toBe(24);
  });

  test('whose readings were taken back says nothing any more', async () => {
    await aDayOf(HIGH);
    await run(SATURDAY);
    await saturdayWas(Array(24).fill(null));
    toRunOf('2026-11-23');
    await run('2026-11-23');
    expect((await outcome(SATURDAY))?.sums).toMatchObject({ hours: 0, actualWh: 0, errorWh: 0 });
  });

  test('that nobody foresaw is not held against anything', async () => {
    await pastHours(world, { days: 49, last: SATURDAY });
    toRunOf(SATURDAY);
    expect(await run(SATURDAY)).not.toHaveProperty('held');
    expect(await outcome(SATURDAY)).toBeUndefined();
  });
});
