import { outdoorTemperatures, weatherOn } from '@hems/models/testing/weather';
import { expect, it } from 'vitest';
import { weatherContract } from '../contract/weather.contract.ts';
import { simulatedWeather } from './weather.ts';

weatherContract('simulated', async () => ({
  weather: simulatedWeather(),
  today: '2026-11-22',
  close: async () => undefined,
}));

it('is the weather that the simulated homes live under, and says that it is simulated', async () => {
  const [day] = await simulatedWeather().days('jeju', { from: '2026-08-05', to: '2026-08-05' });
  const minutes = outdoorTemperatures(weatherOn('2026-08-04'), weatherOn('2026-08-05'), weatherOn('2026-08-06'));
  const meanC = minutes.reduce((sum, celsius) => sum + celsius, 0) / minutes.length;
  expect(day).toEqual({ date: '2026-08-05', meanCdegc: Math.round(100 * meanC), kind: 'simulated' });
});
