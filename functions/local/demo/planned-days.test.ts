import { beforeAll, describe, expect, test } from 'vitest';
import { aHome } from '@hems/models/testing/home';
import { livePlannedDays, wearOfCourse, wonOfCourse, type PlannedCourse } from '../testing/planned-days.ts';

/** The demo house with solar and battery as a heat pump warms it: time of use is for such homes (korea.md 1.10). */
const HOME = aHome(102, {
  building: 'house',
  people: 5,
  areaM2: 120,
  heating: 'heat-pump',
  solarKwp: 3,
  batteryWh: 6400,
  evW: 0,
  plugs: ['refrigerator'],
  thermostat: true,
  airSensor: true,
});
const DAYS = { home: HOME, from: '2026-12-02', days: 7, reservePermille: 100, foresight: false } as const;

let alone: PlannedCourse;
let planned: PlannedCourse;
beforeAll(async () => {
  alone = await livePlannedDays({ ...DAYS, isOn: false });
  planned = await livePlannedDays({ ...DAYS, isOn: true });
}, 60_000);

describe('a week of a simulated home by time of use', () => {
  test('cost less with the plan than with a battery that runs by itself, by the tariff engine', () => {
    expect(wonOfCourse(planned)).toBeLessThan(wonOfCourse(alone));
    // with what the cells wear, a gain is not established (ADR 0024); a plan costs at most a hundredth more than none
    const withWear = (course: PlannedCourse): number => wonOfCourse(course) + wearOfCourse(course);
    expect(withWear(planned)).toBeLessThan(1.01 * withWear(alone));
    expect(planned.bandWh.peak).toBeLessThan(alone.bandWh.peak * 0.6);
    // what is left in the cells at the end does not make the difference
    expect(Math.abs(planned.storedAtEndWh - alone.storedAtEndWh)).toBeLessThan(640);
  });

  test('are planned in every half hour, within the limits of the battery and of the house connection', () => {
    expect(planned.plans).toBe(7 * 48);
    expect(planned.planned).toEqual(new Set(['planned']));
    expect(planned.refused).toBe(0);
    expect(planned.mostGridW).toBeLessThan(11_000);
    expect(planned.mostStoredWh).toBeLessThan(6410);
  });

  test('stay quiet: few changes of mode a day, and orders far below what wears a battery', () => {
    expect(planned.mostChangesADay).toBeLessThanOrEqual(8);
    expect(planned.mostOrdersADay).toBeLessThanOrEqual(16);
  });
});

test('a reserve of three tenths stays in the cells, but for what a home draws in a surge before the next plan', async () => {
  const kept = await livePlannedDays({ ...DAYS, days: 1, isOn: true, reservePermille: 300 });
  // it begins below, charges, and from then on
  expect(kept.leastWithReserveWh).toBeGreaterThan(0.3 * 6400 - 128);
}, 30_000);
