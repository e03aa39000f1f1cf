import { addDays, dayStart, SLOT_MS, type LocalDate } from '@hems/models/calendar/seoul';
import { bandWhOf } from '@hems/models/day/derive-day';
import { datesBetween } from '@hems/models/day/open-days';
import type { DeviceKind } from '@hems/models/device/kinds';
import { ASSUMED_SUPPLY, type Supply } from '@hems/models/household/supply';
import { aPoint } from '@hems/models/testing/builders';
import { readToday as todayRoute, type Today } from '@hems/shared/api/today';
import { aggregateHousehold } from '../use-cases/aggregate-household.ts';
import { importDays } from '../use-cases/import-days.ts';
import { readToday } from '../use-cases/read-today.ts';
import { putDevice, putProfile, readProfile } from '../use-cases/stores/households.ts';
import { putSupplies } from '../use-cases/stores/supplies.ts';
import { aBatch, aRuleEvent, aWorld, HOME, type World } from './world.ts';

const { householdId, gateway } = HOME;
/** A Friday. */
export const TODAY = '2026-11-20';
export const YESTERDAY = addDays(TODAY, -1);
export const MIDNIGHT = dayStart(TODAY);
/** What a file tells of the home before yesterday. */
export const PAST = datesBetween('2026-09-20', addDays(YESTERDAY, -1));

const hoursOf = (wh: number): number[] => Array.from({ length: 24 }, () => wh);
export const NO_HOURS: readonly null[] = Array.from({ length: 24 }, () => null);

export type Metered = {
  readonly deviceId?: string;
  readonly kind?: DeviceKind;
  readonly fromMs: number;
  readonly toMs: number;
  /** of each quarter hour, counted from midnight of today */
  readonly whOf: (slot: number) => number;
  readonly register?: 'energy_import_wh' | 'energy_export_wh';
  readonly seq?: number;
  readonly startWh?: number;
};

/** A device's register at each quarter hour, heard by now. */
const takeMetered = async (world: World, { fromMs, toMs, whOf, ...over }: Metered): Promise<void> => {
  const first = Math.round((fromMs - MIDNIGHT) / SLOT_MS);
  const { deviceId = 'meter-1', kind = 'smart_meter', register = 'energy_import_wh', seq = first + 10_000 } = over;
  let wh = over.startWh ?? 0;
  const points = Array.from({ length: (toMs - fromMs) / SLOT_MS + 1 }, (_, index) => {
    if (index > 0) wh += whOf(first + index - 1);
    const other = register === 'energy_import_wh' ? { energy_export_wh: 0 } : {};
    return aPoint({
      deviceId,
      kind,
      ts: fromMs + index * SLOT_MS,
      seq: seq + index,
      quantities: { [register]: wh, ...other },
    });
  });
  const received = Math.max(world.clock.now(), MIDNIGHT);
  for (let from = 0; from < points.length; from += 100)
    await world.take(aRuleEvent('batch', aBatch(points.slice(from, from + 100)), { received }));
};

const dayOf = (date: LocalDate, wh: number, withHours: boolean) => ({
  date,
  importWh: 24 * wh,
  exportWh: 0,
  loadWh: 24 * wh,
  quality: 'good' as const,
  source: 'imported' as const,
  ...(withHours && {
    bandWh: bandWhOf(
      date,
      hoursOf(wh).map((importWh, hour) => ({ hour, importWh })),
    ),
    hours: { importWh: hoursOf(wh), loadWh: hoursOf(wh), solarWh: NO_HOURS },
  }),
});

/** A home with a meter at the midnight with which today begins. */
export const aTodayHome = async () => {
  const world = await aWorld();
  world.clock.set(MIDNIGHT);
  for (const device of ['solar-1', 'battery-1'])
    await world.table.delete({ table: 'homes', pk: `H#${householdId}`, sk: `DEVICE#${device}` });
  const metered = (told: Metered): Promise<void> => takeMetered(world, told);
  const at = (slots: number): void => world.clock.set(MIDNIGHT + slots * SLOT_MS);
  return {
    ...world,
    at,
    metered,
    /** Days as a file tells them, the same in each hour; by their totals alone where it knows no hours. */
    imported: (dates: readonly LocalDate[], wh = 400, withHours = true) =>
      importDays(
        world,
        householdId,
        dates.map((date) => dayOf(date, wh, withHours)),
      ),
    /** Yesterday 100 Wh a quarter hour, and today by a pattern, until so many quarter hours of it. */
    lived: async (slots: number, whOf: (slot: number) => number = () => 90): Promise<void> => {
      at(slots);
      const [fromMs, toMs] = [MIDNIGHT - 96 * SLOT_MS, MIDNIGHT + slots * SLOT_MS];
      await metered({ fromMs, toMs, whOf: (slot) => (slot < 0 ? 100 : whOf(slot)) });
    },
    run: (date: LocalDate = YESTERDAY) => aggregateHousehold(world, { householdId, date }),
    /** As the contract has it. */
    today: async (): Promise<Today> => todayRoute.answer.parse(await readToday(world, householdId)),
    supplied: (over: Partial<Supply>) =>
      putSupplies(world.table, householdId, {
        rows: [{ from: '2025-01-01', supply: { ...ASSUMED_SUPPLY, ...over } }],
        version: 0,
      }),
    livesIn: async (region: string): Promise<void> => {
      const profile = await readProfile(world.table, householdId);
      if (profile) await putProfile(world.table, { ...profile, region });
    },
    plugIn: (deviceId: string, kind: DeviceKind) =>
      putDevice(world.table, householdId, { deviceId, kind, name: deviceId, gateway, status: 'active' }),
  };
};
export type TodayHome = Awaited<ReturnType<typeof aTodayHome>>;

export const savedOf = ({ saving }: Today) => {
  if (saving.status !== 'saved') throw new Error(`no saving: ${saving.detail}`);
  return saving;
};
