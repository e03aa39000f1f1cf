import { isUsable, qualityOfUses } from '@hems/models/baseline/baseline';
import { asNumber } from '@hems/models/baseline/exact-wh';
import { fitWeather, WEATHER_REGRESSION, weatherBaseline, type WeatherDay } from '@hems/models/baseline/regression';
import { addDays, dayNumber, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { carbonOf } from '@hems/models/carbon/carbon';
import { gridUse } from '@hems/models/day/day-use';
import type { WeatherSaving } from '@hems/shared/api/days';
import type { Clock } from '../ports/clock.ts';
import type { Table } from '../ports/table.ts';
import type { Weather } from '../ports/weather.ts';
import { Refused } from './refusal.ts';
import { readDays } from './stores/days.ts';
import { readProfile, type Profile } from './stores/households.ts';
import { weatherDays } from './weather-days.ts';

type Deps = { readonly table: Table; readonly clock: Clock; readonly weather: Pick<Weather, 'days'> };
type Asked = { readonly householdId: string; readonly from: LocalDate; readonly to: LocalDate };

const YEAR_DAYS = 365;
const MAX_DAYS = 400;

const checkRange = ({ from, to }: Asked, today: LocalDate): void => {
  const days = dayNumber(to) - dayNumber(from) + 1;
  if (days < 1) throw new Refused('invalid', `from (${from}) is after to (${to})`);
  if (days > MAX_DAYS) throw new Refused('invalid', `${days} days: at most ${MAX_DAYS}; ask for less`);
  if (to >= today) throw new Refused('invalid', `${to} is not over; ask for days before today`);
};

const refused = (code: string, detail: string): WeatherSaving => ({
  status: 'refused',
  method: WEATHER_REGRESSION.id,
  version: WEATHER_REGRESSION.version,
  code,
  detail,
});

/** Every day from the year before the range to its end, with its grid use and temperature where they are known. */
const daysWithWeather = async (
  deps: Deps,
  { householdId, origin }: Profile,
  { from, to, region }: { from: LocalDate; to: LocalDate; region: string },
): Promise<{ days: WeatherDay[]; lack: string | undefined }> => {
  const [items, told] = await Promise.all([
    readDays(deps.table, householdId, [from, to]),
    weatherDays(deps, region, { from, to }),
  ]);
  const uses = new Map(items.map((day) => [day.date, gridUse(day, origin !== undefined)]));
  const temperatures = new Map(told.days.map(({ date, meanCdegc }) => [date, meanCdegc]));
  const dates = Array.from({ length: dayNumber(to) - dayNumber(from) + 1 }, (_, i) => addDays(from, i));
  const days = dates.map((date) => ({ date, use: uses.get(date), meanCdegc: temperatures.get(date) }));
  return { days, lack: told.lack?.detail };
};

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** What the days of a range saved against a model of the home's own year before it, weather by weather (korea.md 3.2). */
export const readWeatherSaving = async (deps: Deps, asked: Asked): Promise<WeatherSaving> => {
  checkRange(asked, localDate(deps.clock.now()));
  const profile = await readProfile(deps.table, asked.householdId);
  if (!profile) throw new Refused('not-found', 'this household does not exist any more');
  const { region } = profile;
  if (region === undefined) return refused('region-unknown', 'the household has not said in which district it lies');
  const wanted = { from: addDays(asked.from, -YEAR_DAYS), to: asked.to, region };
  const { days, lack } = await daysWithWeather(deps, profile, wanted);

  const model = fitWeather(days.slice(0, YEAR_DAYS));
  if ('status' in model) return refused(model.code, lack === undefined ? model.detail : `${model.detail}; ${lack}`);
  const range = days.slice(YEAR_DAYS);
  const known = range.flatMap(({ use, meanCdegc, date }) =>
    isUsable(use) && meanCdegc !== undefined ? [{ use, meanCdegc, date }] : [],
  );
  if (known.length === 0)
    return refused('missing-use', `no day from ${asked.from} to ${asked.to} is known with its temperature`);

  const baseline = weatherBaseline(
    model,
    known.map(({ meanCdegc }) => meanCdegc),
  );
  const expectedWh = Math.round(asNumber(baseline.expected));
  const actualWh = sum(known.map(({ use }) => use.wh));
  const savedWh = expectedWh - actualWh;
  const inC = (cdegc: number | null): number | null => (cdegc === null ? null : cdegc / 100);
  return {
    status: 'saved',
    method: baseline.method,
    version: baseline.version,
    expectedWh,
    interval: baseline.interval,
    actualWh,
    savedWh,
    savedCo2G: carbonOf(savedWh, asked.to).grams,
    days: known.length,
    leftOut: range.length - known.length,
    quality: qualityOfUses([...known.map(({ use }) => use), { wh: 0, quality: baseline.quality }]),
    model: {
      days: model.days,
      adjustedR2: model.adjustedR2,
      cvRmsePercent: model.cvRmsePercent,
      heatBalanceC: inC(model.heatBalanceCdegc),
      coolBalanceC: inC(model.coolBalanceCdegc),
    },
  };
};
