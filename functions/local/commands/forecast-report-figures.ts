import type { Bin } from '@hems/models/forecast/back-test/metrics';
import type { HomeScore } from '@hems/models/forecast/back-test/home-score';
import type { HorizonScore } from '@hems/models/forecast/back-test/horizons';
import type { LaterScore } from '@hems/models/forecast/back-test/later-days';
import { scoreMonths, type MonthScore } from '@hems/models/forecast/back-test/months';
import type { YoungScore } from '@hems/models/forecast/back-test/young-homes';
import type { HomeSeries } from '@hems/models/forecast/series';
import { YOUNG_DAYS, type Result } from './forecast-report-jobs.ts';
import type { SolarFigures } from './forecast-report-solar.ts';

/** What the jobs' results come to. */

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] ?? NaN) : ((sorted[half - 1] ?? NaN) + (sorted[half] ?? NaN)) / 2;
};
const atRank = (values: readonly number[], level: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(level * values.length)] ?? NaN;

export const meanOf = <T>(items: readonly T[], of: (item: T) => number): number => mean(items.map(of));

const PROMISED = 80;
const WITHIN_POINTS = 5;
/** Homes whose 80 % intervals held 75 to 85 % of their hours. */
export const homesWithin = (scores: readonly HomeScore[]): number =>
  scores.filter(({ quantiles }) => Math.abs(quantiles.cov80 - PROMISED) <= WITHIN_POINTS).length;

/** Fewer hours than these say nothing about a tenth. */
const LEAST_HOURS = 300;

export type Reliability = {
  readonly bins: readonly { readonly hours: number; readonly stated: number; readonly right: number }[];
  /** largest distance of what was right from what was stated, percentage points */
  readonly gap: number;
};

const reliabilityOf = (all: readonly (readonly Bin[])[]): Reliability => {
  const sums = Array.from({ length: 10 }, (_, tenth) => {
    const bins = all.flatMap((own) => own[tenth] ?? []);
    const hours = bins.reduce((sum, bin) => sum + bin.hours, 0);
    const share = (of: (bin: Bin) => number): number =>
      hours === 0 ? 0 : (100 * bins.reduce((sum, bin) => sum + of(bin), 0)) / hours;
    return { hours, stated: share((bin) => bin.stated), right: share((bin) => bin.right) };
  });
  const gaps = sums.filter(({ hours }) => hours >= LEAST_HOURS).map(({ stated, right }) => Math.abs(stated - right));
  return { bins: sums, gap: Math.max(0, ...gaps) };
};

export type MonthFigures = {
  readonly at: number;
  readonly months: number;
  readonly ape: number;
  readonly ape90: number;
  readonly ruleApe: number;
  readonly ruleApe90: number;
  readonly previousApe: number;
  readonly foreknownApe: number;
  readonly within80: number;
  /** median of what lies between p10 and p90, percent of the month */
  readonly width: number;
  /** the largest p90 of all, in units of the home's largest month */
  readonly widest: number;
};

/** How far the ranges of a home reach beyond its largest month. */
const reachOf = (scores: readonly MonthScore[]): number =>
  Math.max(...scores.map(({ p90Wh }) => p90Wh)) / Math.max(...scores.map(({ actualWh }) => actualWh));

const monthFigures = (homes: readonly HomeSeries[], at: number): MonthFigures => {
  const scores = homes.flatMap((home) => scoreMonths(home, at));
  const all = (of: (score: MonthScore) => number): number[] => scores.map(of).filter((value) => !Number.isNaN(value));
  return {
    at,
    months: scores.length,
    ape: median(all(({ ape }) => ape)),
    ape90: atRank(
      all(({ ape }) => ape),
      0.9,
    ),
    ruleApe: median(all(({ ruleApe }) => ruleApe)),
    ruleApe90: atRank(
      all(({ ruleApe }) => ruleApe),
      0.9,
    ),
    previousApe: median(all(({ previousApe }) => previousApe)),
    foreknownApe: median(all(({ foreknownApe }) => foreknownApe)),
    within80: (100 * scores.filter(({ within }) => within).length) / scores.length,
    width: median(all(({ p10Wh, p90Wh, actualWh }) => (100 * (p90Wh - p10Wh)) / actualWh)),
    widest: Math.max(...[...Map.groupBy(scores, ({ home }) => home).values()].map(reachOf)),
  };
};

export type YoungFigures = {
  readonly days: number;
  readonly nmae: number;
  readonly available: number;
  readonly mase: number;
  readonly cov80: number;
  readonly cov90: number;
};

const youngFigures = (scores: readonly YoungScore[]): YoungFigures[] =>
  YOUNG_DAYS.map((days) => {
    const own = scores.filter((score) => score.days === days);
    return {
      days,
      nmae: meanOf(own, ({ median: { nmae } }) => nmae),
      available: meanOf(own, ({ available: { nmae } }) => nmae),
      mase: meanOf(own, ({ median: { mase } }) => mase),
      cov80: meanOf(own, ({ quantiles: { cov80 } }) => cov80),
      cov90: meanOf(own, ({ quantiles: { cov90 } }) => cov90),
    };
  });

export type Figures = {
  readonly scores: readonly HomeScore[];
  readonly horizons: readonly HorizonScore[];
  readonly later: readonly LaterScore[];
  readonly solar: SolarFigures | undefined;
  readonly checks: Extract<Result, { kind: 'fold' }>['result']['checks'];
  readonly nextHour: Extract<Result, { kind: 'next-hour' }>['result'] | undefined;
  readonly young: readonly YoungFigures[] | undefined;
  readonly study: Extract<Result, { kind: 'study' }>['result'];
  readonly speed: Extract<Result, { kind: 'speed' }>['result'] | undefined;
  readonly months: readonly MonthFigures[];
  readonly reliability: Reliability;
};

const MONTH_DAYS = [0, 10, 20] as const;

export const figuresOf = (results: readonly Result[], homes: readonly HomeSeries[]): Figures => {
  const folds = results.flatMap((one) => (one.kind === 'fold' ? [one.result] : []));
  const scores = folds.flatMap((one) => one.scores);
  const young = results.flatMap((one) => (one.kind === 'unseen' ? one.result : []));
  return {
    scores,
    horizons: folds.flatMap(({ horizons }) => horizons),
    later: folds.flatMap(({ later }) => later),
    solar: results.find((one) => one.kind === 'solar')?.result,
    checks: folds.find(({ checks }) => checks)?.checks,
    nextHour: results.find((one) => one.kind === 'next-hour')?.result,
    young: young.length === 0 ? undefined : youngFigures(young),
    study: results.find((one) => one.kind === 'study')?.result,
    speed: results.find((one) => one.kind === 'speed')?.result,
    months: MONTH_DAYS.map((at) => monthFigures(homes, at)),
    reliability: reliabilityOf(scores.map(({ bins }) => bins)),
  };
};
