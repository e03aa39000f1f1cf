import { beforeEach, describe, expect, test } from 'vitest';
import { addDays, dayStart, SLOT_MS } from '@hems/models/calendar/seoul';
import type { Point } from '@hems/models/reading/point';
import { deviceUses } from '@hems/models/usage/device-use';
import type { DeviceSamples } from '@hems/models/usage/line';
import { aPoint } from '@hems/models/testing/builders';
import { aBatch, aRuleEvent, aWorld, HOME, NOON, type World } from '../testing/world.ts';
import { aggregateHousehold } from './aggregate-household.ts';
import { renameDevice } from './devices/change-device.ts';
import { readDeviceUsage } from './read-device-usage.ts';
import { readUsage } from './read-usage.ts';
import { putDevice } from './stores/households.ts';
import { readSamples, readSlotEnds } from './stores/slots.ts';

const TODAY = '2026-11-22';
const YESTERDAY = '2026-11-21';
const { householdId } = HOME;

const PLUG = { kind: 'smart_plug', name: 'plug', gateway: HOME.gateway, status: 'active' } as const;
let world: World;
beforeEach(async () => {
  world = await aWorld();
  for (const [deviceId, kind] of [
    ['plug-1', 'smart_plug'],
    ['car-1', 'ev_charger'],
    ['plug-2', 'smart_plug'],
  ] as const)
    await putDevice(world.table, householdId, {
      deviceId,
      kind,
      name: deviceId,
      gateway: HOME.gateway,
      status: 'active',
    });
});

/** Wh that a device counts in each quarter hour. */
type Counts = Readonly<Record<string, { readonly kind: Point['kind']; readonly wh: number }>>;
const COUNTS: Counts = {
  'meter-1': { kind: 'smart_meter', wh: 100 },
  'solar-1': { kind: 'solar_inverter', wh: 0 },
  'battery-1': { kind: 'battery', wh: 0 },
  'plug-1': { kind: 'smart_plug', wh: 21 },
  'car-1': { kind: 'ev_charger', wh: 40 },
};

const liveThrough = async (date: string, quarters: number, counts = COUNTS): Promise<void> => {
  const start = dayStart(date);
  const points = Array.from({ length: quarters + 1 }, (_, index) =>
    Object.entries(counts).map(([deviceId, { kind, wh }]) =>
      aPoint({
        deviceId,
        kind,
        ts: start + index * SLOT_MS,
        seq: index + 1,
        quantities: { energy_import_wh: wh * index, energy_export_wh: 0 },
      }),
    ),
  ).flat();
  await world.take(aRuleEvent('batch', aBatch(points)));
};

const ofDevices = async (from = YESTERDAY, to = TODAY) => readDeviceUsage(world, { householdId, from, to });

describe('the use by device', () => {
  test('ranks what is known, leaves the rest to nobody, and adds up to what the home used', async () => {
    await liveThrough(YESTERDAY, 96 + 48);
    const { devices, loadWh, otherWh } = await ofDevices();
    expect(devices.map(({ deviceId, usedWh }) => [deviceId, usedWh])).toEqual([
      ['car-1', 40 * 144],
      ['plug-1', 21 * 144],
      ['plug-2', null],
    ]);
    expect(otherWh).toBe((100 - 40 - 21) * 144);
    const days = (await readUsage(world, { householdId, grain: 'day', from: YESTERDAY, to: TODAY })).intervals;
    expect(loadWh).toBe(days.reduce((sum, day) => sum + (day.loadWh ?? 0), 0));
  });

  test('of single days adds up to that of the days together', async () => {
    await liveThrough(YESTERDAY, 96 + 48);
    const [both, first, second] = [
      await ofDevices(),
      await ofDevices(YESTERDAY, YESTERDAY),
      await ofDevices(TODAY, TODAY),
    ];
    const used = (of: typeof both): number => of.devices.reduce((sum, { usedWh }) => sum + (usedWh ?? 0), 0);
    expect(used(first) + used(second)).toBe(used(both));
    expect((first.otherWh ?? 0) + (second.otherWh ?? 0)).toBe(both.otherWh);
  });

  test('of the rest is not told where the load has gaps in which a device went on counting', async () => {
    await liveThrough(YESTERDAY, 96 + 48);
    const whole = await ofDevices();
    expect(whole).toMatchObject({ missingSlots: 0, otherWh: 39 * 144 });
    // the meter falls silent at six in the morning, the plug does not
    const noMeter = Object.fromEntries(Object.entries(COUNTS).filter(([id]) => id !== 'meter-1'));
    world = await aWorld();
    await putDevice(world.table, householdId, { ...PLUG, deviceId: 'plug-1' });
    await liveThrough(YESTERDAY, 96, noMeter);
    await liveThrough(YESTERDAY, 24, { 'meter-1': { kind: 'smart_meter', wh: 100 } });
    const { loadWh, missingSlots, otherWh, devices } = await ofDevices(YESTERDAY, YESTERDAY);
    expect({ loadWh, missingSlots, otherWh }).toEqual({ loadWh: 2400, missingSlots: 72, otherWh: null });
    expect(devices[0]).toMatchObject({ deviceId: 'plug-1', usedWh: 21 * 96 });
  });

  test('of the rest is told of a home whose days begin within the span: in what was before nothing counted', async () => {
    const noon = dayStart(YESTERDAY) + 48 * SLOT_MS;
    const points = Array.from({ length: 97 }, (_, index) =>
      Object.entries(COUNTS).map(([deviceId, { kind, wh }]) =>
        aPoint({
          deviceId,
          kind,
          ts: noon + index * SLOT_MS,
          seq: index + 1,
          quantities: { energy_import_wh: wh * index, energy_export_wh: 0 },
        }),
      ),
    ).flat();
    await world.take(aRuleEvent('batch', aBatch(points)));
    expect(await ofDevices(addDays(TODAY, -6), TODAY)).toMatchObject({ missingSlots: 0, otherWh: 39 * 96 });
  });

  /** Before and after the run of the day. */
  const aroundTheRun = async () => {
    const before = await ofDevices(YESTERDAY, YESTERDAY);
    await aggregateHousehold(world, { householdId, date: YESTERDAY });
    return [before, await ofDevices(YESTERDAY, YESTERDAY)] as const;
  };
  /** Counts in the quarter hours from one to another of yesterday. */
  const countBetween = async (deviceId: string, [from, to]: readonly [number, number], wh: number): Promise<void> => {
    const points = Array.from({ length: to - from + 1 }, (_, index) =>
      aPoint({
        deviceId,
        kind: deviceId === 'meter-1' ? 'smart_meter' : 'smart_plug',
        ts: dayStart(YESTERDAY) + (from + index) * SLOT_MS,
        seq: from + index + 1,
        quantities: { energy_import_wh: wh * index, energy_export_wh: 0 },
      }),
    );
    await world.take(aRuleEvent('batch', aBatch(points)));
  };
  const meterAndPlugAlone = async (): Promise<void> => {
    world = await aWorld();
    for (const deviceId of ['solar-1', 'battery-1'])
      await putDevice(world.table, householdId, { ...PLUG, deviceId, status: 'retired' });
    await putDevice(world.table, householdId, { ...PLUG, deviceId: 'plug-1' });
  };

  test('of the rest stays untold overnight where the meter fell silent after the first word of a plug', async () => {
    await meterAndPlugAlone();
    await countBetween('meter-1', [0, 60], 100);
    await countBetween('plug-1', [56, 96], 21);
    for (const told of await aroundTheRun())
      expect(told).toMatchObject({ loadWh: 6000, otherWh: null, missingSlots: 36, devices: [{ usedWh: 840 }] });
  });

  test('of the rest stays told overnight where the meter was silent only before the first word of any', async () => {
    await meterAndPlugAlone();
    await countBetween('meter-1', [40, 96], 100);
    await countBetween('plug-1', [56, 96], 21);
    for (const told of await aroundTheRun())
      expect(told).toMatchObject({ loadWh: 5600, otherWh: 5600 - 840, missingSlots: 0 });
  });

  test('of a plug that is new begins when it was first heard, and says so', async () => {
    await liveThrough(YESTERDAY, 96 + 48);
    const start = NOON - 4 * SLOT_MS;
    const points = Array.from({ length: 5 }, (_, index) =>
      aPoint({
        deviceId: 'plug-2',
        kind: 'smart_plug',
        ts: start + index * SLOT_MS,
        seq: 9000 + index,
        quantities: { energy_import_wh: 5000 + 10 * index },
      }),
    );
    await world.take(aRuleEvent('batch', aBatch(points)));
    const plug = (await ofDevices()).devices.find(({ deviceId }) => deviceId === 'plug-2');
    expect(plug).toMatchObject({ usedWh: 40, fromMs: start, quality: 'good', missingSlots: 0 });
  });

  test('leaves out what measures no energy and what was taken out of service before', async () => {
    await liveThrough(YESTERDAY, 96);
    await putDevice(world.table, householdId, {
      deviceId: 'plug-2',
      kind: 'smart_plug',
      name: 'old',
      gateway: HOME.gateway,
      status: 'retired',
    });
    const { devices } = await ofDevices();
    expect(devices.map(({ deviceId }) => deviceId)).toEqual(['car-1', 'plug-1']);
  });

  test('calls a device as a resident named it', async () => {
    await liveThrough(YESTERDAY, 96);
    const owner = { householdId, sub: 'owner', role: 'owner' } as const;
    await renameDevice({ ...world, pause: world.pause }, owner, { deviceId: 'plug-1', name: '김치냉장고' });
    expect((await ofDevices()).devices[1]?.name).toBe('김치냉장고');
  });

  test('is told of a month at most, and says from when on it is held', async () => {
    expect((await ofDevices(addDays(TODAY, -30), TODAY)).heldFrom).toBe(addDays(TODAY, -400));
    await expect(ofDevices(addDays(TODAY, -31), TODAY)).rejects.toThrow('32 days of single devices: at most 31');
    await expect(ofDevices(TODAY, YESTERDAY)).rejects.toThrow('is after to');
  });
});

describe('a device that reports each minute', () => {
  const start = dayStart(TODAY);
  const device = { householdId, deviceId: 'plug-1' };
  const range = { fromMs: start, toMs: start + 12 * SLOT_MS };

  /** All words of three hours, and those that are read for long spans. */
  const readBoth = async (said: (minute: number) => Point['quantities']) => {
    const points = Array.from({ length: 180 }, (_, index) =>
      aPoint({ ...device, kind: 'smart_plug', ts: start + index * 60_000, seq: index + 1, quantities: said(index) }),
    );
    await world.take(aRuleEvent('batch', aBatch(points)));
    return [await readSamples(world.table, device, range), await readSlotEnds(world.table, device, range)] as const;
  };
  const used = (samples: DeviceSamples['samples'], quarter: number): unknown =>
    deviceUses([{ deviceId: 'plug-1', kind: 'smart_plug', retired: false, samples }], {
      fromMs: start + quarter * SLOT_MS,
      toMs: start + (quarter + 1) * SLOT_MS,
      nowMs: NOON,
    });

  test('is known by the ends of its quarter hours: the registers say the same', async () => {
    const [all, ends] = await readBoth((minute) => ({
      power_w: 60,
      ...(minute < 90 && { energy_import_wh: minute * minute }),
    }));
    expect(all).toHaveLength(180);
    // six quarter hours of registers by their ends; six of power alone whole
    expect(ends).toHaveLength(6 * 2 + 6 * 15);
    expect(all).toEqual(expect.arrayContaining([...ends]));
    for (let quarter = 0; quarter < 12; quarter += 1) expect(used(ends, quarter)).toEqual(used(all, quarter));
  });

  test.each<[string, (minute: number) => Point['quantities']]>([
    ['begins anew', (minute) => ({ energy_import_wh: minute < 31 ? 3 + minute : (minute - 31) * 41 })],
    ['is that of another plug for a moment', (minute) => ({ energy_import_wh: minute === 37 ? 90_000 : minute * 20 })],
    ['jumps by what no connection carries', (minute) => ({ energy_import_wh: minute * 5 + (minute < 37 ? 0 : 4000) })],
    [
      'is told with another only at times',
      (minute) => ({ energy_import_wh: minute * 9, ...(minute !== 36 && { energy_export_wh: minute * 2 }) }),
    ],
  ])('is read whole in the quarter hour in which its register %s', async (_, said) => {
    const [all, ends] = await readBoth(said);
    expect(ends).toHaveLength(11 * 2 + 15);
    for (let quarter = 0; quarter < 12; quarter += 1) expect(used(ends, quarter)).toEqual(used(all, quarter));
  });
});
