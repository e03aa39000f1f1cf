import { addDays, dayNumber, dayStart, HOUR_MS, localDate } from '@hems/models/calendar/seoul';
import { PROVINCES } from '@hems/models/household/region';
import { hourlyCdegcOn, meanCdegcOn, weatherOn } from '@hems/models/testing/weather';
import type { Clock } from '../../ports/clock.ts';
import type { Weather, WeatherAlert, WeatherHour } from '../../ports/weather.ts';

const DAYS_AHEAD = 3;

const hoursOn = (date: string): WeatherHour[] => {
  const cloudPermille = Math.round(1000 * (1 - weatherOn(date).clearness));
  return hourlyCdegcOn(date).map((temperatureCdegc, hour) => ({
    startMs: dayStart(date) + hour * HOUR_MS,
    temperatureCdegc,
    cloudPermille,
    kind: 'simulated',
  }));
};

const alertOf = (date: string): WeatherAlert[] => {
  const { spell } = weatherOn(date);
  return spell ? [{ kind: spell, level: 'advisory' }] : [];
};

/** The climate under which the simulated homes live, the same over all provinces. Its forecast comes true, and its past is known. */
export const simulatedWeather = (clock: Clock): Weather => ({
  days: async (_, { from, to }) =>
    Array.from({ length: Math.max(0, dayNumber(to) - dayNumber(from) + 1) }, (_day, i) => {
      const date = addDays(from, i);
      return { date, meanCdegc: meanCdegcOn(date), kind: 'simulated' };
    }),
  hours: async (_, { fromMs, toMs }) => {
    const first = localDate(fromMs);
    const last = Math.min(toMs - 1, dayStart(addDays(localDate(clock.now()), DAYS_AHEAD)) - 1);
    const dates = Array.from({ length: dayNumber(localDate(last)) - dayNumber(first) + 1 }, (_day, i) =>
      addDays(first, i),
    );
    return dates.flatMap(hoursOn).filter(({ startMs }) => startMs >= fromMs && startMs <= last);
  },
  alerts: async () => {
    const own = alertOf(localDate(clock.now()));
    return new Map(PROVINCES.map((province) => [province, own]));
  },
});
