import { addDays, dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { outdoorTemperatures, weatherOn } from '@hems/models/testing/weather';
import { expect, it } from 'vitest';
import { weatherContract } from '../contract/weather.contract.ts';
import { simulatedWeather } from './weather.ts';

weatherContract('simulated', async () => ({
  weather: simulatedWeather({ now: () => dayStart('2026-11-22') + 4 * HOUR_MS }),
  today: '2026-11-22',
  close: async () => undefined,
}));

it('is the weather that the simulated homes live under, and says that it is simulated', async () => {
  const [day] = await simulatedWeather({ now: () => 0 }).days('jeju', { from: '2026-08-05', to: '2026-08-05' });
  const minutes = outdoorTemperatures(weatherOn('2026-08-04'), weatherOn('2026-08-05'), weatherOn('2026-08-06'));
  const meanC = minutes.reduce((sum, celsius) => sum + celsius, 0) / minutes.length;
  expect(day).toEqual({ date: '2026-08-05', meanCdegc: Math.round(100 * meanC), kind: 'simulated' });
});

it('tells the hours of the day as clear as the sun is on the simulated roofs, and calls out its heat waves', async () => {
  const spell = Array.from({ length: 92 }, (_, i) => addDays('2026-06-20', i)).find((date) => weatherOn(date).spell);
  const clock = { now: () => dayStart(spell ?? '') + 10 * HOUR_MS };
  const [hour] = await simulatedWeather(clock).hours('seoul', { fromMs: clock.now(), toMs: clock.now() + HOUR_MS });
  expect(hour?.cloudPermille).toBe(Math.round(1000 * (1 - weatherOn(spell ?? '').clearness)));
  expect((await simulatedWeather(clock).alerts()).get('busan')).toEqual([{ kind: 'heat-wave', level: 'advisory' }]);
  const mild = simulatedWeather({ now: () => dayStart('2026-10-10') });
  expect((await mild.alerts()).get('busan')).toEqual([]);
});
