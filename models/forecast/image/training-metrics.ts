import { scoreHome, seasonalError, type HomeScore } from '../back-test/home-score.ts';
import { windowOf } from '../back-test/folds.ts';
import { DAY_AHEAD, NEXT_HOUR } from '../features.ts';
import type { Models } from '../model-file.ts';
import { canBeJudgedBy, nameOfRival, SIZE_GROUPS } from '../promotion.ts';
import { HOURS, meanIn, type HomeSeries } from '../series.ts';

type Scored = {
  readonly levelWh: number;
  /** how much the home counts, 0 to 1 */
  readonly weight: number;
  readonly days: HomeScore;
  readonly hours: HomeScore;
};

/** A home whose days differ by less than this share of its use is a meter that counts standby: errors in units of that difference mean nothing. */
const STEADY = 0.01;

/**
 * Errors of a home are told in percent of what it used in its last four weeks. So it counts by the use of these weeks over its level, once at
 * most: loss times weight is the loss in units of the level, which has bounds.
 */
const weightOf = (home: HomeSeries, levelWh: number): number => {
  const { testFrom = 0, testTo = 0 } = windowOf(home, 0) ?? {};
  return Math.min(1, meanIn(home.wh, testFrom * HOURS, testTo * HOURS) / levelWh);
};

/** A home that moved out: it says how fast a model forgets, and in percent of next to nothing. */
const LEAST_WEIGHT = 0.1;

/** Of a home that used nothing, or always the same, no error can be told in units of its use. */
const isTold = ({ weight, days, hours }: Scored): boolean =>
  weight >= LEAST_WEIGHT &&
  [
    days.median.mase,
    days.mean.bias,
    days.naive.sevenDayMean.mase,
    days.naive.yesterday.mase,
    days.quantiles.wql,
    days.climatology.wql,
    hours.median.nmae,
    hours.naive.persistence.nmae,
  ].every(Number.isFinite);

/** The homes that can be judged by, on their last four weeks, in the order of their use. */
const scored = ({ dayAhead, nextHour }: Models, homes: readonly HomeSeries[]): Scored[] =>
  homes
    .flatMap((home): Scored[] => {
      const levelWh = meanIn(home.wh, 0, home.wh.length);
      if (!canBeJudgedBy(home) || !(seasonalError(home) >= STEADY * levelWh)) return [];
      const days = scoreHome({ set: DAY_AHEAD, model: dayAhead }, home, 0);
      const hours = scoreHome({ set: NEXT_HOUR, model: nextHour }, home, 0);
      return days && hours ? [{ levelWh, weight: weightOf(home, levelWh), days, hours }] : [];
    })
    .filter(isTold)
    .toSorted((a, b) => a.levelWh - b.levelWh);

const meanOf = (scores: readonly Scored[], of: (score: Scored) => number): number =>
  scores.reduce((sum, score) => sum + score.weight * of(score), 0) /
  scores.reduce((sum, { weight }) => sum + weight, 0);
const wqlOf = (scores: readonly Scored[]): number => meanOf(scores, ({ days }) => days.quantiles.wql);

const wqlByGroup = (scores: readonly Scored[]): Record<string, number> =>
  Object.fromEntries(
    SIZE_GROUPS.flatMap((group, index) => {
      const at = (part: number): number => Math.round((scores.length * part) / SIZE_GROUPS.length);
      const own = scores.slice(at(index), at(index + 1));
      return own.length === 0 ? [] : [[`wql${group}`, wqlOf(own)]];
    }),
  );

/** Weighted means over homes; nothing when none can be judged by. */
export const metricsOf = (models: Models, homes: readonly HomeSeries[]): Record<string, number> => {
  const scores = scored(models, homes);
  if (scores.length === 0) return {};
  return {
    homesScored: scores.length,
    mase: meanOf(scores, ({ days }) => days.median.mase),
    sevenDayMase: meanOf(scores, ({ days }) => days.naive.sevenDayMean.mase),
    yesterdayMase: meanOf(scores, ({ days }) => days.naive.yesterday.mase),
    wql: wqlOf(scores),
    climatologyWql: meanOf(scores, ({ days }) => days.climatology.wql),
    coverage80: meanOf(scores, ({ days }) => days.quantiles.cov80),
    bias: meanOf(scores, ({ days }) => days.mean.bias),
    nextHourNmae: meanOf(scores, ({ hours }) => hours.median.nmae),
    persistenceNmae: meanOf(scores, ({ hours }) => hours.naive.persistence.nmae),
    ...wqlByGroup(scores),
  };
};

/** What a model is compared by: `wql` → `championWql`. The rest is of the homes and not of a model, or has a limit of its own. */
export const rivalMetricsOf = (
  whose: 'champion' | 'shipped',
  metrics: Readonly<Record<string, number>>,
): Record<string, number> =>
  Object.fromEntries(
    Object.entries(metrics)
      .filter(([name]) => /^(mase|wql|nextHourNmae|bias)/.test(name))
      .map(([name, value]) => [nameOfRival(whose, name), value]),
  );
