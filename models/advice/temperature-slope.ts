import type { LocalDate } from '../calendar/seoul.ts';
import { carriesSlope, coolingDegrees, heatingDegrees } from '../baseline/degree-days.ts';
import { column, leastSquares, type Column } from '../baseline/least-squares.ts';
import { kindOfDay, mean } from './whole-days.ts';

export type Side = 'heating' | 'cooling';
/** What a degree of cold or heat outdoors costs a home a day, by a regression on its days. */
export type Slope = {
  readonly side: Side;
  readonly balanceCdegc: number;
  readonly whPerDegree: number;
  /** standard error of the slope */
  readonly errorWh: number;
  readonly days: number;
};

/** Means of a day beyond which a Korean home may heat or cool, hundredths of a degree Celsius. */
const BALANCES: Readonly<Record<Side, readonly number[]>> = {
  heating: [600, 800, 1000, 1200, 1400, 1600],
  cooling: [2000, 2100, 2200, 2300, 2400, 2500, 2600],
};
export const degreesOf = (side: Side, balanceCdegc: number, cdegc: number): number =>
  side === 'heating' ? heatingDegrees(balanceCdegc, cdegc) : coolingDegrees(balanceCdegc, cdegc);

export type WarmthDay = { readonly date: LocalDate; readonly wh: number; readonly cdegc: number };

/** The values with what distinguishes kinds of days taken out, so that a cold weekend is no cold. */
const withoutKinds = (values: readonly number[], kinds: readonly string[]): number[] => {
  const byKind = Map.groupBy(values, (_, i) => kinds[i] ?? '');
  const means = new Map([...byKind].map(([kind, own]) => [kind, mean(own)]));
  const middle = mean(values);
  return values.map((value, i) => value - (means.get(kinds[i] ?? '') ?? 0) + middle);
};

const kindsOf = (days: readonly WarmthDay[]): string[] => days.map(({ date }) => kindOfDay(date));

/** Days that a slope is looked for on, at least. */
const LEAST_DAYS = 28;

type Fitted = { readonly slope: Slope; readonly residual: number };

/** The slope with one balance; undefined where too few days are beyond it, or more of it means less use. */
const fittedAt = (y: Column, days: readonly WarmthDay[], at: Pick<Slope, 'side' | 'balanceCdegc'>): Fitted[] => {
  const degrees = days.map(({ cdegc }) => degreesOf(at.side, at.balanceCdegc, cdegc));
  if (!carriesSlope(degrees)) return [];
  const x = column(withoutKinds(degrees, kindsOf(days)));
  const fit = leastSquares(y, [x]);
  const [whPerDegree = 0] = fit?.slopes ?? [];
  if (!fit || whPerDegree <= 0) return [];
  const errorWh = Math.sqrt(fit.residual / Math.max(1, days.length - 2) / x.square);
  return [{ slope: { ...at, whPerDegree, errorWh, days: days.length }, residual: fit.residual }];
};

/** The slope of a side with the balance that explains most; undefined where there is none. */
export const slopeOf = (days: readonly WarmthDay[], side: Side): Slope | undefined => {
  if (days.length < LEAST_DAYS) return undefined;
  const wh = days.map((day) => day.wh);
  const y = column(withoutKinds(wh, kindsOf(days)));
  const fitted = BALANCES[side].flatMap((balanceCdegc) => fittedAt(y, days, { side, balanceCdegc }));
  return fitted.toSorted((a, b) => a.residual - b.residual)[0]?.slope;
};

/** So many standard errors from nothing is no chance, days that resemble each other considered. */
const CERTAIN = 4;
export const isCertain = ({ whPerDegree, errorWh }: Slope, atLeast: number = CERTAIN): boolean =>
  whPerDegree >= atLeast * errorWh;
