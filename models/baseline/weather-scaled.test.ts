import { expect, test } from 'vitest';
import { addDays, type LocalDate } from '../calendar/seoul.ts';
import type { Use } from './baseline.ts';
import { asNumber } from './exact-wh.ts';
import type { WeatherModel } from './regression.ts';
import { TEN_OF_TEN_WEATHER } from './tested-method.ts';
import { weatherScaledBaseline, type HomeWeather } from './weather-scaled.ts';

/** 8 kWh a day, and 1 kWh for each degree above 20 °C. */
const model: WeatherModel = {
  baseWh: 8000,
  heatWhPerDegree: 0,
  heatBalanceCdegc: null,
  coolWhPerDegree: 1000,
  coolBalanceCdegc: 2000,
  days: 365,
  adjustedR2: 0.8,
  cvRmsePercent: 20,
  rmseWh: 1800,
  quality: 'good',
};
const EVENT = '2026-07-10';
const event = {
  eventDate: EVENT,
  earlierEventDates: new Set<LocalDate>(),
  calendar: () => 'weekday' as const,
  history: new Map(
    Array.from({ length: 20 }, (_, i): [LocalDate, Use] => [
      addDays(EVENT, -1 - i),
      { wh: i % 2 ? 450 : 550, quality: 'good' },
    ]),
  ),
};
const weather = (celsius: (date: LocalDate) => number | undefined): HomeWeather => ({
  model,
  meanCdegc: (date) => {
    const known = celsius(date);
    return known === undefined ? undefined : 100 * known;
  },
});
const answer = (celsius: (date: LocalDate) => number | undefined) =>
  weatherScaledBaseline(TEN_OF_TEN_WEATHER, event, weather(celsius));

test('an evening of 28 °C after ten days of 24 °C is expected to need 16 kWh for their 12', () => {
  const hot = answer((date) => (date === EVENT ? 28 : 24));
  if (hot.status === 'refused') throw new Error(hot.detail);
  expect(asNumber(hot.expected)).toBeCloseTo((500 * 16) / 12, 9);
  expect(hot).toMatchObject({ method: 'ten-of-ten-weather', version: 1, quality: 'good' });
  expect(hot.evidence).toHaveLength(10);
  const alike = answer(() => 24);
  if (alike.status === 'refused') throw new Error(alike.detail);
  expect(asNumber(alike.expected)).toBe(500);
  const width = ({ interval }: typeof alike): number => interval!.highWh - interval!.lowWh;
  expect(width(hot) / width(alike)).toBeCloseTo(16 / 12, 1);
});

test('without the temperature of the day, or of a day it rests on, it is refused and says how many are missing', () => {
  expect(answer((date) => (date === EVENT ? undefined : 24))).toMatchObject({
    status: 'refused',
    method: 'ten-of-ten-weather',
    code: 'no-temperature',
    detail: 'the temperature of 1 of 11 days is not known',
  });
  expect(answer((date) => (date === '2026-07-05' ? undefined : 24))).toMatchObject({ code: 'no-temperature' });
  expect(answer((date) => (date === '2026-06-20' ? undefined : 24))).toMatchObject({ status: 'baseline' });
});

test('a refusal of the similar days is told in its own name', () => {
  const none = weatherScaledBaseline(
    TEN_OF_TEN_WEATHER,
    { ...event, history: new Map() },
    weather(() => 24),
  );
  expect(none).toMatchObject({ method: 'ten-of-ten-weather', code: 'insufficient-history' });
});
