import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayStart, SLOT_MS } from '@hems/models/calendar/seoul';
import type { Point } from '@hems/models/reading/point';
import type { Table } from '../ports/table.ts';
import { MODES, takeBy } from '../testing/ingest-modes.ts';
import { aBatch, aReading, aRuleEvent, aWorld, HOME, type World } from '../testing/world.ts';
import { readLiveStates } from '../use-cases/stores/live.ts';

const DAY = dayStart('2026-11-21');

/** Hours of a meter and a battery, some instants said twice, the later word under a higher seq. */
const aDay = fc.array(
  fc.record({ device: fc.constantFrom('meter-1', 'battery-1'), step: fc.nat({ max: 9 }), wh: fc.nat({ max: 400 }) }),
  { minLength: 1, maxLength: 16 },
);
const pointsOf = (steps: { device: string; step: number; wh: number }[]): Point[] =>
  steps.map(({ device, step, wh }, seq) => ({
    deviceId: device,
    kind: device === 'meter-1' ? 'smart_meter' : 'battery',
    ts: DAY + step * (SLOT_MS / 3),
    boot: 1,
    seq,
    q: 0,
    quantities: { power_w: wh, energy_import_wh: 1000 + step * 100 + wh },
  }));

/** Each fifth write or so is turned away; with 0 none is. */
const unsteady = (table: Table, failing: number): Table => {
  let puts = 0;
  return {
    ...table,
    put: async (put) => {
      puts += 1;
      if (failing > 0 && puts % (3 + failing) === 0)
        throw Object.assign(new Error('too fast'), { name: 'ThrottlingException' });
      await table.put(put);
    },
  };
};

const storedBy = async (world: World) => {
  const { items } = await world.table.query({ table: 'energy', value: `H#${HOME.householdId}`, prefix: 'S#' });
  const live = await readLiveStates(world.table, HOME.householdId);
  const history = await world.telemetry.series({
    household: HOME.telemetryId,
    deviceId: 'meter-1',
    kind: 'smart_meter',
    quantity: 'energy_import_wh',
    fromMs: DAY,
    toMs: 2 * DAY,
  });
  const lives = [...live].map(([id, { correlationId: _ofTheMessage, ...state }]) => [id, state]);
  return { slots: items.map(({ sk, data }) => ({ sk, data })), lives, history };
};

test.each(MODES)(
  'by %s any order, repetition and split of a day into batches gives the same quarter hours, live state and history, while writes fail now and then',
  async (mode) => {
    await fc.assert(
      fc.asyncProperty(
        aDay,
        fc.integer({ min: 1, max: 7 }),
        fc.nat({ max: 4 }),
        fc.infiniteStream(fc.nat({ max: 1_000_000 })),
        async (steps, size, failing, random) => {
          const points = pointsOf(steps);
          const [once, often] = [await aWorld(), await aWorld()];
          await once.take(...points.map((point) => aRuleEvent('reading', aReading(point))));
          const again = [...points, ...points]
            .map((point) => ({ point, at: random.next().value }))
            .toSorted((a, b) => a.at - b.at)
            .map(({ point, at }) =>
              at % 2 ? aRuleEvent('reading', aReading(point)) : aRuleEvent('batch', aBatch([point])),
            );
          await takeBy(mode, often, { size, table: unsteady(often.table, failing) })(again);
          expect(await storedBy(often)).toEqual(await storedBy(once));
          await Promise.all([once.database.close(), often.database.close()]);
        },
      ),
      // each run keeps a day twice, in two worlds
      { numRuns: Math.ceil((fc.readConfigureGlobal().numRuns ?? 200) / 10) },
    );
  },
);
