import { uniformAt } from '../testing/random.ts';
import { matrixOf, type Matrix } from './booster/matrix.ts';
import { usableDays } from './day-features.ts';
import type { FeatureSet } from './features.ts';
import { HOURS, type HomeSeries } from './series.ts';

/** The days of each home that are learnt from, counted from the first of its series, `to` exclusive. */
export type TrainingHome = { readonly series: HomeSeries; readonly from: number; readonly to: number };

export type Rows = {
  readonly features: Matrix;
  /** actual use over the level */
  readonly targets: Float64Array;
  /** hour of the day of each row */
  readonly hour: Uint8Array;
  /** which half of the homes the row belongs to, 0 or 1 */
  readonly half: Uint8Array;
};

/** So large a share of the days is learnt from once more as a young home would see them, ... */
const YOUNG_SHARE = 0.1;
const YOUNG_DAYS = [1, 2, 3, 5, 7, 14] as const;
/** ... and so large a share as they are seen a day earlier, with their eve known to some hour only. */
const EARLY_SHARE = 0.03;
/** What features look back to. */
const REACH_DAYS = 29;

/** The home as it is known `days` after its first reading, and that day. */
const young = ({ name, firstDay, wh }: HomeSeries, day: number, days: number): Sample => ({
  series: { name, firstDay: firstDay + day - days, wh: wh.subarray((day - days) * HOURS, (day + 1) * HOURS) },
  day: days,
});

/** The home as it is known at `hour` of the day before. */
const early = ({ name, firstDay, wh }: HomeSeries, day: number, hour: number): Sample => {
  const first = Math.max(0, day - REACH_DAYS);
  const known = wh.slice(first * HOURS, (day + 1) * HOURS);
  known.fill(NaN, (day - 1 - first) * HOURS + hour, (day - first) * HOURS);
  return { series: { name, firstDay: firstDay + first, wh: known }, day: day - first };
};

type Sample = { readonly series: HomeSeries; readonly day: number };

/** The day as it is, and by lot its copies. */
const samplesOf = ({ forecastsEarly }: FeatureSet, { series, day }: Sample, seed: number): Sample[] => {
  const drawn = (index: number): number => uniformAt(seed, day * 4 + index);
  const days = YOUNG_DAYS[Math.floor(drawn(1) * YOUNG_DAYS.length)] ?? 1;
  return [
    { series, day },
    ...(drawn(0) < YOUNG_SHARE && days < day ? [young(series, day, days)] : []),
    ...(forecastsEarly && drawn(2) < EARLY_SHARE ? [early(series, day, Math.floor(drawn(3) * HOURS))] : []),
  ];
};

const keepRows = ({ values, columns }: Matrix, kept: readonly number[]): Matrix => {
  const own = matrixOf(kept.length, columns);
  for (const [row, from] of kept.entries())
    own.values.set(values.subarray(from * columns, (from + 1) * columns), row * columns);
  return own;
};

/** A row for each hour whose use is known. The same homes in the same order give the same rows. */
export const trainingRows = (set: FeatureSet, homes: readonly TrainingHome[]): Rows => {
  const days = homes.flatMap(({ series, from, to }, home) =>
    usableDays(series, [from, to])
      .flatMap((day) => samplesOf(set, { series, day }, home))
      .map((sample) => ({ ...sample, half: home % 2 })),
  );
  const all = matrixOf(days.length * HOURS, set.names.length);
  const targets = new Float64Array(all.rows);
  const kept: number[] = [];
  for (const [index, { series, day }] of days.entries()) {
    const row = index * HOURS;
    const scale = set.write(series, day, { values: all.values, columns: all.columns, row });
    for (let hour = 0; hour < HOURS; hour++) {
      targets[row + hour] = (series.wh[day * HOURS + hour] ?? NaN) / scale;
      if (!Number.isNaN(targets[row + hour])) kept.push(row + hour);
    }
  }
  return {
    features: keepRows(all, kept),
    targets: Float64Array.from(kept, (row) => targets[row] ?? 0),
    hour: Uint8Array.from(kept, (row) => row % HOURS),
    half: Uint8Array.from(kept, (row) => days[Math.floor(row / HOURS)]?.half ?? 0),
  };
};
