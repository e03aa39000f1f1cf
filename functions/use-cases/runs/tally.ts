import * as z from 'zod';
import { CAUSES } from '../days/report.ts';

/**
 * What a part of the daily run did, in figures that add up: of households to a shard, of shards to the run. It stays small however
 * many households there are: what names a row is a date that is still open, one of a few causes, a programme, or one of MOST_NAMES.
 */

const counts = z.record(z.string(), z.int());
const countsBy = z.record(z.string(), counts);
type Counts = z.infer<typeof counts>;
type CountsBy = z.infer<typeof countsBy>;

/** Households whose day was derived again, and by how much the figures of these days moved, together. */
const shift = z.object({ households: z.int(), importWh: z.int(), costWon: z.int(), savedWon: z.int() });
type Shift = z.infer<typeof shift>;
const shifts = z.partialRecord(z.enum(CAUSES), shift);

export const tally = z.object({
  /** days derived, corrected, unchanged, missing */
  days: counts,
  /** households by what came of their forecast: forecast, usual (no engine answered), unchanged, or why there is none */
  forecasts: counts,
  /** of the day against what had been foreseen of it: households, and their sums; runs before 2026-11-23 have none */
  foreseen: counts.default({}),
  /** by programme: settled, corrected, unchanged, and `refused: <code>`, or `refused: others` for further codes */
  settled: countsBy,
  /** of periods that were settled for the first time, by programme, in its unit */
  amounts: counts,
  /** by the date of the day and by why */
  moved: z.record(z.string(), shifts),
  /** households whose settled period was corrected, by programme and by period; `others`: by further periods */
  corrections: countsBy,
});
export type Tally = z.infer<typeof tally>;

export const nothing = (): Tally => ({
  days: {},
  forecasts: {},
  foreseen: {},
  settled: {},
  amounts: {},
  moved: {},
  corrections: {},
});

/** Of periods and of reason codes: the events and challenges of a month may be many, and none of them may be too many for an item. */
const MOST_NAMES = 40;

/** The name under which a count goes that finds no place of its own. */
type Rest = (name: string) => string;
const sameName: Rest = (name) => name;
const restOfPeriods: Rest = () => 'others';
const restOfOutcomes: Rest = (name) => (name.startsWith('refused: ') ? 'refused: others' : name);

const addCounts = (into: Counts, more: Counts, rest = sameName): void => {
  for (const [name, n] of Object.entries(more)) {
    const hasPlace = into[name] !== undefined || Object.keys(into).length < MOST_NAMES;
    const place = hasPlace ? name : rest(name);
    into[place] = (into[place] ?? 0) + n;
  }
};
const addCountsBy = (into: CountsBy, more: CountsBy, rest: Rest): void => {
  for (const [name, counted] of Object.entries(more)) addCounts((into[name] ??= {}), counted, rest);
};

const plus = (a: Shift | undefined, b: Shift): Shift => ({
  households: (a?.households ?? 0) + b.households,
  importWh: (a?.importWh ?? 0) + b.importWh,
  costWon: (a?.costWon ?? 0) + b.costWon,
  savedWon: (a?.savedWon ?? 0) + b.savedWon,
});
const addMoved = (into: Tally['moved'], more: Tally['moved']): void => {
  for (const [date, byCause] of Object.entries(more)) {
    const own = (into[date] ??= {});
    for (const cause of CAUSES) if (byCause[cause]) own[cause] = plus(own[cause], byCause[cause]);
  }
};

/** The sum of any number of tallies; none of them is changed. */
export const addTallies = (tallies: Iterable<Tally>): Tally => {
  const sum = nothing();
  for (const one of tallies) {
    addCounts(sum.days, one.days);
    addCounts(sum.forecasts, one.forecasts);
    addCounts(sum.foreseen, one.foreseen);
    addCountsBy(sum.settled, one.settled, restOfOutcomes);
    addCounts(sum.amounts, one.amounts);
    addMoved(sum.moved, one.moved);
    addCountsBy(sum.corrections, one.corrections, restOfPeriods);
  }
  return sum;
};

/** What was written and stays written, whatever a later visit finds: all but what was only looked at. */
const LOOKED_AT = /^(unchanged|missing|over|no-consent|collecting|wiring|refused: .*)$/;
const writtenOf = (counted: Counts): Counts =>
  Object.fromEntries(Object.entries(counted).filter(([name]) => !LOOKED_AT.test(name)));

export const written = ({ days, forecasts, settled, ...rest }: Tally): Tally => ({
  ...rest,
  days: writtenOf(days),
  forecasts: writtenOf(forecasts),
  foreseen: {},
  settled: Object.fromEntries(Object.entries(settled).map(([programme, counted]) => [programme, writtenOf(counted)])),
});
