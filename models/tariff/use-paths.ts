import { dayNumber, type LocalDate } from '../calendar/seoul.ts';
import type { UseSeries } from './use-series.ts';
import { levelBefore, type UseLevel } from './use-level.ts';

/** One way in which the days that are not known may go, Wh by day in the order asked for. */
export type UsePath = {
  readonly weight: number;
  readonly importWh: readonly number[];
  readonly exportWh: readonly number[];
};

/** A stretch of the past begins no earlier in the series: before it, its level is not known. */
const WARM_UP_DAYS = 21;
/** Stretches that began a year ago, give or take, saw this season: they count so much more, by a bell curve so wide. */
const SEASON_WEIGHT = 200;
const SEASON_DAYS = 15;
const YEAR_DAYS = 365;
/** A home whose level was further from today's than this factor lived another life. */
const FURTHEST_LEVEL = 4;
/** A stretch of which more is not known tells nothing. */
const MOST_GAPS = 0.2;

/**
 * Until a home has a past to learn from, its level is taken to wander like that of the others: the standard deviation of its
 * logarithm over 15 days, growing with the root of time, and how many stretches of its own outweigh that.
 */
const DRIFT = 0.17;
const DRIFT_DAYS = 15;
/** a level that is the mean of days is as uncertain as one that has drifted for so long */
const DRIFT_LAG_DAYS = 7;
const DRIFT_STRETCHES = 2;
/** Middles of twenty equal parts of the normal distribution. */
const NORMAL = [0.063, 0.189, 0.319, 0.454, 0.598, 0.755, 0.935, 1.15, 1.44, 1.96].flatMap((z) => [-z, z]);

/** The days that are not known: their place in the series, and how far each lies from the day after the last known one. */
type Ahead = { readonly origin: number; readonly index: readonly number[]; readonly offset: readonly number[] };

const aheadOf = ({ first, importWh }: UseSeries, unknown: readonly LocalDate[]): Ahead => {
  const origin = importWh.findLastIndex((wh) => !Number.isNaN(wh)) + 1;
  const index = unknown.map((date) => dayNumber(date) - first);
  return { origin, index, offset: index.map((at) => Math.abs(at - origin)) };
};

/** One of the two flows: its past, and its level of late. */
type Flow = { readonly wh: Float64Array; readonly rest: Uint8Array; readonly now: UseLevel };

const factorOn = ({ rest }: Flow, { factors }: UseLevel, at: number): number => factors[rest[at] ?? 0] ?? 1;

/** The days after `from` in the past, as they would be at today's level and on the weekdays asked for. Undefined: too little of it is known. */
const stretchFrom = (
  flow: Flow,
  { index, offset }: Ahead,
  { from, level }: { from: number; level: UseLevel },
): number[] | undefined => {
  const { wh, now } = flow;
  const scale = level.wh > 0 ? now.wh / level.wh : 1;
  let gaps = 0;
  const path = index.map((at, k) => {
    const past = from + (offset[k] ?? 0);
    const use = wh[past] ?? Number.NaN;
    if (!Number.isNaN(use)) return (scale * use * factorOn(flow, now, at)) / factorOn(flow, level, past);
    gaps += 1;
    return now.wh * factorOn(flow, now, at);
  });
  return gaps <= path.length * MOST_GAPS ? path : undefined;
};

const isAlike = (now: UseLevel, then: UseLevel): boolean =>
  then.wh > 0 && now.wh <= then.wh * FURTHEST_LEVEL && then.wh <= now.wh * FURTHEST_LEVEL;

/** Stretches that began about a year ago count more. */
const weightOf = (daysAgo: number): number =>
  1 + SEASON_WEIGHT * Math.exp(-(((daysAgo - YEAR_DAYS) / SEASON_DAYS) ** 2) / 2);

type Home = {
  readonly imported: Flow;
  readonly exported: Flow | undefined;
  readonly ahead: Ahead;
  readonly reach: number;
};

/** The surplus of the same stretch of the past; none where the home feeds nothing in. */
const exportFrom = ({ exported, ahead }: Home, from: number): number[] => {
  const level = exported && levelBefore(exported, from);
  const path = exported && level && stretchFrom(exported, ahead, { from, level });
  return path ?? ahead.index.map(() => 0);
};

/** What followed in this home's own past, from each day on of which as much is known as lies ahead. */
const ownPaths = (home: Home): UsePath[] => {
  const { imported, ahead, reach } = home;
  const paths: UsePath[] = [];
  for (let from = WARM_UP_DAYS; from + reach <= ahead.origin; from++) {
    const level = levelBefore(imported, from);
    const importWh = level && isAlike(imported.now, level) && stretchFrom(imported, ahead, { from, level });
    if (importWh) paths.push({ weight: weightOf(ahead.origin - from), importWh, exportWh: exportFrom(home, from) });
  }
  return paths;
};

const steady = (flow: Flow, { index }: Ahead): number[] =>
  index.map((at) => flow.now.wh * factorOn(flow, flow.now, at));

/** Today's level, gone up or down for good. */
const driftPaths = ({ imported, exported, ahead, reach }: Home, weight: number): UsePath[] => {
  const deviation = DRIFT * Math.sqrt((reach + DRIFT_LAG_DAYS) / (DRIFT_DAYS + DRIFT_LAG_DAYS));
  const importWh = steady(imported, ahead);
  const exportWh = exported ? steady(exported, ahead) : ahead.index.map(() => 0);
  return NORMAL.map((z) => {
    const drift = Math.exp(deviation * z);
    return { weight: weight / NORMAL.length, importWh: importWh.map((wh) => wh * drift), exportWh };
  });
};

const flowOf = (wh: Float64Array, rest: Uint8Array, at: number): Flow | undefined => {
  const now = levelBefore({ wh, rest }, at);
  return now && { wh, rest, now };
};

/** A stretch shorter than a week tells little more than a week. */
const LEAST_STRETCH_DAYS = 7;

/**
 * The ways in which the unknown days may go: every stretch of the home's own past, moved to today's level; beside them, as
 * long as that past is short, the drift of a level. Deterministic. Undefined where no level is known.
 */
export const usePaths = (series: UseSeries, unknown: readonly LocalDate[]): UsePath[] | undefined => {
  const ahead = aheadOf(series, unknown);
  const imported = flowOf(series.importWh, series.rest, ahead.origin);
  if (!imported || unknown.length === 0) return undefined;
  const solar = flowOf(series.exportWh, series.rest, ahead.origin);
  const reach = Math.max(...ahead.offset) + 1;
  const home = { imported, exported: solar && solar.now.wh > 0 ? solar : undefined, ahead, reach };
  const drift = driftPaths(home, DRIFT_STRETCHES * Math.max(reach, LEAST_STRETCH_DAYS));
  return [...ownPaths(home), ...drift];
};
