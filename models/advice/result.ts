import { addDays, type LocalDate } from '../calendar/seoul.ts';
import { column, leastSquares } from '../baseline/least-squares.ts';
import type { ResultReason } from './codes.ts';
import { degreesOf } from './temperature-slope.ts';
import { mean, sum } from './whole-days.ts';

/** A day's amount of what a suggestion is about, Wh, and the mean outdoors, hundredths of a degree Celsius. */
export type Amount = { readonly date: LocalDate; readonly wh: number; readonly cdegc: number };

/** Wh less a day than before; the interval is meant to hold what the change was in nine of ten cases. */
export type Change =
  | { readonly status: 'measuring' }
  | { readonly status: 'unclear'; readonly because: ResultReason }
  | { readonly status: 'measured'; readonly lowWh: number; readonly highWh: number };

export const BEFORE_DAYS = 42;
const LEAST_BEFORE = 21;
/** A result is worked out once, over these days, and not at each look: a window that grows crosses any limit by chance some day. */
export const AFTER_DAYS = 28;
const LEAST_AFTER = 21;
/** Of a normal distribution: one in twenty lies beyond, on either side. */
const ONE_IN_TWENTY = 1.645;
/** Of the days after, so many may lie beyond what was seen before; further out nobody knows how the home goes on. */
const BEYOND_SHARE = 0.25;

const within = (amounts: readonly Amount[], from: LocalDate, to: LocalDate): Amount[] =>
  amounts.filter(({ date }) => from <= date && date <= to);

/** Whether the days that the result of a date rests on are over. */
export const isOver = (on: LocalDate, today: LocalDate): boolean => today > addDays(on, AFTER_DAYS);

type Model = { readonly expected: (amount: Amount) => number; readonly residuals: readonly number[] };

/** Outdoors of 14 to 20 °C a home neither heats nor cools; beyond, its use rises with the degrees on either side. */
const comfortDegrees = (cdegc: number): [cold: number, warm: number] => [
  degreesOf('heating', 1400, cdegc),
  degreesOf('cooling', 2000, cdegc),
];
/** The season has two sides; a window of weeks knows the one that it saw more of. */
const regressorOf = (before: readonly Amount[]): ((amount: Amount) => number) => {
  const [cold = 0, warm = 0] = [0, 1].map((side) => sum(before.map(({ cdegc }) => comfortDegrees(cdegc)[side] ?? 0)));
  return ({ cdegc }) => comfortDegrees(cdegc)[cold >= warm ? 0 : 1] ?? 0;
};

const modelOf = (before: readonly Amount[]): Model => {
  const regressor = regressorOf(before);
  const y = column(before.map(({ wh }) => wh));
  const fit = leastSquares(y, [column(before.map(regressor))]);
  const expected = (amount: Amount): number =>
    fit ? fit.intercept + (fit.slopes[0] ?? 0) * regressor(amount) : y.mean;
  return { expected, residuals: before.map((one) => one.wh - expected(one)) };
};

/** How alike neighbouring days are, 0 to 0.8: alike days say less than as many independent ones. */
const alikeness = (residuals: readonly number[]): number => {
  const square = sum(residuals.map((value) => value * value));
  if (square === 0) return 0;
  const shifted = sum(residuals.slice(1).map((value, i) => value * (residuals[i] ?? 0)));
  return Math.min(0.8, Math.max(0, shifted / square));
};

/** Of a mean of so many days against a model of the days before, whose residuals are given. */
export const standardError = (residuals: readonly number[], days: number): number => {
  const variance = sum(residuals.map((value) => value * value)) / Math.max(1, residuals.length - 2);
  const alike = alikeness(residuals);
  return Math.sqrt(variance * (1 / days + 1 / residuals.length) * ((1 + alike) / (1 - alike)));
};

/** Degrees from comfort, below 0 where it is cold: between 14 and 20 °C no day is beyond another. */
const fromComfort = ({ cdegc }: Amount): number => {
  const [cold, warm] = comfortDegrees(cdegc);
  return warm - cold;
};

const isBeyond = (before: readonly Amount[], after: readonly Amount[]): boolean => {
  const seen = before.map(fromComfort);
  const [least, most] = [Math.min(...seen), Math.max(...seen)];
  const beyond = after.map(fromComfort).filter((degrees) => degrees < least || degrees > most);
  return beyond.length > BEYOND_SHARE * after.length;
};

type Estimate = { readonly lessWh: number; readonly errorWh: number; readonly isBeyond: boolean };

/** Wh a day less in the days after a date than those before it have them be; undefined where too few are known. */
const estimateOf = (amounts: readonly Amount[], on: LocalDate): Estimate | undefined => {
  const before = within(amounts, addDays(on, -BEFORE_DAYS), addDays(on, -1));
  const after = within(amounts, addDays(on, 1), addDays(on, AFTER_DAYS));
  if (before.length < LEAST_BEFORE || after.length < LEAST_AFTER) return undefined;
  const { expected, residuals } = modelOf(before);
  return {
    lessWh: mean(after.map((one) => expected(one) - one.wh)),
    errorWh: standardError(residuals, after.length),
    isBeyond: isBeyond(before, after),
  };
};

const STEP_DAYS = 14;
/** Fewer moments without a suggestion do not tell what the home varies by anyway. */
const LEAST_PLACEBOS = 6;

/**
 * The same estimate at moments before, when nobody had taken the suggestion: what the home varies by anyway. Here a season that ends may
 * count: it only makes a claim harder.
 */
const placebos = (amounts: readonly Amount[], on: LocalDate): number[] => {
  const first = amounts[0]?.date ?? on;
  const found: number[] = [];
  for (let at = addDays(on, -AFTER_DAYS - 1); at > first; at = addDays(at, -STEP_DAYS)) {
    const estimate = estimateOf(amounts, at);
    if (estimate) found.push(Math.abs(estimate.lessWh));
  }
  return found;
};

/**
 * What became of a suggestion taken on a date: the four weeks after it against what the six before have them be at the same temperature. It is
 * believed only beyond both its own error and all that the home's earlier weeks differ by when nothing was done: of these, days that are not alike may be compared too.
 */
export const changeSince = (
  amounts: readonly Amount[],
  on: LocalDate,
  { today, isAlike = () => true }: { readonly today: LocalDate; readonly isAlike?: (date: LocalDate) => boolean },
): Change => {
  if (!isOver(on, today)) return { status: 'measuring' };
  const estimate = estimateOf(
    amounts.filter(({ date }) => isAlike(date)),
    on,
  );
  const anyway = placebos(amounts, on);
  if (!estimate || estimate.isBeyond || anyway.length < LEAST_PLACEBOS)
    return { status: 'unclear', because: 'too-little-known' };
  const halfWidth = Math.max(ONE_IN_TWENTY * estimate.errorWh, ...anyway);
  const lowWh = Math.floor(estimate.lessWh - halfWidth);
  return lowWh > 0
    ? { status: 'measured', lowWh, highWh: Math.ceil(estimate.lessWh + halfWidth) }
    : { status: 'unclear', because: 'within-variation' };
};
