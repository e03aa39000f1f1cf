import { addDays, dayNumber } from '@hems/models/calendar/seoul';
import { meanCdegcOn } from '@hems/models/testing/weather';
import type { Weather } from '../../ports/weather.ts';

/** The climate under which the simulated homes live, for any date; the same over all provinces. */
export const simulatedWeather = (): Weather => ({
  days: async (_, { from, to }) =>
    Array.from({ length: Math.max(0, dayNumber(to) - dayNumber(from) + 1) }, (_day, i) => {
      const date = addDays(from, i);
      return { date, meanCdegc: meanCdegcOn(date), kind: 'simulated' };
    }),
});
