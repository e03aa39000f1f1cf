import { expect, test } from 'vitest';
import { addDays, type LocalDate } from '../calendar/seoul.ts';
import { solarPower } from './solar.ts';
import { outdoorTemperatures, weatherOn, type DayWeather } from './weather.ts';

const daysOf = (from: LocalDate, count: number): [LocalDate, DayWeather][] =>
  Array.from({ length: count }, (_, index) => addDays(from, index)).map((date) => [date, weatherOn(date)]);
const TEN_YEARS = daysOf('2020-01-01', 3653);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const ofMonth = (month: string): DayWeather[] =>
  TEN_YEARS.filter(([date]) => date.slice(5, 7) === month).map(([, day]) => day);

test('ten years of it have the mean temperatures of Seoul: −2.0 °C in January, 26.1 °C in August', () => {
  const meanC = (month: string): number => mean(ofMonth(month).map(({ minC, maxC }) => (minC + maxC) / 2));
  expect(Math.abs(meanC('01') - -2.0)).toBeLessThan(1.5);
  expect(Math.abs(meanC('04') - 12.6)).toBeLessThan(1.2);
  expect(Math.abs(meanC('08') - 26.1)).toBeLessThan(1.8);
  expect(Math.abs(meanC('10') - 15.0)).toBeLessThan(1.2);
});

test('every summer has heat waves of 33 °C and more, every winter mornings of −12 °C and less, and no other day is as extreme', () => {
  for (let year = 2020; year < 2029; year++) {
    const own = TEN_YEARS.filter(([date]) => date.startsWith(`${year}`)).map(([, day]) => day);
    expect(own.filter(({ spell }) => spell === 'heat-wave').length).toBeGreaterThanOrEqual(10);
    expect(own.filter(({ spell }) => spell === 'cold-wave').length).toBeGreaterThanOrEqual(3);
  }
  for (const [, day] of TEN_YEARS) {
    expect(day.maxC >= 33).toBe(day.spell === 'heat-wave');
    expect(day.minC <= -12).toBe(day.spell === 'cold-wave');
    expect(day.minC).toBeLessThan(day.maxC);
  }
});

test('the temperature of a day ends where the next day begins, with its extremes at dawn and in the afternoon', () => {
  const [a, b, c, d] = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'].map(weatherOn) as [
    DayWeather,
    DayWeather,
    DayWeather,
    DayWeather,
  ];
  const [second, third] = [outdoorTemperatures(a, b, c), outdoorTemperatures(b, c, d)];
  expect(Math.abs(second.at(-1)! - third[0]!)).toBeLessThan(0.05);
  expect(second[360]).toBeCloseTo(b.minC);
  expect(second[900]).toBeCloseTo(b.maxC);
});

test('a roof of 3 kWp yields about 3.5 full hours a day over a year, nothing at night and never more than its size', () => {
  const year = daysOf('2025-01-01', 365).map(([date, { clearness }]) => solarPower(date, { kwp: 3, clearness }));
  const fullHours = mean(year.map((watts) => watts.reduce((sum, w) => sum + w, 0) / 60 / 3000));
  expect(fullHours).toBeGreaterThan(3.2);
  expect(fullHours).toBeLessThan(3.8);
  for (const watts of year) {
    expect(watts.slice(0, 280).every((w) => w === 0)).toBe(true);
    expect(Math.max(...watts)).toBeLessThanOrEqual(3000);
  }
});
