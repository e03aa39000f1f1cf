import { windowOf } from './back-test/folds.ts';
import { HOURS, knownIn, type HomeSeries } from './series.ts';

/** The figures of a training, by the names under which the image prints them and the model file keeps them. */
export type TrainingMetrics = Readonly<Record<string, number>>;

/** Thirds of the homes, by how much they use: one model serves all, and may not get better for some at the cost of others. */
export const SIZE_GROUPS = ['Small', 'Middle', 'Large'] as const;

/** On fewer homes a difference between two models is chance: each third has seven of them. */
export const FEWEST_HOMES = 21;
/** Worse than the model in force by no more than this counts as equally good, and newer (forecasting.md 4.11). */
const MOST_WORSE = 0.005;
const MOST_WORSE_OF_GROUP = 0.03;
/** Of 100 hours so many lie between the first and the last decile; eighty are promised. */
const COVERAGE80 = [75, 85] as const;
/** Sums are shown: a mean that is off by more percent of what homes use than before makes every bill ahead wrong. */
const MOST_MORE_BIAS = 1;

/** Whether a model can be judged by the home: its last four weeks and the months before are known, each in half of their hours at least. */
export const canBeJudgedBy = (series: HomeSeries): boolean => {
  const window = windowOf(series, 0);
  if (!window) return false;
  const at = window.testFrom * HOURS;
  const half = (from: number, to: number): boolean => 2 * knownIn(series.wh, from, to).count >= to - from;
  return half(0, at) && half(at, series.wh.length);
};

const figure = (value: number): string => value.toFixed(2);
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** A figure of the model that was trained, and of the one that it is compared with. */
type Pair = { readonly name: string; readonly own: number; readonly other: number };

const unmeasured = ({ name, own, other }: Pair): string[] =>
  Number.isFinite(own) && Number.isFinite(other) ? [] : [`${name} was not measured for both models`];

const orElse = (first: string[], then: () => string[]): string[] => (first.length > 0 ? first : then());

const worse = (pair: Pair, whose: string, mostWorse: number): string[] =>
  orElse(unmeasured(pair), () => {
    const { name, own, other } = pair;
    if (own <= other * (1 + mostWorse)) return [];
    return [`${name} is ${figure(own)}, ${percent(own / other - 1)} worse than ${figure(other)} of the model ${whose}`];
  });

const notBelow = (pair: Pair, what: string): string[] =>
  orElse(unmeasured(pair), () =>
    pair.own < pair.other ? [] : [`${pair.name} ${figure(pair.own)} is not below ${figure(pair.other)} of ${what}`],
  );

const moreBiased = (pair: Pair): string[] =>
  orElse(unmeasured(pair), () => {
    const { name, own, other } = pair;
    if (Math.abs(own) <= Math.abs(other) + MOST_MORE_BIAS) return [];
    return [`${name} of the mean is ${figure(own)} %, and ${figure(other)} % of the model in force`];
  });

const notCovered = (coverage: number): string[] => {
  const [fewest, most] = COVERAGE80;
  if (coverage >= fewest && coverage <= most) return [];
  return [`coverage80 is ${figure(coverage)}, and not from ${fewest} to ${most}`];
};

/** The name of the same figure of the model in force, or of the one that ships. */
export const nameOfRival = (whose: 'champion' | 'shipped', name: string): string =>
  `${whose}${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/**
 * Why a model that was trained does not take the place of the one in force; empty: it does. What was not measured is not good. Judged on the
 * last four weeks of each home, which no training learns from: the model in force left out its last four when it was a week or more younger.
 * The model that ships is compared with each time, or half a percent a week would add up.
 */
export const objections = (metrics: TrainingMetrics): string[] => {
  const of = (name: string): number => metrics[name] ?? NaN;
  const homes = of('homesScored');
  if (!(homes >= FEWEST_HOMES)) return [`${homes || 0} homes could be judged by; at least ${FEWEST_HOMES} are needed`];
  const beside = (name: string, other: string): Pair => ({ name, own: of(name), other: of(other) });
  const champion = (name: string): Pair => beside(name, nameOfRival('champion', name));
  return [
    ...notBelow(beside('mase', 'sevenDayMase'), 'the 7-day mean'),
    ...notBelow(beside('nextHourNmae', 'persistenceNmae'), 'the hour before'),
    ...['wql', 'nextHourNmae'].flatMap((name) => worse(champion(name), 'in force', MOST_WORSE)),
    ...worse(beside('wql', nameOfRival('shipped', 'wql')), 'that ships', MOST_WORSE),
    ...SIZE_GROUPS.flatMap((group) => worse(champion(`wql${group}`), 'in force', MOST_WORSE_OF_GROUP)),
    ...notCovered(of('coverage80')),
    ...moreBiased(champion('bias')),
  ];
};
