import { addDays, DAY_MS, dayStart, type LocalDate } from '@hems/models/calendar/seoul';
import { provinceOf } from '@hems/models/household/region';
import { beforeEach, describe, expect, it } from 'vitest';
import { simulatedWeather } from '../adapters/embedded/weather.ts';
import { WeatherUnavailable, type Weather, type WeatherDay } from '../ports/weather.ts';
import { aWorld, type World } from '../testing/world.ts';
import { weatherDays } from './weather-days.ts';

const TODAY = '2026-11-22';
const MORNING = dayStart(TODAY) + 9 * 3_600_000;

/** A source that measures every past day but its gaps, forecasts three, and can be broken; it counts what it is asked. */
const aSource = (now: () => LocalDate) => {
  const asked: string[] = [];
  const gaps = new Set<LocalDate>();
  let broken = false;
  const weather: Pick<Weather, 'days'> = {
    days: async (province, { from, to }) => {
      asked.push(`${province} ${from} ${to}`);
      if (broken) throw new WeatherUnavailable('KMA refused with code 22: the requests of the day are used up');
      const days: WeatherDay[] = [];
      for (let date = from; date <= to && date <= addDays(now(), 3); date = addDays(date, 1))
        if (!gaps.has(date)) days.push({ date, meanCdegc: 500, kind: date < now() ? 'measured' : 'forecast' });
      return days;
    },
  };
  return { weather, asked, gaps, fail: (is: boolean) => void (broken = is) };
};

describe('the weather of a region', () => {
  let world: World;
  let source: ReturnType<typeof aSource>;
  let today: LocalDate;
  beforeEach(async () => {
    world = await aWorld();
    [today, source] = [TODAY, aSource(() => today)];
    world.clock.set(MORNING);
  });
  const ask = (from: LocalDate, to: LocalDate, region = '서울특별시 마포구') =>
    weatherDays({ table: world.table, clock: world.clock, weather: source.weather }, region, { from, to });
  const later = (days: number, hours = 0): void => {
    today = addDays(TODAY, days);
    world.clock.set(MORNING + days * DAY_MS + hours * 3_600_000);
  };

  it('is fetched once for a province: its other districts, and any later day, find it held', async () => {
    expect(await ask('2026-10-01', '2026-11-21')).toMatchObject({ lack: null });
    later(3);
    const { days } = await ask('2026-10-05', '2026-11-20', '서울 강남구');
    expect(days).toHaveLength(47);
    expect(days[0]).toEqual({ date: '2026-10-05', meanCdegc: 500, kind: 'measured' });
    expect(source.asked).toEqual(['seoul 2026-10-01 2026-11-21']);
  });

  it('asks only for the days between the first and the last that are lacking', async () => {
    await ask('2026-11-01', '2026-11-10');
    await ask('2026-10-30', '2026-11-12');
    await ask('2026-11-01', '2026-11-13');
    expect(source.asked.slice(1)).toEqual(['seoul 2026-10-30 2026-11-12', 'seoul 2026-11-13 2026-11-13']);
  });

  it('a forecast holds for six hours, and gives way to the measurement', async () => {
    expect((await ask(TODAY, TODAY)).days).toMatchObject([{ kind: 'forecast' }]);
    later(0, 5);
    await ask(TODAY, TODAY);
    expect(source.asked).toHaveLength(1);
    later(0, 7);
    await ask(TODAY, TODAY);
    later(1);
    expect((await ask(TODAY, TODAY)).days).toMatchObject([{ kind: 'measured' }]);
    later(9);
    await ask(TODAY, TODAY);
    expect(source.asked).toHaveLength(3);
  });

  it('while the source fails gives what is held, and the reason, and leaves the source alone for a quarter of an hour', async () => {
    await ask('2026-11-01', '2026-11-10');
    source.fail(true);
    const { days, lack } = await ask('2026-11-01', '2026-11-12');
    expect(days).toHaveLength(10);
    expect(lack).toMatchObject({ code: 'source-unavailable' });
    expect(lack?.detail).toContain('used up');
    source.fail(false);
    expect(await ask('2026-11-01', '2026-11-12')).toMatchObject({ lack: { code: 'source-unavailable' } });
    expect(source.asked).toHaveLength(2);
    world.clock.set(MORNING + 16 * 60_000);
    expect((await ask('2026-11-01', '2026-11-12')).days).toHaveLength(12);
  });

  it('a failure in one province does not rest the others', async () => {
    source.fail(true);
    await ask(TODAY, TODAY);
    source.fail(false);
    expect(await ask(TODAY, TODAY, '부산광역시 중구')).toMatchObject({ lack: null });
  });

  it('a day the station has not told is asked for again for a month, then no more', async () => {
    source.gaps.add('2026-11-20');
    const lacking = { lack: { code: 'not-known', detail: 'the source does not know 1 of 3 days of seoul' } };
    expect(await ask('2026-11-19', '2026-11-21')).toMatchObject(lacking);
    await ask('2026-11-19', '2026-11-21');
    expect(source.asked).toHaveLength(1);
    later(1);
    await ask('2026-11-19', '2026-11-21');
    expect(source.asked.at(-1)).toBe('seoul 2026-11-20 2026-11-20');
    later(40);
    await ask('2026-11-19', '2026-11-21');
    later(80);
    expect(await ask('2026-11-19', '2026-11-21')).toMatchObject(lacking);
    expect(source.asked).toHaveLength(3);
  });

  it('a forecast stands in for a day that was never measured', async () => {
    await ask(TODAY, TODAY);
    source.gaps.add(TODAY);
    later(2);
    expect(await ask(TODAY, TODAY)).toEqual({ days: [{ date: TODAY, meanCdegc: 500, kind: 'forecast' }], lack: null });
    await ask(TODAY, TODAY);
    expect(source.asked).toHaveLength(2);
    later(40);
    await ask(TODAY, TODAY);
    later(80);
    expect((await ask(TODAY, TODAY)).days).toMatchObject([{ kind: 'forecast' }]);
    expect(source.asked).toHaveLength(3);
  });

  it('a failure that is none of the source’s is not swallowed', async () => {
    const weather: Pick<Weather, 'days'> = { days: async () => Promise.reject(new TypeError('a defect')) };
    const asked = weatherDays({ ...world, weather }, '서울', { from: TODAY, to: TODAY });
    await expect(asked).rejects.toThrow('a defect');
  });

  it('of simulated homes is the simulated one', async () => {
    const deps = { table: world.table, clock: world.clock, weather: simulatedWeather(world.clock) };
    const range = { from: '2026-07-01', to: '2026-07-31' };
    const { days, lack } = await weatherDays(deps, '경기 성남시', range);
    expect([days.length, days[0]?.kind, lack]).toEqual([31, 'simulated', null]);
    expect((await weatherDays(deps, '경기도 수원시', range)).days).toEqual(days);
  });

  it('of a region that begins with no province is refused with the reason', async () => {
    expect(await ask(TODAY, TODAY, '중구')).toMatchObject({ days: [], lack: { code: 'region-unknown' } });
    expect(source.asked).toEqual([]);
  });
});

it.each([
  ['서울특별시 마포구', 'seoul'],
  ['세종특별자치시', 'sejong'],
  ['강원특별자치도 춘천시', 'gangwon'],
  ['강원도 춘천시', 'gangwon'],
  ['전라북도 전주시', 'jeonbuk'],
  ['전북특별자치도 전주시', 'jeonbuk'],
  ['경기도 광주시', 'gyeonggi'],
  ['광주광역시 남구', 'gwangju'],
  ['제주시', 'jeju'],
  ['Busan Haeundae-gu', 'busan'],
  ['seoul-mapo', 'seoul'],
  ['', undefined],
  ['부산진구', undefined],
  ['대구탕', undefined],
])('the region "%s" lies in %s', (region, province) => {
  expect(provinceOf(region)).toBe(province);
});
