import { describe, expect, test } from 'vitest';
import { dayStart, HOUR_MS, SLOT_MS } from '../calendar/seoul.ts';
import type { DeviceKind } from '../device/kinds.ts';
import type { Observation } from '../reading/point.ts';
import { aggregate } from './aggregate.ts';
import { householdQuarters } from './household.ts';
import type { DeviceSamples } from './line.ts';
import { slotOf } from './slot.ts';

const DAY = dayStart('2026-10-05');
const MINUTE = 60_000;

const at = (minute: number, quantities: Observation['quantities'], q = 0): Observation => ({
  ts: DAY + minute * MINUTE,
  boot: 1,
  seq: minute + 1,
  q,
  quantities,
});

const device = (kind: DeviceKind, observations: readonly Observation[], retired = false): DeviceSamples => ({
  deviceId: kind,
  kind,
  retired,
  samples: slotOf(observations),
});

const hours = (devices: readonly DeviceSamples[], count: number, nowMs = DAY + count * HOUR_MS) =>
  householdQuarters(devices, { fromMs: DAY, toMs: DAY + count * HOUR_MS, nowMs });

const meter = (points: readonly (readonly [minute: number, importWh: number, exportWh?: number])[]) =>
  device(
    'smart_meter',
    points.map(([minute, importWh, exportWh = 0]) =>
      at(minute, { energy_import_wh: importWh, energy_export_wh: exportWh }),
    ),
  );

describe('a quarter hour of a household', () => {
  test('is the difference of the register at its ends, to the Wh', () => {
    const quarters = hours(
      [
        meter([
          [0, 1000],
          [15, 1100],
          [30, 1250],
          [45, 1251],
          [60, 1400],
        ]),
      ],
      1,
    );
    expect(quarters.map(({ importWh }) => importWh)).toEqual([100, 150, 1, 149]);
    expect(quarters.map(({ quality }) => quality)).toEqual(['good', 'good', 'good', 'good']);
  });

  test('shares a reading interval that crosses its end by time, and the shares add up', () => {
    const quarters = hours(
      [
        meter([
          [0, 0],
          [10, 100],
          [20, 201],
          [60, 401],
        ]),
      ],
      1,
    );
    expect(aggregate(quarters).importWh).toBe(401);
    expect(quarters[0]?.importWh).toBe(151);
  });

  test('adds solar and battery discharge to the grid and takes export and charging away: that is the home', () => {
    const quarters = hours(
      [
        meter([
          [0, 0, 0],
          [15, 50, 20],
        ]),
        device('solar_inverter', [at(0, { energy_export_wh: 0 }), at(15, { energy_export_wh: 400 })]),
        device('battery', [
          at(0, { energy_import_wh: 0, energy_export_wh: 0 }),
          at(15, { energy_import_wh: 100, energy_export_wh: 10 }),
        ]),
      ],
      1,
      DAY + SLOT_MS,
    );
    expect(quarters[0]).toMatchObject({
      importWh: 50,
      exportWh: 20,
      solarWh: 400,
      toBatteryWh: 100,
      fromBatteryWh: 10,
      loadWh: 340,
    });
  });

  test('knows no home while the inverter is silent at work, but still knows the grid', () => {
    const silent = device('solar_inverter', [at(-300, { energy_export_wh: 0, power_w: 800 })]);
    expect(
      hours(
        [
          meter([
            [0, 0],
            [15, 50],
          ]),
          silent,
        ],
        1,
        DAY + SLOT_MS,
      )[0],
    ).toMatchObject({
      importWh: 50,
      loadWh: undefined,
      quality: 'missing',
    });
  });

  test('before a device first spoke, or after a retired one last did, is told without it', () => {
    const later = device('solar_inverter', [at(30, { energy_export_wh: 0 }), at(45, { energy_export_wh: 80 })]);
    const joined = hours(
      [
        meter([
          [0, 0],
          [15, 50],
          [30, 100],
          [45, 120],
        ]),
        later,
      ],
      1,
      DAY + 45 * MINUTE,
    );
    expect(joined.map(({ loadWh }) => loadWh)).toEqual([50, 50, 100]);

    const old = device('smart_meter', [at(0, { energy_import_wh: 9000 }), at(30, { energy_import_wh: 9070 })], true);
    const exchanged = hours(
      [
        old,
        meter([
          [30, 0],
          [45, 40],
          [60, 90],
        ]),
      ],
      1,
    );
    expect(exchanged.map(({ loadWh, quality }) => [loadWh, quality])).toEqual([
      [35, 'good'],
      [35, 'good'],
      [40, 'good'],
      [50, 'good'],
    ]);
  });

  test('knows the home through the night while the inverter sleeps, and not when it fell silent at work', () => {
    const night = meter([
      [0, 0],
      [15, 50],
      [30, 90],
      [45, 120],
      [60, 160],
    ]);
    const last = (powerW: number) => device('solar_inverter', [at(-300, { energy_export_wh: 900, power_w: powerW })]);
    expect(hours([night, last(0)], 1).map(({ solarWh, loadWh, quality }) => [solarWh, loadWh, quality])).toEqual([
      [0, 50, 'estimated'],
      [0, 40, 'estimated'],
      [0, 30, 'estimated'],
      [0, 40, 'estimated'],
    ]);
    expect(hours([night, last(1200)], 1).map(({ loadWh }) => loadWh)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('is missing over an hour in which the meter stood still, and the day carries on after it', () => {
    const quarters = hours(
      [
        meter([
          [0, 0],
          [15, 10],
          [30, 20],
          [45, 30],
          [60, 40],
          [120, 40],
          [135, 55],
          [150, 70],
        ]),
      ],
      3,
      DAY + 150 * MINUTE,
    );
    expect(quarters.slice(4, 8).map(({ loadWh, quality }) => [loadWh, quality])).toEqual(
      Array.from({ length: 4 }, () => [undefined, 'missing']),
    );
    expect(aggregate(quarters)).toMatchObject({ loadWh: 70, missingSlots: 4, quality: 'estimated' });
  });

  test('spreads what a meter counted while its line was down, as estimated', () => {
    const quarters = hours(
      [
        meter([
          [0, 0],
          [15, 10],
          [75, 90],
          [90, 100],
        ]),
      ],
      1,
      DAY + 90 * MINUTE,
    );
    expect(quarters.map(({ importWh, quality }) => [importWh, quality])).toEqual([
      [10, 'good'],
      [20, 'estimated'],
      [20, 'estimated'],
      [20, 'estimated'],
    ]);
  });

  test('never turns a register that fell into negative use', () => {
    const quarters = hours(
      [
        meter([
          [0, 5000],
          [15, 5100],
          [20, 3],
          [30, 50],
        ]),
      ],
      1,
      DAY + 30 * MINUTE,
    );
    expect(quarters.map(({ importWh, quality }) => [importWh, quality])).toEqual([
      [100, 'good'],
      [47, 'bad'],
    ]);
  });

  test('sees a register that fell and climbed again within the quarter, and every flag in between', () => {
    const reset = hours(
      [
        meter([
          [0, 100],
          [5, 3000],
          [6, 0],
          [15, 3100],
        ]),
      ],
      1,
      DAY + SLOT_MS,
    );
    expect(reset[0]).toMatchObject({ importWh: 6000, quality: 'bad' });
    const flagged = device('smart_meter', [
      at(0, { energy_import_wh: 0 }),
      at(5, { energy_import_wh: 40 }, 2),
      at(15, { energy_import_wh: 100 }),
    ]);
    expect(hours([flagged], 1, DAY + SLOT_MS)[0]).toMatchObject({ importWh: 100, quality: 'estimated' });
  });

  test('trusts registers an hour apart over the power told now and then between them', () => {
    const told = device('smart_meter', [
      at(0, { energy_import_wh: 0, power_w: 9000 }),
      ...[10, 20, 30, 40, 50].map((minute) => at(minute, { power_w: 9000 })),
      at(60, { energy_import_wh: 800, power_w: 9000 }),
    ]);
    const quarters = hours([told], 1);
    expect(quarters.map(({ importWh, quality }) => [importWh, quality])).toEqual(
      Array.from({ length: 4 }, () => [200, 'estimated']),
    );
  });

  test('integrates power where no register speaks, whichever hours are asked for', () => {
    const power = Array.from({ length: 61 }, (_, minute) => at(minute, { power_w: 400 }));
    const register = at(120, { power_w: 400, energy_import_wh: 7 });
    const alone = hours([device('smart_meter', power)], 1);
    const before = hours([device('smart_meter', [...power, register])], 1);
    expect(before.map(({ importWh }) => importWh)).toEqual([100, 100, 100, 100]);
    expect(before.map(({ importWh }) => importWh)).toEqual(alone.map(({ importWh }) => importWh));
  });

  test('takes no energy from a register that leaps beyond what any connection carries', () => {
    const quarters = hours(
      [
        meter([
          [0, 0],
          [15, 100],
          [30, 9_000_000],
          [45, 9_000_100],
        ]),
      ],
      1,
      DAY + 45 * MINUTE,
    );
    expect(quarters.map(({ importWh, quality }) => [importWh, quality])).toEqual([
      [100, 'good'],
      [0, 'bad'],
      [100, 'good'],
    ]);
  });

  test('integrates power where a meter has no register, to the whole Wh of the quarter and not of the minute', () => {
    const minutes = Array.from({ length: 16 }, (_, minute) => at(minute, { power_w: 500 }));
    const [quarter] = hours([device('smart_meter', minutes)], 1, DAY + SLOT_MS);
    expect(quarter).toMatchObject({ importWh: 125, quality: 'estimated' });
  });

  test('in progress tells what has been counted so far', () => {
    const [quarter] = hours(
      [
        meter([
          [0, 0],
          [5, 40],
        ]),
      ],
      1,
      DAY + 6 * MINUTE,
    );
    expect(quarter).toMatchObject({ importWh: 40, quality: 'good' });
  });

  test('that no device has reached yet is not told at all, until silence has lasted', () => {
    const heard = [
      meter([
        [0, 0],
        [14, 40],
      ]),
    ];
    expect(hours(heard, 1, DAY + 16 * MINUTE)).toHaveLength(1);
    const silent = hours(heard, 1, DAY + HOUR_MS);
    expect(silent.map(({ quality }) => quality)).toEqual(['good', 'missing', 'missing', 'missing']);
  });
});
