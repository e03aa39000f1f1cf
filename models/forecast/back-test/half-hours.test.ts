import { expect, test } from 'vitest';
import { forecastHalfHours } from './half-hours.ts';

const FEW = { seeds: [1, 2], trees: 10 };
const DAYS = 60;
const length = DAYS * 48;
const home = {
  watts: Float64Array.from({ length }, (_, i) => 300 + (i % 48 > 36 ? 900 : 0) + 100 * Math.sin(i * 12.9898)),
  slot: Uint8Array.from({ length }, (_, i) => i % 48),
  weekend: Uint8Array.from({ length }, (_, i) => (Math.floor(i / 48) % 7 >= 5 ? 1 : 0)),
};
const window = { from: (DAYS - 2) * 48, to: DAYS * 48 };

test('the evening of a home is foreseen, and nothing of the days asked for is looked at', () => {
  const forecast = forecastHalfHours(home, { horizon: 'dayAhead', ...window }, FEW);
  expect(forecast[40]!).toBeGreaterThan(2 * forecast[10]!);
  // what comes after a day's midnight cannot change its forecast
  const changed = { ...home, watts: home.watts.map((watts, i) => (i >= window.from + 48 ? watts * 3 : watts)) };
  expect(forecastHalfHours(changed, { horizon: 'dayAhead', ...window }, FEW)).toEqual(forecast);
});

test('a step ahead looks at the half-hour before, and at none after', () => {
  const changed = { ...home, watts: home.watts.map((watts, i) => (i >= window.from + 5 ? watts + 500 : watts)) };
  const [own, other] = [home, changed].map((one) => forecastHalfHours(one, { horizon: 'oneStep', ...window }, FEW));
  expect(other!.subarray(0, 6)).toEqual(own!.subarray(0, 6));
  expect(other![6]).not.toBe(own![6]);
});
