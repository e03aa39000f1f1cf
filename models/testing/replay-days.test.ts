import { expect, test } from 'vitest';
import { addDays } from '../calendar/seoul.ts';
import type { RecordedHome } from './recorded-home.ts';
import { replayDays } from './replay-days.ts';

const FIRST = '2015-03-02';
const SHIFT_DAYS = 7 * 600;
const START = addDays(FIRST, SHIFT_DAYS);
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const pvOf = (hour: number): number => (hour > 6 && hour < 18 ? 1.3 : 0);

/** Three days with a roof; of the second one hour is missing. */
const recorded: RecordedHome = {
  firstDate: FIRST,
  lastDate: addDays(FIRST, 2),
  hasPv: true,
  days: new Map(
    [0, 1, 2].map((day) => [
      addDays(FIRST, day),
      HOURS.map((hour) => (day === 1 && hour === 5 ? undefined : { loadKwh: 0.1 * (day + hour), pvKwh: pvOf(hour) })),
    ]),
  ),
};
const origin = { shiftDays: SHIFT_DAYS, firstDate: FIRST, lastDate: addDays(FIRST, 2), scale: 0.5, pvScale: 0.5 };
const days = [...replayDays({ name: 'home1', recorded, origin }, START, addDays(START, 3))];

test('the whole days of a recorded home come with the hours of the file, and a day with a missing hour does not', () => {
  expect(days.map(({ date }) => date)).toEqual([START, addDays(START, 2)]);
  for (const [hour, loadWh] of days[1]!.hours.loadWh.entries())
    expect(Math.abs(loadWh! - 1000 * 0.5 * 0.1 * (2 + hour))).toBeLessThanOrEqual(1);
  for (const [hour, solarWh] of days[1]!.hours.solarWh.entries())
    expect(Math.abs(solarWh! - 1000 * 0.5 * pvOf(hour))).toBeLessThanOrEqual(1);
});

test('its hours add up to its days, and what it draws, makes and feeds in to what it uses', () => {
  const sum = (wh: readonly (number | null)[]): number => wh.reduce<number>((all, own) => all + (own ?? 0), 0);
  for (const { hours, importWh, exportWh, solarWh, loadWh } of days) {
    expect([sum(hours.importWh), sum(hours.solarWh), sum(hours.loadWh)]).toEqual([importWh, solarWh, loadWh]);
    expect(importWh + solarWh! - exportWh).toBe(loadWh);
    expect(exportWh).toBeGreaterThan(0);
  }
});
