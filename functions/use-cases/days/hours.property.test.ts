import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { aPoint } from '@hems/models/testing/builders';
import { aBatch, aRuleEvent, aWorld, HOME, type World } from '../../testing/world.ts';
import { aggregateHousehold } from '../aggregate-household.ts';
import { importDays, type DayTotal } from '../import-days.ts';
import { readDays } from '../stores/days.ts';
import { readHours, type DayHours } from '../stores/hours.ts';
import { UNKNOWN_HOURS } from './hours-of-day.ts';

const { householdId } = HOME;
const TODAY = '2026-11-22';
const FIRST_OPEN = '2026-10-22';
/** Two that are final, of which only files tell, and three that readings may still change. */
const DATES = ['2026-10-19', '2026-10-20', '2026-11-19', '2026-11-20', '2026-11-21'];

/** What a home drew, and from which hour on its meter told us of it itself. */
const aLife = fc.array(
  fc.record({
    hourWh: fc.array(fc.integer({ min: 0, max: 4000 }), { minLength: 24, maxLength: 24 }),
    toldFrom: fc.constantFrom(0, 0, 5, 24),
  }),
  { minLength: DATES.length, maxLength: DATES.length },
);
type Life = typeof aLife extends fc.Arbitrary<infer T> ? T : never;

/** A file of some of the days, with their hours or their totals only. */
const aFile = fc.record({ days: fc.subarray(DATES, { minLength: 1 }), byHour: fc.boolean() });
type File = typeof aFile extends fc.Arbitrary<infer T> ? T : never;

const sum = (wh: readonly number[]): number => wh.reduce((a, b) => a + b, 0);

const totalsOf = (life: Life, { days, byHour }: File): DayTotal[] =>
  days.map((date) => {
    const hourWh = life[DATES.indexOf(date)]!.hourWh;
    const hours = { importWh: hourWh, loadWh: hourWh, solarWh: UNKNOWN_HOURS };
    return { date, importWh: sum(hourWh), quality: 'good', source: 'imported', ...(byHour && { hours }) };
  });

const readMeter = async (world: World, life: Life): Promise<void> => {
  const registers = life.flatMap(({ hourWh, toldFrom }, day) => {
    const before = sum(life.slice(0, day).flatMap((one) => one.hourWh));
    return Array.from({ length: 25 }, (_, hour) => {
      const ts = dayStart(DATES[day]!) + hour * HOUR_MS;
      const isTold = hour >= toldFrom && toldFrom < 24 && DATES[day]! >= FIRST_OPEN;
      return { isTold, seq: day * 100 + hour, ts, wh: before + sum(hourWh.slice(0, hour)) };
    }).filter(({ isTold }) => isTold);
  });
  // the meter is heard of again after the last day, so that nothing of it waits
  const last = registers.at(-1);
  const all = last ? [...registers, { ...last, seq: last.seq + 1, ts: dayStart(TODAY) }] : registers;
  if (all.length === 0) return;
  const points = all.map(({ seq, ts, wh }) =>
    aPoint({ deviceId: 'meter-1', ts, seq, quantities: { energy_import_wh: wh, energy_export_wh: 0 } }),
  );
  await world.take(aRuleEvent('batch', aBatch(points), { received: world.clock.now() }));
};

const aHome = async (): Promise<World> => {
  const world = await aWorld();
  for (const device of ['solar-1', 'battery-1'])
    await world.table.delete({ table: 'homes', pk: `H#${householdId}`, sk: `DEVICE#${device}` });
  world.clock.set(dayStart(TODAY) + 20 * 60_000);
  return world;
};
const run = (world: World) => aggregateHousehold(world, { householdId, date: addDays(TODAY, -1) });
const hoursOf = (world: World) => readHours(world.table, householdId, ['2026-10-01', TODAY]);

const known = (wh: DayHours): number[] => wh.flatMap((own) => own ?? []);

test('in whatever order files and readings of the same life come, the hours are the same, and add up to the days', async () => {
  await fc.assert(
    fc.asyncProperty(aLife, fc.array(aFile, { minLength: 1, maxLength: 4 }), fc.nat(4), async (life, files, turn) => {
      const [inOrder, turned] = [await aHome(), await aHome()];
      const steps = [
        ...files.map(
          (file) => async (world: World) => void (await importDays(world, householdId, totalsOf(life, file))),
        ),
        async (world: World) => void (await readMeter(world, life).then(async () => await run(world))),
      ];
      for (const step of steps) await step(inOrder);
      for (const step of [...steps.slice(turn), ...steps.slice(0, turn)].toReversed()) await step(turned);
      await run(inOrder);
      await run(turned);
      const hours = await hoursOf(inOrder);
      expect(await hoursOf(turned)).toEqual(hours);
      const days = new Map(
        (await readDays(inOrder.table, householdId, ['2026-10-01', TODAY])).map((day) => [day.date, day]),
      );
      for (const { date, importWh } of hours) {
        if (known(importWh).length === 24) expect(sum(known(importWh)), date).toBe(days.get(date)?.importWh);
        else expect(sum(known(importWh)), date).toBeLessThanOrEqual(days.get(date)?.importWh ?? 0);
      }
      await Promise.all([inOrder.database.close(), turned.database.close()]);
    }),
    // each case lives the days twice
    { numRuns: Math.ceil((fc.readConfigureGlobal().numRuns ?? 200) / 10) },
  );
});
