import { describe, expect, test } from 'vitest';
import { dayStart, HOUR_MS } from '../calendar/seoul.ts';
import type { Quality } from '../reading/quality.ts';
import type { DeviceSamples } from '../usage/line.ts';
import { datesBetween, firstOpenDay, openDays, type Asked } from './open-days.ts';
import { beganBefore, unheardSince } from './unheard.ts';

const [FROM, TO] = ['2026-11-01', '2026-11-10'];
const item = (quality: Quality = 'good', unheard?: number) => ({ quality, unheard });
const allDays = () => new Map(datesBetween(FROM, TO).map((date) => [date, item()]));
const asked = (over: Partial<Asked>): Asked => ({
  days: allDays(),
  late: new Set(),
  unheardNow: () => 0,
  from: FROM,
  to: TO,
  ...over,
});

describe('days to be derived', () => {
  test('are none where every day has its item and nothing came late', () => {
    expect(openDays(asked({}))).toEqual([]);
  });

  test('are those without an item after the first one; a home had no days before its first', () => {
    const days = allDays();
    for (const date of ['2026-11-01', '2026-11-02', '2026-11-06']) days.delete(date);
    expect(openDays(asked({ days }))).toEqual(['2026-11-06']);
  });

  test('are all of them where there is no item yet', () => {
    expect(openDays(asked({ days: new Map() }))).toEqual(datesBetween(FROM, TO));
  });

  test('are the late day and those beside it, because what lies between two readings is shared by time', () => {
    expect(openDays(asked({ late: new Set(['2026-11-05']) }))).toEqual(['2026-11-04', '2026-11-05', '2026-11-06']);
  });

  test('reach on through days that are not good: a stretch may lie across them', () => {
    const days = allDays();
    for (const date of ['2026-11-03', '2026-11-04', '2026-11-06']) days.set(date, item('estimated'));
    expect(openDays(asked({ days, late: new Set(['2026-11-05']) }))).toEqual(datesBetween('2026-11-02', '2026-11-07'));
  });

  test('are those that wait for a device which has been heard since, and not those that wait on', () => {
    const days = allDays();
    days.set('2026-11-08', item('missing', 1));
    days.set('2026-11-09', item('missing', 2));
    expect(openDays(asked({ days, unheardNow: () => 1 }))).toEqual(['2026-11-09']);
  });

  test('end 30 days before yesterday', () => {
    expect(firstOpenDay('2026-11-22')).toBe('2026-10-22');
  });
});

const END = dayStart('2026-11-11');
const device = (
  samples: readonly [ms: number, powerOnly?: 'power'][],
  over: Partial<DeviceSamples> = {},
): DeviceSamples => ({
  deviceId: 'meter-1',
  kind: 'smart_meter',
  retired: false,
  samples: samples.map(([ms, powerOnly]) => ({
    ts: END + ms,
    boot: 1,
    seq: 1,
    q: 0,
    quantities: powerOnly ? { power_w: 1 } : { energy_import_wh: 1 },
  })),
  ...over,
});

describe('a day waits for a device', () => {
  test('that has not spoken since midnight', () => {
    expect(unheardSince([device([[-HOUR_MS]]), device([[-HOUR_MS], [HOUR_MS]])], END)).toBe(1);
  });

  test('that has told its power after midnight, but not yet its register, which decides', () => {
    expect(unheardSince([device([[-HOUR_MS], [1000, 'power']])], END)).toBe(1);
    expect(
      unheardSince(
        [
          device([
            [-HOUR_MS, 'power'],
            [1000, 'power'],
          ]),
        ],
        END,
      ),
    ).toBe(0);
  });

  test('but not for one that was taken out, one that only lies behind the meter, or one that came later', () => {
    const others = [
      device([[-HOUR_MS]], { retired: true }),
      device([[-HOUR_MS]], { kind: 'smart_plug' }),
      device([[HOUR_MS]]),
      device([]),
    ];
    expect(unheardSince(others, END)).toBe(0);
  });

  test('a home has begun with the first word of a device, and ends with the last of a retired one', () => {
    const day = [END - 24 * HOUR_MS, END] as const;
    expect(beganBefore([device([[HOUR_MS]])], day)).toBe(false);
    expect(beganBefore([device([[-HOUR_MS]])], day)).toBe(true);
    expect(beganBefore([device([[-48 * HOUR_MS]], { retired: true })], day)).toBe(false);
  });
});
