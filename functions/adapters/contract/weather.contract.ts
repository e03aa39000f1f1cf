import { addDays, dayStart, HOUR_MS, type LocalDate } from '@hems/models/calendar/seoul';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROVINCES } from '@hems/models/household/region';
import type { Weather, WeatherDay } from '../../ports/weather.ts';

export type WeatherUnderTest = {
  readonly weather: Weather;
  /** the day it is for the source; it knows the 1,500 days before */
  readonly today: LocalDate;
  close(): Promise<void>;
};

/** What every `Weather` promises; see `ports/weather.ts`. */
export const weatherContract = (name: string, make: () => Promise<WeatherUnderTest>): void => {
  describe(`Weather: ${name}`, () => {
    let source: WeatherUnderTest;
    beforeAll(async () => {
      source = await make();
    });
    afterAll(() => source.close());

    const ask = (fromDays: number, toDays: number): Promise<WeatherDay[]> =>
      source.weather.days('seoul', { from: addDays(source.today, fromDays), to: addDays(source.today, toDays) });
    const datesOf = (days: readonly WeatherDay[]): LocalDate[] => days.map(({ date }) => date);
    const datesBack = (fromDays: number, toDays: number): LocalDate[] =>
      Array.from({ length: toDays - fromDays + 1 }, (_, i) => addDays(source.today, fromDays + i));

    it('gives each past day once, ascending, both ends included', async () => {
      expect(datesOf(await ask(-10, -2))).toEqual(datesBack(-10, -2));
      expect(datesOf(await ask(-5, -5))).toEqual(datesBack(-5, -5));
    });

    it('gives four years in one answer', async () => {
      expect(datesOf(await ask(-1500, -2))).toEqual(datesBack(-1500, -2));
    });

    it('gives whole hundredths of a degree that a Korean day can have', async () => {
      for (const { meanCdegc } of await ask(-400, -2)) {
        expect(Number.isInteger(meanCdegc)).toBe(true);
        expect(Math.abs(meanCdegc - 1200)).toBeLessThan(4000);
      }
    });

    it('says the same of a past day on each asking, and never calls it a forecast', async () => {
      const [once, again] = [await ask(-30, -2), await ask(-30, -2)];
      expect(again).toEqual(once);
      expect(once.filter(({ kind }) => kind === 'forecast')).toEqual([]);
    });

    it('gives coming days in order after the past ones, and no day that was not asked for', async () => {
      const dates = datesOf(await ask(-2, 2));
      expect(dates).toEqual(dates.toSorted());
      expect(new Set(dates).size).toBe(dates.length);
      expect(datesBack(-2, 2)).toEqual(expect.arrayContaining(dates));
      expect(dates).toContain(addDays(source.today, 1));
    });

    it('gives nothing of a range that ends before it begins', async () => {
      expect(await ask(-2, -5)).toEqual([]);
    });

    it('gives coming hours of a day and a half at least, full hours, each once, that follow each other', async () => {
      const fromMs = dayStart(source.today) + 6 * HOUR_MS;
      const hours = await source.weather.hours('seoul', { fromMs, toMs: fromMs + 36 * HOUR_MS });
      expect(hours.map(({ startMs }) => startMs)).toEqual(Array.from({ length: 36 }, (_, i) => fromMs + i * HOUR_MS));
      for (const { temperatureCdegc, cloudPermille } of hours) {
        expect(Math.abs(temperatureCdegc - 1200)).toBeLessThan(4000);
        expect(cloudPermille).toBeGreaterThanOrEqual(0);
        expect(cloudPermille).toBeLessThanOrEqual(1000);
      }
    });

    it('gives no hour beyond what can be forecast, and none of a range that ends before it begins', async () => {
      const startMs = dayStart(source.today);
      expect(
        await source.weather.hours('seoul', { fromMs: startMs + 240 * HOUR_MS, toMs: startMs + 264 * HOUR_MS }),
      ).toEqual([]);
      expect(
        await source.weather.hours('seoul', { fromMs: startMs + 20 * HOUR_MS, toMs: startMs + 8 * HOUR_MS }),
      ).toEqual([]);
    });

    it('says of every province whether a heat or cold wave is called out', async () => {
      const alerts = await source.weather.alerts();
      expect([...alerts.keys()].toSorted()).toEqual([...PROVINCES].toSorted());
    });

    it('knows a place in each of the 17 provinces', async () => {
      for (const province of PROVINCES) {
        const from = addDays(source.today, -3);
        expect(await source.weather.days(province, { from, to: from }), province).toHaveLength(1);
      }
    });
  });
};
