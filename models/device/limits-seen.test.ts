import { describe, expect, test } from 'vitest';
import { dayStart, HOUR_MS } from '../calendar/seoul.ts';
import { aHome } from '../testing/home.ts';
import { pointsOf } from '../testing/home-points.ts';
import { newHome, simulationOf, stepHome } from '../testing/live-home.ts';
import { batterySeen, chargerSeen, type BatterySeries } from './limits-seen.ts';

const HOME = aHome(102, { building: 'house', people: 5, solarKwp: 3, batteryWh: 6400 });
const START = dayStart('2026-11-02');

/** What the simulated battery of 6.4 kWh and 3 kW tells each quarter of an hour. */
const told = (hours: number): BatterySeries => {
  const simulation = simulationOf(HOME);
  let state = newHome(HOME, START);
  const points = Array.from({ length: hours * 4 }, (_, i) => {
    state = stepHome(simulation, state, START + ((i + 1) * HOUR_MS) / 4);
    const { quantities } = pointsOf(simulation, state).find(({ kind }) => kind === 'battery')!;
    return { ts: state.atMs, quantities };
  });
  const of = (name: 'soc_permille' | 'energy_import_wh' | 'energy_export_wh' | 'power_w') =>
    points.map(({ ts, quantities }) => ({ ts, value: quantities[name]! }));
  return {
    socPermille: of('soc_permille'),
    importWh: of('energy_import_wh'),
    exportWh: of('energy_export_wh'),
    powerW: of('power_w'),
  };
};

describe('a battery that was watched for a week', () => {
  const week = told(7 * 24);

  test('is known to two in a hundred of its capacity, and no stronger than it is', () => {
    const seen = batterySeen(week);
    expect(Math.abs((seen?.capacityWh ?? 0) - 6400)).toBeLessThan(128);
    expect(seen?.chargeW).toBeLessThanOrEqual(3000);
    expect(seen?.dischargeW).toBeLessThanOrEqual(3000);
    expect(Math.min(seen?.chargeW ?? 0, seen?.dischargeW ?? 0)).toBeGreaterThan(1000);
  });

  test('is known by the lowest charge it went to, which is what it keeps by itself', () => {
    const least = Math.min(...week.socPermille.map(({ value }) => value));
    expect(least).toBeGreaterThan(0);
    expect(Math.abs((batterySeen(week)?.leastPermille ?? 0) - least)).toBeLessThanOrEqual(5);
  });

  test('is taken for no stronger, and no emptier, by one value that its meter got wrong', () => {
    const slip = (values: typeof week.powerW, value: number) =>
      values.map((one, i) => (i === 200 ? { ...one, value } : one));
    for (const watts of [50_000, -50_000])
      for (const permille of [0, 1000]) {
        const seen = batterySeen({
          ...week,
          powerW: slip(week.powerW, watts),
          socPermille: slip(week.socPermille, permille),
        });
        expect(seen?.dischargeW).toBeLessThanOrEqual(3000);
        expect(seen?.chargeW).toBeLessThanOrEqual(3000);
        expect(seen?.leastPermille).toBeGreaterThan(90);
      }
  });

  test('whose registers were exchanged in the middle is known all the same', () => {
    const exchanged = week.importWh.map(({ ts, value }, i) => ({ ts, value: i < 300 ? value + 90_000 : value }));
    expect(batterySeen({ ...week, importWh: exchanged })?.capacityWh).toBeGreaterThan(6200);
  });
});

test('a battery that hardly moved, or said nothing, is not known', () => {
  expect(batterySeen(told(2))).toBeUndefined();
  expect(batterySeen({ socPermille: [], importWh: [], exportWh: [], powerW: [] })).toBeUndefined();
});

test('a battery that was only ever emptied cannot be ordered to charge', () => {
  const down = Array.from({ length: 12 }, (_, i) => i);
  const of = (value: (i: number) => number) => down.map((i) => ({ ts: START + i * HOUR_MS, value: value(i) }));
  const emptied = { socPermille: of((i) => 900 - 50 * i), importWh: of(() => 0), exportWh: of((i) => 300 * i) };
  expect(batterySeen({ ...emptied, powerW: of(() => 300) })).toBeUndefined();
});

test('a charger gives what it gave while a car took anything; one that never did is not known', () => {
  const powerW = [0, 0, 6900, 7000, 7000, 0].map((value, i) => ({ ts: START + i, value }));
  expect(chargerSeen(powerW)).toBe(7000);
  expect(chargerSeen([{ ts: START, value: 3 }])).toBeUndefined();
});
