import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOURS } from './series.ts';
import { solarHours } from './solar-hours.ts';
import { solarAhead } from './solar.ts';
import { clearSkyOfHour, throughCloud } from './sun.ts';
import { uniformAt } from '../testing/random.ts';
import { HOUR_MS, dayStart } from '../calendar/seoul.ts';

const SEOUL = { latitude: 37.57, longitude: 126.98 };
const FIRST = '2026-04-01';
const DAYS = 60;
/** Cloud that is another every day, and 4 % of the irradiance as generation, as a roof to the south-east has it. */
const cloudOf = (at: number): number => Math.round(1000 * uniformAt(7, Math.floor(at / HOURS)));
const roofOf = (at: number): number => 4 * (at % HOURS < 12 ? 1.2 : 0.7);
const sunOf = (at: number): number => clearSkyOfHour(dayStart(FIRST) + at * HOUR_MS, SEOUL) * throughCloud(cloudOf(at));
const all = Array.from({ length: (DAYS + 2) * HOURS }, (_, at) => Math.round(roofOf(at) * sunOf(at)));
const cloud = all.map((_, at) => cloudOf(at));

const request = (now: number, weather: boolean) => ({
  firstDate: FIRST,
  wh: all.slice(0, now).map(() => 300),
  pvWh: all.slice(0, now),
  ...(weather ? { place: SEOUL, cloudPermille: cloud } : {}),
});
const errorOf = (now: number, weather: boolean): number =>
  solarHours(request(now, weather))!.reduce((sum, { meanWh }, i) => sum + Math.abs(meanWh - all[now + i]!), 0);

describe('generation of a roof under changing clouds', () => {
  test('is foreseen to a tenth where the clouds are, and no better than its own past allows where they are not', () => {
    const total = all.slice(DAYS * HOURS, (DAYS + 2) * HOURS).reduce((sum, wh) => sum + wh, 0);
    expect(errorOf(DAYS * HOURS, true)).toBeLessThan(0.1 * total);
    expect(errorOf(DAYS * HOURS, false)).toBeGreaterThan(2 * errorOf(DAYS * HOURS, true));
  });

  test('takes the hours as they come: the first is the one that is not read, the last ends the day after', () => {
    const hours = solarHours(request(DAYS * HOURS + 9, false))!;
    expect(hours).toHaveLength(HOURS - 9 + HOURS);
    expect(hours[0]!.ts).toBe(dayStart(FIRST) + (DAYS * HOURS + 9) * HOUR_MS);
  });

  test('is nothing at night, for certain', () => {
    const dark = solarHours(request(DAYS * HOURS, true))!.filter(({ ts }) => clearSkyOfHour(ts, SEOUL) === 0);
    expect(dark.length).toBeGreaterThan(12);
    expect(new Set(dark.map(({ p90Wh }) => p90Wh))).toEqual(new Set([0]));
  });

  test('without an hour of cloud to learn from falls back on its own days, byte for byte', () => {
    const ahead = {
      ...request(DAYS * HOURS, true),
      cloudPermille: cloud.map((one, at) => (at < DAYS * HOURS ? null : one)),
    };
    expect(solarHours(ahead)).toEqual(solarHours(request(DAYS * HOURS, false)));
  });
});

describe('the hours just before', () => {
  const noon = DAYS * HOURS + 12;
  const dull = all.map((wh, at) => (at >= noon - 2 && at < noon ? Math.round(wh / 4) : wh));
  const lift = (ahead: number): number => {
    const [usual, told] = [all, dull].map((pvWh) => solarHours({ ...request(noon, true), pvWh: pvWh.slice(0, noon) })!);
    return told![ahead]!.meanWh / usual![ahead]!.meanWh;
  };
  test('that were dull make the afternoon dull, less and less', () => {
    expect(lift(0)).toBeLessThan(0.5);
    expect(lift(5)).toBeGreaterThan(lift(0));
  });
  test('say nothing of tomorrow where its clouds are known', () => {
    expect(lift(HOURS)).toBeCloseTo(1, 1);
  });
});

describe('a home of which little is known', () => {
  test('without generation has none foreseen', () => {
    expect(solarHours({ firstDate: FIRST, wh: all })).toBeNull();
  });
  test('with 23 hours of it neither', () => {
    expect(solarHours(request(23, true))).toBeNull();
  });
  test('with one day is told a range from nothing to what that day gave', () => {
    const noon = solarHours(request(HOURS, false))![12]!;
    expect(noon.p10Wh).toBe(0);
    expect(noon.p90Wh).toBe(all[12]);
  });
});

const hour = fc.oneof(fc.integer({ min: 0, max: 6000 }), fc.constant(NaN), fc.constant(0), fc.constant(900_000));

test('whatever was read, generation is finite, in order and not below 0, and what comes later changes nothing', () => {
  fc.assert(
    fc.property(
      fc.array(hour, { minLength: HOURS, maxLength: HOURS * 40, size: 'max' }),
      fc.array(fc.oneof(fc.constant(NaN), fc.double({ min: 0, max: 1000, noNaN: true })), { maxLength: HOURS * 42 }),
      (values, sun) => {
        const now = values.length;
        const wh = Float64Array.from(values);
        const irradiance = new Float64Array(now + 2 * HOURS).fill(NaN);
        irradiance.set(sun.slice(0, irradiance.length));
        const ahead = solarAhead({ wh, irradiance, now });
        for (const { meanWh, p10Wh, p90Wh } of ahead ?? []) {
          expect([p10Wh, meanWh, p90Wh].every((one) => Number.isFinite(one) && one >= 0)).toBe(true);
          expect(p10Wh <= meanWh && meanWh <= p90Wh).toBe(true);
        }
        const later = Float64Array.from([...values, ...values]);
        expect(solarAhead({ wh: later, irradiance, now })).toEqual(ahead);
      },
    ),
    { numRuns: 40 },
  );
});
