import type { LocalDate } from '@hems/models/calendar/seoul';
import { referenceWindow, type KnownDay, type Window } from '@hems/models/community/reference';
import type { Barred } from '@hems/models/community/standing';
import { isWhole } from '@hems/models/day/day-use';
import type { DayItem } from '@hems/models/day/day-value';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { readDays } from '../stores/days.ts';
import { meterChange } from './meter-change.ts';
import { splitOff } from './split-off.ts';

/** What a household's standing in a window rests on. */
export type OwnDays = {
  readonly history: readonly KnownDay[];
  readonly days: readonly KnownDay[];
  /** why the days may not be held against the history, whatever they say */
  readonly barred: Barred | null;
  /** the last day of the window that was derived; undefined: none was */
  readonly through: LocalDate | undefined;
};

type Deps = { readonly table: Table; readonly clock: Clock };
type Place = { readonly householdId: string; readonly window: Window };

/**
 * A day counts when all of its grid use is known: what a gap hides must not pass for a saving. Nor does what a resident hands in as a file:
 * anybody can write one, and a heavier past or a lighter present would be rewarded.
 */
export const knownDayOf = (day: DayItem): KnownDay => ({
  date: day.date,
  wh: isWhole(day) && day.importWh !== undefined && day.source !== 'imported' ? day.importWh : null,
});

const hasRoof = (days: readonly DayItem[]): boolean =>
  days.filter(({ solarWh = 0 }) => solarWh > 0).length * 2 > days.length;

/** A roof that came or went changes the grid use for good. What a utility hands in says nothing of roofs. */
const roofChange = (history: readonly DayItem[], days: readonly DayItem[]): Barred | undefined => {
  const own = history.filter(({ source }) => source !== 'imported');
  if (own.length === 0 || days.length === 0 || hasRoof(own) === hasRoof(days)) return undefined;
  return {
    status: 'refused',
    code: 'installation-changed',
    detail: 'solar panels came or went since the same weeks a year before; the two cannot be compared',
  };
};

/** The days of the window and those it is held against, and whether they are of the same home and meter. */
export const readOwnDays = async ({ table, clock }: Deps, { householdId, window }: Place): Promise<OwnDays> => {
  const reference = referenceWindow(window);
  const [history, days] = await Promise.all([
    readDays(table, householdId, [reference.from, reference.to]),
    readDays(table, householdId, [window.from, window.to]),
  ]);
  const measured = [...history, ...days].filter((day) => day.source === 'measured' && isWhole(day));
  const barred =
    roofChange(history, days) ??
    (await meterChange(
      { table, clock },
      householdId,
      measured.map(({ date }) => date),
    )) ??
    (await splitOff(table, householdId, window)) ??
    null;
  return { history: history.map(knownDayOf), days: days.map(knownDayOf), barred, through: days.at(-1)?.date };
};
