import { uniformAt } from '../testing/random.ts';
import { quantileOfSorted } from './day-features.ts';
import { HOURS, SCALE_FLOOR_WH, daysOf, knownIn, type HomeSeries } from './series.ts';

/** A total and the range that holds it four times of five, Wh. */
export type Total = { readonly meanWh: number; readonly p10Wh: number; readonly p90Wh: number };

/** A day of which less is known has no total. */
const MIN_HOURS = 18;

/** The use of each whole day, Wh; NaN: too little is known of it. */
export const dayTotals = (series: HomeSeries): Float64Array =>
  Float64Array.from({ length: Math.floor(daysOf(series)) }, (_, day) => {
    const { sum, count } = knownIn(series.wh, day * HOURS, (day + 1) * HOURS);
    return count < MIN_HOURS ? NaN : (sum / count) * HOURS;
  });

/** What three days ago counts half as much as what yesterday does. */
const HALF_LIFE_DAYS = 3;
const MEAN_DAYS = 14;

/** Means of the days before each day, what is older counting less and less. */
const fadingMeans = (totals: Float64Array): Float64Array => {
  const fade = 0.5 ** (1 / HALF_LIFE_DAYS);
  const means = new Float64Array(totals.length + 1).fill(NaN);
  let [sum, weight] = [0, 0];
  for (const [day, total] of totals.entries()) {
    const known = !Number.isNaN(total);
    sum = fade * (sum + (known ? total : 0));
    weight = fade * (weight + (known ? 1 : 0));
    means[day + 1] = weight === 0 ? NaN : sum / weight;
  }
  return means;
};

/**
 * The use of a day, Wh, as the days before each day let expect it: `levels[day]`, one more than there are totals. Half the fading
 * mean, half the mean of two weeks: of what was tried the least error of a month (docs/reports/forecast.md).
 */
export const levelsOf = (totals: Float64Array): Float64Array =>
  fadingMeans(totals).map((fading, day) => {
    const { sum, count } = knownIn(totals, day - MEAN_DAYS, day);
    return count === 0 ? fading : (fading + sum / count) / 2;
  });

/** Below this a day's level is noise (a home on holiday), and an error in units of it would have no bound. */
const LEVEL_FLOOR_WH = SCALE_FLOOR_WH * HOURS;
/** What errors are told in; NaN where no level is known. */
export const unitOf = (levelWh: number): number => Math.max(LEVEL_FLOOR_WH, levelWh);

/** The largest day that is known, Wh: no range reaches beyond days that are all like it. */
export const largestDay = (totals: Float64Array): number =>
  totals.reduce((most, total) => (total > most ? total : most), 0);

const DRAWS = 200;
/** A block of days needs so many of its length to be drawn from. */
const BLOCKS_IN_HISTORY = 4;

/** How far the sum of the `length` days from `from` was from the level before them, in units of that level; NaN: there was none. */
const blockError = (totals: Float64Array, levels: Float64Array, [from, length]: readonly [number, number]): number => {
  const level = levels[from] ?? NaN;
  let sum = 0;
  for (let day = from; day < from + length; day++) {
    const total = totals[day] ?? NaN;
    sum += (Number.isNaN(total) ? level : total) - level;
  }
  return sum / unitOf(level);
};

/** Some weeks of the past have not seen the season turn: a range reaches further by so much the more days it spans. */
const SEASON_DAYS = 60;

const p10And90 = (errors: readonly number[]): readonly [number, number] => {
  const sorted = Float64Array.from(errors).toSorted();
  return [quantileOfSorted(sorted, 0.1), quantileOfSorted(sorted, 0.9)];
};

/** Errors of `days` days against the level before them, drawn as blocks of following days: what is warm today is warm tomorrow. */
const drawnErrors = (totals: Float64Array, days: number, seed: number): number[] => {
  const levels = levelsOf(totals);
  const length = Math.max(1, Math.min(days, Math.floor(totals.length / BLOCKS_IN_HISTORY)));
  const errors = Array.from({ length: Math.max(0, totals.length - length + 1) }, (_, from) =>
    blockError(totals, levels, [from, length]),
  ).filter((error) => !Number.isNaN(error));
  if (errors.length === 0) return [];
  const blocks = days / length;
  return Array.from({ length: DRAWS }, (_, draw) => {
    let sum = 0;
    for (let block = 0; block < blocks; block++) {
      const error = errors[Math.floor(uniformAt(seed, draw * 64 + block) * errors.length)] ?? 0;
      sum += error * Math.min(1, blocks - block);
    }
    return sum;
  });
};

/**
 * What is used so far and what the level lets expect of the `days` left (a part of a day is a fraction). Undefined while there is no
 * level. The range comes from how far the home's own past was from it; the same seed gives the same range.
 */
export const remainderOf = (
  totals: Float64Array,
  { soFarWh, days, seed }: { readonly soFarWh: number; readonly days: number; readonly seed: number },
): Total | undefined => {
  const level = levelsOf(totals)[totals.length] ?? NaN;
  if (Number.isNaN(level)) return undefined;
  const meanWh = soFarWh + days * level;
  const errors = drawnErrors(totals, days, seed);
  if (errors.length === 0) return undefined;
  const [low, high] = p10And90(errors);
  const reach = unitOf(level) * (1 + days / SEASON_DAYS);
  const mostWh = soFarWh + days * largestDay(totals);
  return {
    meanWh,
    p10Wh: Math.max(soFarWh, Math.min(meanWh, meanWh + low * reach)),
    p90Wh: Math.max(meanWh, Math.min(mostWh, meanWh + high * reach)),
  };
};

/** Fewer errors make no range; until then it reaches from nothing to twice the mean. */
export const MIN_ERRORS = 14;

/** A day's total from the mean of each of its hours; the range from how far whole days before were from theirs. */
export const dayTotalOf = (meanWh: number, errorsWh: readonly number[]): Total => {
  const [low, high] = errorsWh.length < MIN_ERRORS ? [-meanWh, meanWh] : p10And90(errorsWh);
  return { meanWh, p10Wh: Math.max(0, Math.min(meanWh, meanWh + low)), p90Wh: Math.max(meanWh, meanWh + high) };
};

export const inWholeWh = ({ meanWh, p10Wh, p90Wh }: Total): Total => ({
  meanWh: Math.round(meanWh),
  p10Wh: Math.round(p10Wh),
  p90Wh: Math.round(p90Wh),
});
