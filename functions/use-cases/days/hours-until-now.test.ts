import { beforeEach, expect, test } from 'vitest';
import { addDays, dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { datesBetween } from '@hems/models/day/open-days';
import { aPoint } from '@hems/models/testing/builders';
import { liveHours } from '../../testing/past-use.ts';
import { aReading, aRuleEvent, aWorld, HOME, type World } from '../../testing/world.ts';
import { aggregateHousehold } from '../aggregate-household.ts';
import { putHours, type DayHours } from '../stores/hours.ts';
import { UNKNOWN_HOURS } from './hours-of-day.ts';
import { hoursUntilNow } from './hours-until-now.ts';

const { householdId } = HOME;
const TODAY = '2026-11-22';
const MIDNIGHT = dayStart(TODAY);
const flat = (wh: number): DayHours => Array.from({ length: 24 }, () => wh);

let world: World;
beforeEach(async () => {
  world = await aWorld();
  for (const device of ['solar-1', 'battery-1'])
    await world.table.delete({ table: 'homes', pk: `H#${householdId}`, sk: `DEVICE#${device}` });
});
const put = (dates: readonly string[], wh: number) =>
  putHours(
    world.table,
    householdId,
    dates.map((date) => ({ date, loadWh: flat(wh), importWh: flat(wh), solarWh: UNKNOWN_HOURS })),
  );
const live = (date: string, hours: readonly number[]) =>
  liveHours(
    world,
    hours.map((wh, hour) => ({ date, hour, wh })),
  );
const until = (ms: number, days = 365) => {
  world.clock.set(ms);
  return hoursUntilNow(world, householdId, days);
};

test('the past comes from the hours that are kept, today from its quarter hours up to the hour that is over', async () => {
  await put(['2026-11-20', '2026-11-21'], 300);
  await live(TODAY, [100, 200, 300]);
  const hours = await until(MIDNIGHT + 2.9 * HOUR_MS);
  expect(hours?.firstDate).toBe('2026-11-20');
  expect(hours?.loadWh).toEqual([...flat(300), ...flat(300), 100, 200]);
  expect(hours?.importWh).toEqual(hours?.loadWh);
  expect(hours?.solarWh).toEqual([...UNKNOWN_HOURS, ...UNKNOWN_HOURS, null, null]);
  expect((await until(MIDNIGHT + 3 * HOUR_MS))?.loadWh.slice(-3)).toEqual([100, 200, 300]);
});

test('at midnight the day before is told from its quarter hours, as the run of the night will leave it', async () => {
  await put(['2026-11-20'], 300);
  await live('2026-11-21', flat(500).map(Number));
  const before = await until(MIDNIGHT + 60_000);
  expect(before?.loadWh).toEqual([...flat(300), ...flat(500)]);
  world.clock.set(MIDNIGHT + HOUR_MS / 2);
  await aggregateHousehold(world, { householdId, date: '2026-11-21' });
  expect(await until(MIDNIGHT + HOUR_MS / 2)).toEqual(before);
});

test('an hour is told once the meter was heard at its end: until then its last quarter is open, and it would pass for a low hour', async () => {
  await put(['2026-11-20', '2026-11-21'], 300);
  await live(TODAY, [1200]);
  const at = (minutes: number, registerWh: number, seq: number) =>
    world.take(
      aRuleEvent(
        'reading',
        aReading(
          aPoint({
            ts: MIDNIGHT + minutes * 60_000,
            seq,
            quantities: { energy_import_wh: registerWh, energy_export_wh: 0 },
          }),
        ),
        { received: MIDNIGHT + minutes * 60_000 },
      ),
    );
  for (const [i, minutes] of [66, 81, 96, 111].entries()) await at(minutes, 1_001_200 + 20 * (minutes - 60), 100 + i);
  expect((await until(MIDNIGHT + 2 * HOUR_MS + 10_000))?.loadWh.slice(-2)).toEqual([1200, null]);
  await at(126, 1_001_200 + 20 * 66, 110);
  expect((await until(MIDNIGHT + 2 * HOUR_MS + 7 * 60_000))?.loadWh.slice(-2)).toEqual([1200, 1200]);
});

test('a day of the last week that no run has reached is read from its quarter hours, also where a later one is kept', async () => {
  await live('2026-11-20', flat(500).map(Number));
  await put(['2026-11-19', '2026-11-21'], 300);
  expect((await until(MIDNIGHT))?.loadWh).toEqual([...flat(300), ...flat(500), ...flat(300)]);
});

test('days between that nobody knows are gaps of 24 hours, and what lies before the first known day is left out', async () => {
  await put(['2026-11-15', '2026-11-18'], 300);
  const hours = await until(MIDNIGHT);
  expect(hours?.firstDate).toBe('2026-11-15');
  const days = datesBetween('2026-11-15', addDays(TODAY, -1));
  expect(hours?.loadWh).toEqual(
    days.flatMap((date) => (date === '2026-11-15' || date === '2026-11-18' ? flat(300) : UNKNOWN_HOURS)),
  );
});

test('no more days are told than were asked for, and a home of which nothing is known has no hours', async () => {
  expect(await until(MIDNIGHT + HOUR_MS)).toBeUndefined();
  await put(datesBetween('2026-10-01', '2026-11-21'), 300);
  const hours = await until(MIDNIGHT + HOUR_MS, 14);
  expect(hours?.firstDate).toBe('2026-11-08');
  expect(hours?.loadWh).toHaveLength(14 * 24 + 1);
});

test('a home that began this morning has its first hours before any run', async () => {
  await live(TODAY, [100, 200, 300]);
  const hours = await until(MIDNIGHT + 3 * HOUR_MS);
  expect(hours).toMatchObject({ firstDate: TODAY, loadWh: [100, 200, 300] });
});
