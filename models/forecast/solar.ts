import { quantileOfSorted } from './day-features.ts';
import { HOURS } from './series.ts';
import type { Total } from './totals.ts';

/*
 * Generation of the hours to come (forecasting.md 4.8). With weather: irradiance times the ratio that the home had to it in that hour,
 * which holds roof, shade and a clock that is off. Without: half the same hour of yesterday, half its mean of a week.
 */

/** A home's generation by the hour since its first midnight, Wh, NaN not known. */
export type Generation = {
  readonly wh: Float64Array;
  /** W/m² of the same hours and of those to come; NaN not known */
  readonly irradiance: Float64Array;
  /** the first hour to be foreseen; nothing from it on is looked at */
  readonly now: number;
};

const LEARN_DAYS = 28;
const WEEK = 7;

/** The latest known values of the same hour before `before`, at most seven, latest first. */
const latest = ({ wh }: Generation, at: number, before: number): number[] => {
  const values: number[] = [];
  const steps = Math.max(1, Math.ceil((at - before + 1) / HOURS));
  for (let back = steps; back < steps + LEARN_DAYS && values.length < WEEK; back++) {
    const value = wh[at - back * HOURS] ?? NaN;
    if (!Number.isNaN(value)) values.push(value);
  }
  return values;
};

/** Of what was tried the least error on the days before the last 112 (docs/reports/forecast.md). */
const usualWh = (generation: Generation, at: number, before: number): number => {
  const values = latest(generation, at, before);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return ((values[0] ?? NaN) + mean) / 2;
};

/** A sun so low says nothing: what is measured then is shade and rounding. */
const LEAST_IRRADIANCE = 20;
const MIN_DAYS = 7;
/** Left out at each end, so that a day of snow or of a wrong cloud forecast does not count. */
const TRIM = 0.2;

/** Mean ratio of generation to irradiance of an hour over the four weeks before a day, weighted by irradiance, its ends left out. */
const ratioOf = ({ wh, irradiance }: Generation, day: number, hour: number): number => {
  const pairs: { readonly ratio: number; readonly weight: number }[] = [];
  for (let back = 1; back <= LEARN_DAYS; back++) {
    const at = (day - back) * HOURS + hour;
    const weight = irradiance[at] ?? NaN;
    const ratio = (wh[at] ?? NaN) / weight;
    if (weight >= LEAST_IRRADIANCE && !Number.isNaN(ratio)) pairs.push({ ratio, weight });
  }
  if (pairs.length < MIN_DAYS) return NaN;
  const cut = Math.floor(TRIM * pairs.length);
  const kept = pairs.toSorted((a, b) => a.ratio - b.ratio).slice(cut, pairs.length - cut);
  const weights = kept.reduce((sum, { weight }) => sum + weight, 0);
  return kept.reduce((sum, { ratio, weight }) => sum + ratio * weight, 0) / weights;
};

/** The ratios of each day are asked for again and again; kept for one call. */
type Ratios = (day: number, hour: number) => number;
const ratiosOf = (generation: Generation): Ratios => {
  const known = new Map<number, number>();
  return (day, hour) => {
    const key = day * HOURS + hour;
    const kept = known.get(key) ?? ratioOf(generation, day, hour);
    known.set(key, kept);
    return kept;
  };
};

type Learnt = { readonly generation: Generation; readonly ratios: Ratios };

/** What an hour is expected to generate, of what was known before `before`; NaN: nothing is. */
const plainWh = ({ generation, ratios }: Learnt, at: number, before: number): number => {
  const irradiance = generation.irradiance[at] ?? NaN;
  const lit = irradiance >= LEAST_IRRADIANCE ? irradiance * ratios(Math.floor(before / HOURS), at % HOURS) : NaN;
  return Number.isNaN(lit) ? usualWh(generation, at, before) : lit;
};

/** The sun of so many hours tells that of the hours after it, half as much after each four hours. */
const TOLD_BY = 2;
const HALF_LIFE_HOURS = 4;
const MOST_LIFT = 2;
/** So little is expected at dawn that its ratio is noise: a share of the home's largest hour. */
const LEAST_TOLD = 0.02;

/** How much more than expected the hours just before gave; 1: not known. */
const liftOf = (learnt: Learnt, now: number, largestWh: number): number => {
  const before = now - TOLD_BY;
  let [actual, expected] = [0, 0];
  for (let at = before; at < now; at++) {
    actual += learnt.generation.wh[at] ?? NaN;
    expected += plainWh(learnt, at, before);
  }
  const lift = Math.min(MOST_LIFT, actual / expected);
  return expected > LEAST_TOLD * largestWh && !Number.isNaN(lift) ? lift : 1;
};

const endOf = (now: number): number => (Math.floor(now / HOURS) + 2) * HOURS;

/** Expected generation from `now` to the end of the day after. */
const foreseen = (learnt: Learnt, now: number, largestWh: number): number[] => {
  const lift = liftOf(learnt, now, largestWh) - 1;
  const midnight = endOf(now) - HOURS;
  return Array.from({ length: endOf(now) - now }, (_, i) => {
    const plain = plainWh(learnt, now + i, now);
    return now + i < midnight ? plain * (1 + lift * 0.5 ** (i / HALF_LIFE_HOURS)) : plain;
  });
};

/** The largest value of each hour of the day over four weeks: what it could give under a clear sky. */
const reachOf = ({ wh, now }: Generation): number[] => {
  const most = Array.from({ length: HOURS }, () => 0);
  for (let at = Math.max(0, now - LEARN_DAYS * HOURS); at < now; at++) {
    const value = wh[at] ?? NaN;
    if (value > (most[at % HOURS] ?? 0)) most[at % HOURS] = value;
  }
  return most;
};

/** So many errors more may lie outside of all that were seen: without, the ranges of the days before the last 112 held 76 to 79 %. */
const OUTSIDE = 1.5;
/** Fewer errors than these make no range. */
const MIN_ERRORS = 20;
/** No roof gives so much more than its largest hour. */
const MOST = 1.2;

/**
 * How far generation was from what would have been foreseen at this time of each of the last four weeks' days, in units of the hour's
 * reach: `[hour ahead][error]`.
 */
const pastErrors = (learnt: Learnt, reach: readonly number[], largestWh: number): number[][] => {
  const { wh, now } = learnt.generation;
  const errors: number[][] = Array.from({ length: endOf(now) - now }, () => []);
  for (let back = 1; back <= LEARN_DAYS && now - back * HOURS >= HOURS; back++) {
    const then = now - back * HOURS;
    for (const [i, expected] of foreseen(learnt, then, largestWh).entries()) {
      if (then + i >= now) break;
      const error = ((wh[then + i] ?? NaN) - expected) / (reach[(then + i) % HOURS] ?? 0);
      if (Number.isFinite(error)) errors[i]?.push(error);
    }
  }
  return errors;
};

type Limits = { readonly errors: readonly number[]; readonly reachWh: number; readonly largestWh: number };

const rangeOf = (meanWh: number, { errors, reachWh, largestWh }: Limits): Total => {
  if (reachWh === 0) return { meanWh, p10Wh: 0, p90Wh: meanWh };
  if (errors.length < MIN_ERRORS) return { meanWh, p10Wh: 0, p90Wh: Math.max(meanWh, reachWh) };
  const sorted = Float64Array.from(errors).toSorted();
  const reached = Math.min(1, 0.9 * (1 + OUTSIDE / errors.length));
  const [low, high] = [1 - reached, reached].map((level) => reachWh * quantileOfSorted(sorted, level));
  return {
    meanWh,
    p10Wh: Math.max(0, Math.min(meanWh, meanWh + (low ?? 0))),
    p90Wh: Math.max(meanWh, Math.min(MOST * largestWh, meanWh + (high ?? 0))),
  };
};

/** A home of which less is known has no forecast of its generation. */
const MIN_HOURS = HOURS;

/**
 * Generation from `now` to the end of the day after, hour by hour, with the range that holds it four times of five. Undefined while less
 * than a day of it is known in four weeks.
 */
export const solarAhead = (generation: Generation): Total[] | undefined => {
  const { wh, now } = generation;
  const recent = wh.subarray(Math.max(0, now - LEARN_DAYS * HOURS), now);
  if (recent.filter((value) => !Number.isNaN(value)).length < MIN_HOURS) return undefined;
  const reach = reachOf(generation);
  const largestWh = Math.max(...reach);
  const learnt = { generation, ratios: ratiosOf(generation) };
  const errors = pastErrors(learnt, reach, largestWh);
  return foreseen(learnt, now, largestWh).map((expected, i) => {
    const meanWh = Number.isNaN(expected) ? 0 : Math.min(expected, MOST * largestWh);
    // with the hours beside it, so that four weeks give enough of them
    const own = [errors[i - 1], errors[i], errors[i + 1]].flatMap((some) => some ?? []);
    return rangeOf(meanWh, { errors: own, reachWh: reach[(now + i) % HOURS] ?? 0, largestWh });
  });
};
