import { addDays, dayStart, HOUR_MS, SLOT_MS, type LocalDate } from '@hems/models/calendar/seoul';
import type { DayItem } from '@hems/models/day/day-value';
import { monthPeriod } from '@hems/models/incentive/periods';
import { aPoint } from '@hems/models/testing/builders';
import { putDays } from '../use-cases/stores/days.ts';
import { aBatch, aRuleEvent, HOME, type World } from './world.ts';

export const aDay = (date: LocalDate, importWh: number, over: Partial<DayItem> = {}): DayItem => ({
  date,
  importWh,
  quality: 'good',
  missingSlots: 0,
  source: 'measured',
  revision: 0,
  inputsHash: '',
  ...over,
});

/** The days of a month that add up to so many kWh, the odd Wh on the first of them. */
export const monthOfDays = (month: string, kwh: number): DayItem[] => {
  const { from, to } = monthPeriod(month);
  const count = Number(to.slice(8));
  const each = Math.floor((kwh * 1000) / count);
  return Array.from({ length: count }, (_, i) =>
    aDay(addDays(from, i), i === 0 ? kwh * 1000 - each * (count - 1) : each),
  );
};

/** Daily items of whole months, kWh by month. */
export const liveMonths = (
  { table }: World,
  kwh: Readonly<Record<string, number>>,
  householdId: string = HOME.householdId,
): Promise<void> =>
  putDays(
    table,
    householdId,
    Object.entries(kwh).flatMap(([month, used]) => monthOfDays(month, used)),
  );

/** `count` months from one on, each of so many kWh. */
export const months = (first: string, count: number, kwh: number): Record<string, number> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => {
      const number = Number(first.slice(0, 4)) * 12 + Number(first.slice(5)) - 1 + i;
      return [`${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`, kwh];
    }),
  );

/** What the meter tells of one clock hour of a date, Wh; divided evenly over its quarters. */
export type MeteredHour = {
  readonly date: LocalDate;
  readonly hour: number;
  readonly wh: number;
  /** so many of its quarters were told; all four where nothing is said */
  readonly quarters?: number;
};

/** The meter of the home through the hours, in order of time: its register at each quarter, sent at the end of the hour. */
export const liveHours = async (world: World, hours: readonly MeteredHour[]): Promise<void> => {
  let register = 1_000_000;
  let seq = 1;
  const inTime = hours.toSorted((a, b) => dayStart(a.date) + a.hour * HOUR_MS - dayStart(b.date) - b.hour * HOUR_MS);
  for (const { date, hour, wh, quarters = 4 } of inTime) {
    const start = dayStart(date) + hour * HOUR_MS;
    const points = [0, 1, 2, 3, 4].slice(0, quarters + 1).map((i) =>
      aPoint({
        ts: start + i * SLOT_MS,
        seq: (seq += 1),
        quantities: { energy_import_wh: register + Math.floor((wh * i) / 4), energy_export_wh: 0 },
      }),
    );
    register += wh;
    await world.take(aRuleEvent('batch', aBatch(points), { received: start + HOUR_MS }));
  }
};
