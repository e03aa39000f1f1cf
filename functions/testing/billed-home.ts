import { addDays, dayStart, SLOT_MS } from '@hems/models/calendar/seoul';
import { aPoint } from '@hems/models/testing/builders';
import { aggregateHousehold } from '../use-cases/aggregate-household.ts';
import { importDays } from '../use-cases/import-days.ts';
import { readRunningBill } from '../use-cases/read-running-bill.ts';
import { readDays } from '../use-cases/stores/days.ts';
import { aBatch, aRuleEvent, aWorld, HOME } from './world.ts';

const TODAY = '2026-11-22';
const { householdId } = HOME;

/** A world with what a bill rests on: the totals and readings of its household, the daily run, and the costs it left. */
export const aBilledHome = async () => {
  const world = await aWorld();
  return {
    ...world,
    /** Daily totals up to the day before yesterday, or before another day. */
    imported: async (count: number, { importWh = 10_000, exportWh = 0, before = addDays(TODAY, -1) } = {}) =>
      importDays(
        world,
        householdId,
        Array.from({ length: count }, (_, i) => ({
          date: addDays(before, i - count),
          importWh,
          exportWh,
          loadWh: importWh,
          quality: 'good' as const,
          source: 'imported' as const,
        })),
      ),
    /** The meter counts 100 Wh each quarter hour of a day, or of the first few of it. */
    metered: async (date: string, quarters = 96): Promise<void> => {
      const start = dayStart(date);
      const points = Array.from({ length: quarters + 1 }, (_, i) =>
        aPoint({ ts: start + i * SLOT_MS, seq: i, quantities: { energy_import_wh: 100 * i, energy_export_wh: 0 } }),
      );
      await world.take(aRuleEvent('batch', aBatch(points)));
    },
    bill: async (date?: string) => readRunningBill(world, { householdId, date }),
    run: async (date = '2026-11-21') => aggregateHousehold(world, { householdId, date }),
    costOf: async (from: string, to: string): Promise<number> =>
      (await readDays(world.table, householdId, [from, to])).reduce((sum, day) => sum + (day.cost?.won ?? 0), 0),
  };
};
export type BilledHome = Awaited<ReturnType<typeof aBilledHome>>;
