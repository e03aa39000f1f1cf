import { addDays, type LocalDate } from '../calendar/seoul.ts';
import { noBaseline, type Baseline, type Method, type NoBaseline, type Use } from './baseline.ts';
import { TEN_OF_TEN, type SimilarDayMethod } from './methods.ts';
import { fitWeather, WEATHER_REGRESSION, weatherBaseline } from './regression.ts';
import { similarDayBaseline, type SimilarDayCase } from './similar-days.ts';
import { weatherScaledBaseline, type HomeWeather, type WeatherScaledMethod } from './weather-scaled.ts';

/** A method as the scorecard asks it: for one window of one day, from what was known before. */
export type TestedMethod = Method & {
  readonly name: string;
  /** says which hours before an event are needed */
  readonly looksAt: Pick<SimilarDayMethod, 'sameDay'>;
  readonly baseline: (event: SimilarDayCase, weather: () => HomeWeather | NoBaseline) => Baseline | NoBaseline;
};
/** The home's regression as of a date, from the year before it. */
export type WeatherBefore = (date: LocalDate) => HomeWeather | NoBaseline;

export const similarDays = (method: SimilarDayMethod): TestedMethod => ({
  ...method,
  looksAt: method,
  baseline: (event) => similarDayBaseline(method, event),
});

/** A method that needs the weather, refused in its own name where there is none. */
const withWeather = (
  method: Method & { readonly name: string },
  baseline: (event: SimilarDayCase, weather: HomeWeather) => Baseline | NoBaseline,
): TestedMethod => ({
  ...method,
  looksAt: {},
  baseline: (event, weather) => {
    const known = weather();
    return 'status' in known ? noBaseline(method, known.code, known.detail) : baseline(event, known);
  },
});

export const scaledByWeather = (method: WeatherScaledMethod): TestedMethod =>
  withWeather(method, (event, weather) => weatherScaledBaseline(method, event, weather));

/** The regression for one day. */
export const DAILY_REGRESSION: TestedMethod = withWeather(
  { ...WEATHER_REGRESSION, name: 'Weather regression, daily' },
  ({ eventDate }, { model, meanCdegc }) => {
    const temperature = meanCdegc(eventDate);
    return temperature === undefined
      ? noBaseline(WEATHER_REGRESSION, 'no-temperature', 'the temperature of the day is not known')
      : weatherBaseline(model, [temperature]);
  },
);

export const TEN_OF_TEN_WEATHER: WeatherScaledMethod = {
  id: 'ten-of-ten-weather',
  version: 1,
  name: '10-of-10, scaled by the weather regression',
  of: TEN_OF_TEN,
};

const YEAR_DAYS = 365;

/** The regression of a home as of each date, fitted once per date to the year before it. */
export const weatherBefore = (
  use: ReadonlyMap<LocalDate, Use>,
  meanCdegc: ReadonlyMap<LocalDate, number>,
): WeatherBefore => {
  const fitted = new Map<LocalDate, HomeWeather | NoBaseline>();
  const fit = (date: LocalDate): HomeWeather | NoBaseline => {
    if (meanCdegc.size === 0)
      return noBaseline(WEATHER_REGRESSION, 'no-temperature', 'no temperature was recorded with this home');
    const year = Array.from({ length: YEAR_DAYS }, (_, i) => addDays(date, i - YEAR_DAYS));
    const model = fitWeather(year.map((day) => ({ date: day, use: use.get(day), meanCdegc: meanCdegc.get(day) })));
    return 'status' in model ? model : { model, meanCdegc: (day) => meanCdegc.get(day) };
  };
  return (date) => {
    const known = fitted.get(date) ?? fit(date);
    fitted.set(date, known);
    return known;
  };
};
