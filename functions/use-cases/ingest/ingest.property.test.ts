import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayStart, SLOT_MS } from '@hems/models/calendar/seoul';
import type { Point } from '@hems/models/reading/point';
import { aBatch, aReading, aRuleEvent, aWorld, HOME, type World } from '../../testing/world.ts';
import { readUsage } from '../read-usage.ts';
import { readLiveStates } from '../stores/live.ts';

const DAY = dayStart('2026-11-21');

/** A day's points of three devices, some of them said twice with other content under a higher seq. */
const aDay = fc
  .array(
    fc.record({
      device: fc.constantFrom('meter-1', 'solar-1', 'battery-1'),
      step: fc.integer({ min: 0, max: 8 }),
      boot: fc.integer({ min: 1, max: 2 }),
      inWh: fc.integer({ min: 0, max: 400 }),
      outWh: fc.integer({ min: 0, max: 400 }),
      // few, so that one (boot, seq) sometimes says two things
      seq: fc.nat({ max: 4 }),
      q: fc.constantFrom(0, 2, 32, 64),
      currentMa: fc.nat({ max: 1 }),
      hasRegister: fc.boolean(),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((steps) =>
    steps.map(({ device, step, boot, inWh, outWh, seq, q, currentMa, hasRegister }): Point => ({
      deviceId: device,
      kind: device === 'meter-1' ? 'smart_meter' : device === 'solar-1' ? 'solar_inverter' : 'battery',
      ts: DAY + step * (SLOT_MS / 3),
      boot,
      seq,
      q,
      quantities: {
        power_w: inWh,
        current_ma: currentMa,
        ...(hasRegister && { energy_import_wh: 1000 + step * 100 + inWh, energy_export_wh: 1000 + step * 100 + outWh }),
      },
    })),
  );

const usageOf = async (world: World) =>
  (await readUsage(world, { householdId: HOME.householdId, grain: '15min', from: '2026-11-21', to: '2026-11-21' }))
    .intervals;

const liveOf = async (world: World) => [...(await readLiveStates(world.table, HOME.householdId))];

const slotsOf = async (world: World) => {
  const { items } = await world.table.query({ table: 'energy', value: `H#${HOME.householdId}`, prefix: 'S#' });
  return items.map(({ sk, data }) => ({ sk, data }));
};

test('any order, grouping and repetition of a day gives the same quarter hours, live state and history', async () => {
  await fc.assert(
    fc.asyncProperty(aDay, fc.infiniteStream(fc.nat({ max: 1_000_000 })), async (points, random) => {
      const [straight, shuffled] = [await aWorld(), await aWorld()];
      await straight.take(...points.map((point) => aRuleEvent('reading', aReading(point))));

      const again = [...points, ...points]
        .map((point) => ({ point, at: random.next().value }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ point, at }) => aRuleEvent(at % 2 ? 'reading' : 'batch', at % 2 ? aReading(point) : aBatch([point])));
      for (let from = 0; from < again.length;) {
        const size = 1 + (random.next().value % 5);
        await Promise.all(again.slice(from, from + size).map((event) => shuffled.take(event)));
        from += size;
      }

      expect(await slotsOf(shuffled)).toEqual(await slotsOf(straight));
      expect(await usageOf(shuffled)).toEqual(await usageOf(straight));
      expect(await liveOf(shuffled)).toEqual(await liveOf(straight));
      const query = {
        household: HOME.telemetryId,
        deviceId: 'meter-1',
        kind: 'smart_meter',
        quantity: 'energy_import_wh',
        fromMs: DAY,
        toMs: DAY * 2,
      } as const;
      expect(await shuffled.telemetry.series(query)).toEqual(await straight.telemetry.series(query));
      await Promise.all([straight.database.close(), shuffled.database.close()]);
    }),
  );
});
