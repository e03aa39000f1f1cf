import { beforeEach, describe, expect, test } from 'vitest';
import { addDays, dayStart, HOUR_MS, SLOT_MS } from '@hems/models/calendar/seoul';
import type { Grain } from '@hems/shared/api/usage';
import { aPoint } from '@hems/models/testing/builders';
import { aBatch, aRuleEvent, aWorld, HOME, NOON, type World } from '../testing/world.ts';
import { importDays } from './import-days.ts';
import { readUsage } from './read-usage.ts';
import { putProfile } from './stores/households.ts';

const TODAY = '2026-11-22';
const YESTERDAY = '2026-11-21';
const { householdId } = HOME;

let world: World;
beforeEach(async () => {
  world = await aWorld();
});

/** Meter and battery each quarter hour from a Korean midnight on; the inverter makes nothing. */
const liveThrough = async (date: string, quarters: number): Promise<void> => {
  const start = dayStart(date);
  const points = Array.from({ length: quarters + 1 }, (_, index) => [
    aPoint({
      ts: start + index * SLOT_MS,
      seq: 3 * index,
      quantities: { energy_import_wh: 101 * index, energy_export_wh: 0 },
    }),
    aPoint({
      deviceId: 'solar-1',
      kind: 'solar_inverter',
      ts: start + index * SLOT_MS,
      seq: 3 * index + 1,
      quantities: { energy_export_wh: 7 * index },
    }),
    aPoint({
      deviceId: 'battery-1',
      kind: 'battery',
      ts: start + index * SLOT_MS,
      seq: 3 * index + 2,
      quantities: { energy_import_wh: 3 * index, energy_export_wh: index },
    }),
  ]).flat();
  await world.take(aRuleEvent('batch', aBatch(points)));
};

const usage = async (grain: Grain, from = YESTERDAY, to = TODAY) =>
  (await readUsage(world, { householdId, grain, from, to })).intervals;
const sum = (intervals: readonly { loadWh: number | null }[]): number =>
  intervals.reduce((wh, { loadWh }) => wh + (loadWh ?? 0), 0);

describe('the energy of a household', () => {
  test('is the same at every grain, to the Wh, and balances: import + solar + from battery = home + export + to battery', async () => {
    await liveThrough(YESTERDAY, 96 + 48);
    const [quarters, hours, days, months] = [
      await usage('15min'),
      await usage('hour'),
      await usage('day'),
      await usage('month'),
    ];
    expect([sum(quarters), sum(hours), sum(days), sum(months)]).toEqual(
      Array.from({ length: 4 }, () => (101 + 7 + 1 - 3) * 144),
    );
    expect(quarters[0]).toMatchObject({
      importWh: 101,
      solarWh: 7,
      fromBatteryWh: 1,
      toBatteryWh: 3,
      exportWh: 0,
      loadWh: 106,
    });
    expect(days.map(({ label, missingSlots }) => [label, missingSlots])).toEqual([
      [YESTERDAY, 0],
      [TODAY, 0],
    ]);
    expect(hours[1]?.label).toBe('2026-11-21T01:00:00+09:00');
    expect(months[0]?.label).toBe('2026-11');
  });

  test('begins a day at midnight in Seoul', async () => {
    await liveThrough(YESTERDAY, 100);
    const [first] = await usage('day', TODAY, TODAY);
    expect(first).toMatchObject({ startMs: dayStart(TODAY), endMs: dayStart(addDays(TODAY, 1)), loadWh: 4 * 106 });
  });

  test('of days before the first quarter hours is told from imported totals, and quarter hours stand over them', async () => {
    await liveThrough(YESTERDAY, 96);
    const total = { loadWh: 9000, importWh: 9000, quality: 'estimated', source: 'simulated' } as const;
    const report = await importDays(world, householdId, [
      { ...total, date: '2026-11-20' },
      { ...total, date: YESTERDAY },
      { ...total, date: TODAY },
    ]);
    expect(report).toEqual({
      imported: 2,
      refused: [{ date: TODAY, code: 'not-over', reason: 'the day is not over' }],
    });
    const days = await usage('day', '2026-11-20', YESTERDAY);
    expect(days.map(({ loadWh }) => loadWh)).toEqual([9000, 96 * 106]);
  });

  test('is not invented for hours that have not come', async () => {
    await liveThrough(TODAY, 48);
    expect((await usage('hour', TODAY, TODAY)).at(-1)?.startMs).toBe(NOON - HOUR_MS);
  });

  test('of a replayed home names the recorded home, day and country', async () => {
    const origin = {
      type: 'replayed',
      home: 'lcl000010',
      set: 'lcl',
      country: 'United Kingdom',
      credit: '',
      shiftDays: 4662,
      scale: 1,
      pvScale: 1,
      firstDate: '2013-01-01',
      lastDate: '2014-02-27',
    } as const;
    await putProfile(world.table, {
      householdId,
      telemetryId: HOME.telemetryId,
      buildingType: 'house',
      origin,
    });
    await liveThrough(YESTERDAY, 4);
    expect((await usage('15min', YESTERDAY, YESTERDAY))[0]?.origin).toEqual({
      home: 'lcl000010',
      date: '2014-02-15',
      country: 'United Kingdom',
    });
  });

  test('is asked for in ranges that a screen can use', async () => {
    await expect(usage('15min', '2026-10-01', TODAY)).rejects.toThrow('53 days at grain 15min: at most 31');
    await expect(usage('day', TODAY, YESTERDAY)).rejects.toThrow('is after to');
  });
});
