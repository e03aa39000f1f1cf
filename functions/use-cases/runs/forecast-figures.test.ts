import { expect, test } from 'vitest';
import { forecastFigures } from './forecast-figures.ts';
import { tallyOfForecast } from './tallies.ts';
import { addTallies, written } from './tally.ts';

const held = (over: object = {}) => ({
  hours: 24,
  actualWh: 10_000,
  expectedWh: 9000,
  errorWh: 4000,
  naiveErrorWh: 5000,
  within: 19,
  ...over,
});

/** So many times six homes, of which two had a forecast and three got one. */
const of = (times: number) =>
  addTallies(
    Array.from({ length: times }, () => [
      tallyOfForecast({ made: 'forecast', held: held() }),
      tallyOfForecast({ made: 'forecast', held: held({ actualWh: 30_000, errorWh: 8000, within: 20 }) }),
      tallyOfForecast({ made: 'usual' }),
      tallyOfForecast({ made: 'forecast' }),
      tallyOfForecast({ made: 'no-consent' }),
      tallyOfForecast({ made: 'collecting' }),
    ]).flat(),
  );

test('a day’s forecasts are told over all homes: right by use, in range by hours, and how many no engine made', () => {
  const day = of(10);
  expect(day.foreseen).toMatchObject({ households: 20, hours: 480 });
  expect(forecastFigures(day)).toEqual({ accuracy: 70, naiveAccuracy: 75, within80: 81.3, usualShare: 25 });
});

test('a day for which fewer than 20 homes had a forecast has no accuracy, and one of which fewer were forecast no share', () => {
  expect(forecastFigures(of(9))).toEqual({ usualShare: 25 });
  expect(forecastFigures(of(5))).toEqual({ usualShare: 25 });
  expect(forecastFigures(of(4))).toEqual({});
});

test('a day of which nothing was foreseen, and on which none was made, has no figures', () => {
  expect(forecastFigures(tallyOfForecast({ made: 'no-consent' }))).toEqual({});
});

test('a home that another attempt visits again counts once: what was made stays counted, what was held is held again', () => {
  const first = written(tallyOfForecast({ made: 'forecast', held: held() }));
  const both = addTallies([first, tallyOfForecast({ made: 'unchanged', held: held() })]);
  expect(both.forecasts).toEqual({ forecast: 1, unchanged: 1 });
  expect(both.foreseen).toMatchObject({ households: 1, hours: 24 });
});
