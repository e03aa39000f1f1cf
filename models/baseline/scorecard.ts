import type { LocalDate } from '../calendar/seoul.ts';

/** How far a baseline was from the use of days on which nothing was asked of the home. */

export const SEASONS = ['winter', 'spring', 'summer', 'autumn'] as const;
export type Season = (typeof SEASONS)[number];

/** The meteorological season, by hemisphere. */
export const seasonOf = (date: LocalDate, southern: boolean): Season => {
  const northern = Math.floor((Number(date.slice(5, 7)) % 12) / 3);
  return SEASONS[(northern + (southern ? 2 : 0)) % 4] ?? 'winter';
};

/** One baseline held against what was used. */
export type Outcome = {
  readonly season: Season;
  readonly actualWh: number;
  /** null: the method refused */
  readonly expectedWh: number | null;
  /** whether the use lay in the interval; null: there was none */
  readonly held: boolean | null;
};

export type Accuracy = {
  readonly baselines: number;
  readonly refused: number;
  /** Σ (expected − actual) / Σ actual; above 0: savings are overstated. Null without a use to divide by. */
  readonly biasPercent: number | null;
  /** standard deviation of expected − actual, in percent of the mean use; its square is the variance */
  readonly spreadPercent: number | null;
  /** share of the intervals that held the use; they are made for 80 */
  readonly heldPercent: number | null;
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const percent = (part: number, whole: number): number | null => (whole > 0 ? (100 * part) / whole : null);

export const accuracyOf = (outcomes: readonly Outcome[]): Accuracy => {
  const known = outcomes.flatMap(({ expectedWh, actualWh }) =>
    expectedWh === null ? [] : [{ actualWh, errorWh: expectedWh - actualWh }],
  );
  const actualWh = sum(known.map((one) => one.actualWh));
  const errorWh = sum(known.map((one) => one.errorWh));
  const meanError = errorWh / known.length;
  const variance = sum(known.map((one) => (one.errorWh - meanError) ** 2)) / known.length;
  const judged = outcomes.filter(({ held }) => held !== null);
  return {
    baselines: known.length,
    refused: outcomes.length - known.length,
    biasPercent: percent(errorWh, actualWh),
    spreadPercent: percent(Math.sqrt(variance) * known.length, actualWh),
    heldPercent: percent(judged.filter(({ held }) => held === true).length, judged.length),
  };
};

export type MethodScore = {
  readonly method: string;
  readonly overall: Accuracy;
  readonly seasons: Readonly<Record<Season, Accuracy>>;
};

export const scoreOf = (method: string, outcomes: readonly Outcome[]): MethodScore => {
  const inSeason = (season: Season): Accuracy => accuracyOf(outcomes.filter((outcome) => outcome.season === season));
  return {
    method,
    overall: accuracyOf(outcomes),
    seasons: {
      winter: inSeason('winter'),
      spring: inSeason('spring'),
      summer: inSeason('summer'),
      autumn: inSeason('autumn'),
    },
  };
};

/** A default of our own programmes may be no further off than this, overall and in each season. */
export const BIAS_LIMIT_PERCENT = 3;

/** A season without a baseline is a season not proven. */
const isFair = ({ overall, seasons }: MethodScore): boolean =>
  [overall, ...Object.values(seasons)].every(
    ({ biasPercent }) => biasPercent !== null && Math.abs(biasPercent) <= BIAS_LIMIT_PERCENT,
  );

/** Of the candidates that are fair in every season the one of least spread; undefined when none is fair. */
export const chooseDefault = (candidates: readonly MethodScore[]): MethodScore | undefined =>
  candidates.filter(isFair).toSorted((a, b) => (a.overall.spreadPercent ?? 0) - (b.overall.spreadPercent ?? 0))[0];
