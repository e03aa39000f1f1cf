import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS, dayStart, SLOT_MS } from '../calendar/seoul.ts';
import type { Observation } from '../reading/point.ts';
import { deviceUses, otherUse } from './device-use.ts';
import type { DeviceSamples } from './line.ts';

const FROM = dayStart('2026-11-01');
const NOW = FROM + 40 * DAY_MS;

const said = (ts: number, importWh: number): Observation => ({
  ts,
  boot: 1,
  seq: ts / 1000,
  q: 0,
  quantities: { energy_import_wh: importWh },
});
const aPlug = (samples: readonly Observation[], over: Partial<DeviceSamples> = {}): DeviceSamples => ({
  deviceId: 'plug-1',
  kind: 'smart_plug',
  retired: false,
  samples,
  ...over,
});
const days = (count: number, from = FROM) => ({ fromMs: from, toMs: from + count * DAY_MS, nowMs: NOW });

/** Pauses in minutes and what is used in each: quarter hours, long silences, resets. */
const course = fc.array(
  fc.record({ minutes: fc.integer({ min: 1, max: 300 }), wh: fc.integer({ min: 0, max: 400 }), resets: fc.boolean() }),
  { minLength: 2, maxLength: 120 },
);
const samplesOf = (steps: readonly { minutes: number; wh: number; resets: boolean }[]): Observation[] => {
  let [ts, register] = [FROM - 3 * SLOT_MS, 1000];
  return steps.map(({ minutes, wh, resets }, index) => {
    ts += minutes * 60_000;
    register = resets && index % 10 === 9 ? 0 : register + wh;
    return said(ts, register);
  });
};

describe('the use of a device', () => {
  test('adds up: its days are its month, to the Wh, whatever it skipped or began anew', () => {
    fc.assert(
      fc.property(course, (steps) => {
        const plug = aPlug(samplesOf(steps));
        const whole = deviceUses([plug], days(7))[0]?.usedWh ?? 0;
        const byDay = Array.from({ length: 7 }, (_, day) => deviceUses([plug], days(1, FROM + day * DAY_MS))[0]);
        expect(byDay.reduce((sum, use) => sum + (use?.usedWh ?? 0), 0)).toBe(whole);
      }),
      { numRuns: 100 },
    );
  });

  test('is what its register counted between two midnights, also over a day of silence', () => {
    const plug = aPlug([said(FROM, 100), said(FROM + SLOT_MS, 110), said(FROM + 2 * DAY_MS, 900)]);
    expect(deviceUses([plug], days(2))[0]).toMatchObject({ usedWh: 800, quality: 'estimated', missingSlots: 0 });
  });

  test('begins with its first word and is not known before', () => {
    const firstMs = FROM + 3 * DAY_MS;
    const plug = aPlug([said(firstMs, 100), said(firstMs + SLOT_MS, 150)]);
    expect(deviceUses([plug], { ...days(7), nowMs: firstMs + SLOT_MS })[0]).toEqual({
      deviceId: 'plug-1',
      usedWh: 50,
      quality: 'good',
      fromMs: firstMs,
      missingSlots: 0,
    });
    expect(deviceUses([plug], days(2))[0]).toMatchObject({ usedWh: undefined, quality: 'missing', fromMs: undefined });
    expect(deviceUses([aPlug([])], days(2))[0]).toMatchObject({ usedWh: undefined, quality: 'missing' });
  });

  test('of a silent device has gaps, of a retired one has an end', () => {
    const samples = [said(FROM, 100), said(FROM + SLOT_MS, 150)];
    const span = { ...days(1), nowMs: NOW };
    expect(deviceUses([aPlug(samples)], span)[0]).toMatchObject({ usedWh: 50, quality: 'estimated', missingSlots: 95 });
    expect(deviceUses([aPlug(samples, { retired: true })], span)[0]).toMatchObject({
      usedWh: 50,
      quality: 'good',
      missingSlots: 0,
    });
  });

  test('goes on where another took its place, and what both counted at once is counted once', () => {
    const atMs = FROM + DAY_MS;
    const old = aPlug([said(FROM, 0), said(atMs, 500), said(atMs + SLOT_MS, 520)], {
      retired: true,
      replaced: { by: 'plug-2', atMs },
    });
    const next = aPlug([said(atMs - SLOT_MS, 0), said(atMs, 10), said(atMs + SLOT_MS, 30)], { deviceId: 'plug-2' });
    const uses = deviceUses([old, next], { ...days(2), nowMs: atMs + SLOT_MS });
    expect(uses.map(({ deviceId, usedWh }) => [deviceId, usedWh])).toEqual([['plug-2', 520]]);
  });
});

describe('the use that belongs to no known device', () => {
  test('is the rest of the load: with the devices it is the load again', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(5000)), { maxLength: 6 }), fc.nat(50_000), (usedWh, extraWh) => {
        const sum = usedWh.reduce<number>((all, wh) => all + (wh ?? 0), 0);
        expect((otherUse({ loadWh: sum + extraWh, missingSlots: 0 }, usedWh) ?? 0) + sum).toBe(sum + extraWh);
      }),
    );
  });

  test('is not known where the load is not, or parts of it are missing, however much it holds', () => {
    expect(otherUse({ loadWh: undefined, missingSlots: 96 }, [200])).toBeUndefined();
    expect(otherUse({ loadWh: 150, missingSlots: 40 }, [200])).toBeUndefined();
    expect(otherUse({ loadWh: 5000, missingSlots: 48 }, [4000])).toBeUndefined();
  });

  test('is not known where the devices tell more than the home: nothing would be a use of the home that nobody told', () => {
    expect(otherUse({ loadWh: 3900, missingSlots: 0 }, [4000])).toBeUndefined();
    expect(otherUse({ loadWh: 4000, missingSlots: 0 }, [4000])).toBe(0);
  });
});
