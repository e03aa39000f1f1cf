import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { datesBetween } from '@hems/models/day/open-days';
import type { Point } from '@hems/models/reading/point';
import { Q } from '@hems/models/reading/quality';
import { aReading as messageOf, aRuleEvent, aWorld, HOME, type World } from '../testing/world.ts';
import { aggregateHousehold } from './aggregate-household.ts';
import { ingest } from './ingest/ingest.ts';
import { readUsage } from './read-usage.ts';
import { readDays } from './stores/days.ts';
import { hoursUntilNow } from './days/hours-until-now.ts';
import { readHours, type DayHours } from './stores/hours.ts';
import { readMonths } from './stores/months.ts';

const { householdId } = HOME;
const [FIRST, LAST] = ['2026-10-30', '2026-11-02'];
const DATES = datesBetween(FIRST, LAST);

/** A quarter of a day of one device: a reading in it, and how many days later it comes; often on the day, sometimes never. */
const aReading = fc.record({
  minute: fc.nat({ max: 359 }),
  kind: fc.constantFrom('register', 'power', 'both', 'nothing'),
  wh: fc.integer({ min: 0, max: 3000 }),
  lateDays: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 4 })),
  isEstimated: fc.boolean(),
  /** what comes on its day: at once, or at the end of it */
  comes: fc.constantFrom('at once', 'in the evening'),
});
const aHistory = fc.array(aReading, { minLength: 32, maxLength: 32 });
type Drawn = typeof aReading extends fc.Arbitrary<infer T> ? T : never;
type Arrival = { readonly point: Point; readonly on: string; readonly atMs: number };

const DEVICES = [
  { deviceId: 'meter-1', kind: 'smart_meter', field: 'energy_import_wh' },
  { deviceId: 'solar-1', kind: 'solar_inverter', field: 'energy_export_wh' },
] as const;

/** Past midnight of the day, when the run begins. */
const after = (date: string): number => dayStart(addDays(date, 1)) + 20 * 60_000;

/** Registers that only climb, read when the drawing says so. */
const arrivalsOf = (drawn: readonly Drawn[]): Arrival[] =>
  DEVICES.flatMap(({ deviceId, kind, field }, device) => {
    let registerWh = 1000;
    return drawn.slice(device * 16, device * 16 + 16).flatMap((one, index): Arrival[] => {
      registerWh += one.wh;
      const ts = dayStart(FIRST) + index * 6 * HOUR_MS + one.minute * 60_000;
      const on = addDays(FIRST, Math.floor(index / 4) + one.lateDays);
      if (one.kind === 'nothing' || on > LAST) return [];
      const quantities = {
        ...(one.kind !== 'register' && { power_w: one.wh % 7 === 0 ? 0 : one.wh }),
        ...(one.kind !== 'power' && { [field]: registerWh }),
      };
      const atMs = one.lateDays > 0 ? after(on) : one.comes === 'at once' ? ts : dayStart(addDays(on, 1)) - 1000;
      return [
        {
          on,
          atMs,
          point: { deviceId, kind, ts, boot: 1, seq: index, q: one.isEstimated ? Q.estimated : 0, quantities },
        },
      ];
    });
  });

/** The history of readings is another store's; only what the days are told from is written. */
const take = async (world: World, arrivals: readonly Arrival[]): Promise<void> => {
  for (const { point, atMs } of arrivals.toSorted((a, b) => a.atMs - b.atMs)) {
    world.clock.set(Math.max(world.clock.now(), atMs));
    const event = aRuleEvent('reading', messageOf(point), { received: world.clock.now() });
    await ingest({ ...world.deps, readingHistory: 'rule-action' }, [event]);
  }
};
const run = (world: World, date: string) => aggregateHousehold(world, { householdId, date });

const isUnknown = (wh: DayHours): boolean => wh.every((own) => own === null);

const figuresOf = async (world: World) => {
  const days = await readDays(world.table, householdId, [FIRST, LAST]);
  const months = await readMonths(world.table, householdId, ['2026-10', '2026-11']);
  return {
    days: days.map(({ revision: _how, inputsHash: _often, ...day }) => day),
    months: months.map(({ month }) => month),
    // a day whose readings were taken back keeps its item, and it says nothing
    hours: (await readHours(world.table, householdId, [FIRST, LAST])).filter(
      ({ loadWh, importWh, solarWh }) => !isUnknown([...loadWh, ...importWh, ...solarWh]),
    ),
  };
};

const sumOf = (wh: DayHours): number => wh.reduce<number>((sum, own) => sum + (own ?? 0), 0);
const isWhole = (wh: DayHours): boolean => wh.every((own) => own !== null);

const checkFlow = (wh: DayHours, dayWh: number | undefined, missing: number): void => {
  expect(wh.length > 0 && isWhole(wh)).toBe(missing === 0);
  if (missing === 0) expect(sumOf(wh)).toBe(dayWh);
  else expect(sumOf(wh)).toBeLessThanOrEqual(dayWh ?? 0);
};

/** Hours add up to their day where all of it is known, and to no more where it is not; the series until now is made of them. */
const checkHours = async (world: World) => {
  const { days, hours } = await figuresOf(world);
  const byDate = new Map(hours.map((day) => [day.date, day]));
  for (const { date, importWh, loadWh, missingSlots, missingImportSlots = 0 } of days) {
    checkFlow(byDate.get(date)?.importWh ?? [], importWh, missingImportSlots);
    checkFlow(byDate.get(date)?.loadWh ?? [], loadWh, missingSlots);
  }
  const series = await hoursUntilNow(world, householdId, 4);
  const dates = DATES.filter((date) => series !== undefined && date >= series.firstDate);
  expect(series?.importWh ?? []).toEqual(
    dates.flatMap((date) => byDate.get(date)?.importWh ?? Array.from({ length: 24 }, () => null)),
  );
};

const totalsOf = async (world: World, to: string) => {
  const grains = ['15min', 'day', 'month'] as const;
  const answers = await Promise.all(grains.map((grain) => readUsage(world, { householdId, grain, from: FIRST, to })));
  return answers.map(({ intervals }) => intervals.reduce((sum, { importWh }) => sum + (importWh ?? 0), 0));
};

test('however late readings come, the runs of the days end in what one run over all of them says, and all grains agree on the way', async () => {
  await fc.assert(
    fc.asyncProperty(aHistory, fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), async (drawn, hasRun) => {
      const [daily, once] = [await aWorld(), await aWorld()];
      daily.clock.set(dayStart(FIRST));
      const arrivals = arrivalsOf(drawn);
      for (const [index, date] of DATES.entries()) {
        await take(
          daily,
          arrivals.filter(({ on }) => on === date),
        );
        daily.clock.set(after(date));
        const before = await totalsOf(daily, date);
        expect(new Set(before).size, `before the run of ${date}: ${before.join(', ')}`).toBe(1);
        if (hasRun[index] || date === LAST) await run(daily, date);
        const told = await totalsOf(daily, date);
        expect(told, `after the run of ${date}`).toEqual(before);
      }
      once.clock.set(after(LAST));
      await take(once, arrivals);
      await run(once, LAST);
      expect(await figuresOf(daily)).toEqual(await figuresOf(once));
      await checkHours(daily);
      await Promise.all([daily.database.close(), once.database.close()]);
    }),
    // each case lives four days twice
    { numRuns: Math.ceil((fc.readConfigureGlobal().numRuns ?? 200) / 5) },
  );
});
