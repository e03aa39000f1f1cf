import type { TrainingHome } from '../training-rows.ts';
import { daysOf, type HomeSeries } from '../series.ts';

/** Rolling origin (forecasting.md 4.13): four folds, 70 days apart; four weeks of test, the four weeks before them calibrate. */
export const FOLDS = [0, 1, 2, 3] as const;
export type Fold = (typeof FOLDS)[number];
const APART_DAYS = 70;
const TEST_DAYS = 28;
const TRAIN_DAYS = 365;
const FIRST_TRAIN_DAY = 29;
const SHORTEST_TRAIN_END = 60;

export type Window = {
  readonly testFrom: number;
  readonly testTo: number;
  readonly trainFrom: number;
  readonly trainTo: number;
};

/** Days counted from the first of the series, ends exclusive; undefined: too short for this fold. */
export const windowOf = (series: HomeSeries, fold: Fold): Window | undefined => {
  const testTo = daysOf(series) - APART_DAYS * fold;
  const testFrom = testTo - TEST_DAYS;
  const trainTo = testFrom - TEST_DAYS;
  if (trainTo <= SHORTEST_TRAIN_END) return undefined;
  return { testFrom, testTo, trainTo, trainFrom: Math.max(FIRST_TRAIN_DAY - 1, trainTo - TRAIN_DAYS) };
};

export const trainingHomes = (homes: readonly HomeSeries[], fold: Fold): TrainingHome[] =>
  homes.flatMap((series) => {
    const window = windowOf(series, fold);
    return window ? [{ series, from: window.trainFrom, to: window.trainTo }] : [];
  });
