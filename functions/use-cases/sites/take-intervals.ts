import type { LocalDate } from '@hems/models/calendar/seoul';
import { dateOfInterval, faultOf, merge, type Interval, type IntervalFault } from '@hems/models/site/intervals';
import type { Clock } from '../../ports/clock.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import { meterDayPut, readMeterDay, type Meter } from '../stores/site-intervals.ts';
import { untilWon } from '../until-won.ts';

type Deps = { readonly table: Table; readonly clock: Clock; readonly pause: Pause };

export type Taken = {
  /** intervals that count now and did not before; the others were known */
  readonly taken: number;
  readonly refused: readonly { readonly fromMs: number; readonly fault: IntervalFault }[];
};

/** What is the same stays the same object. */
const isOther = (before: readonly Interval[], after: readonly Interval[]): boolean =>
  before.length !== after.length || after.some((one) => !before.includes(one));

const takeDay = async (
  { table, pause }: Deps,
  { meter, date }: { readonly meter: Meter; readonly date: LocalDate },
  intervals: readonly Interval[],
): Promise<Taken> =>
  untilWon(pause, async () => {
    const known = await readMeterDay(table, meter, date);
    const merged = merge(known.intervals, intervals);
    if (isOther(known.intervals, merged.intervals))
      await table.put(meterDayPut(meter, date, { intervals: merged.intervals, version: known.version }));
    return { taken: merged.taken, refused: merged.faults };
  });

/**
 * Takes what a meter of a building counted, in any order and however often: a repeat changes nothing. What cannot be right is refused by
 * itself, with its reason, and the rest is taken.
 */
export const takeIntervals = async (deps: Deps, meter: Meter, intervals: readonly Interval[]): Promise<Taken> => {
  const nowMs = deps.clock.now();
  const judged = intervals.map((one) => ({ one, fault: faultOf(one, nowMs) }));
  const sound = judged.filter(({ fault }) => fault === undefined).map(({ one }) => one);
  const results: Taken[] = [
    { taken: 0, refused: judged.flatMap(({ one, fault }) => (fault ? [{ fromMs: one.fromMs, fault }] : [])) },
  ];
  for (const [date, own] of Map.groupBy(sound, dateOfInterval)) results.push(await takeDay(deps, { meter, date }, own));
  return {
    taken: results.reduce((sum, { taken }) => sum + taken, 0),
    refused: results.flatMap(({ refused }) => refused),
  };
};
