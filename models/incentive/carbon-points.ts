import { basisPoints, exactly, minus, reachesShare, type ExactWh } from '../baseline/exact-wh.ts';
import type { Version } from './programme.ts';
import { sumOfLines, type Reward, type RewardLine } from './reward.ts';
import type { CarbonRule, Utility } from './rows/carbon-points.ts';

/** A half-year of one utility; electricity in Wh, water and gas in litres. */
export type CarbonHalf = {
  readonly utility: Utility;
  readonly baseline: ExactWh;
  readonly actual: number;
  /** half-years with a saving of 5 % or more just before this one */
  readonly consecutiveWinsBefore: number;
  /** own use in percent of the participants' mean, where it is known */
  readonly percentOfMean?: number;
};

type Level = { readonly item: 'reduce' | 'maintain' | 'below-floor' | 'no-saving'; readonly points: number };

/** `reduce` by the saving, or `maintain` after enough wins; the two exclude each other. */
const levelOf = ({ utilities, winsBeforeMaintain }: CarbonRule, half: CarbonHalf, saved: ExactWh): Level => {
  const { reduce, maintain } = utilities[half.utility];
  const reached = reduce.findLast(({ fromBasisPoints }) => reachesShare(saved, half.baseline, fromBasisPoints));
  if (reached) return { item: 'reduce', points: reached.points };
  if (saved.numerator <= 0) return { item: 'no-saving', points: 0 };
  if (half.consecutiveWinsBefore < winsBeforeMaintain.fewest) return { item: 'below-floor', points: 0 };
  return { item: 'maintain', points: maintain };
};

const standardPoints = ({ utilities, standardPercent }: CarbonRule, { utility, percentOfMean }: CarbonHalf): number =>
  percentOfMean !== undefined && percentOfMean <= standardPercent ? utilities[utility].standard : 0;

/** Points of a half-year: reduce or maintain, and beside either the standard-use points (korea.md 2.2). */
export const carbonPoints = (version: Version<CarbonRule>, half: CarbonHalf): Reward => {
  const { rule } = version;
  const saved = minus(half.baseline, exactly(half.actual));
  const { item, points } = levelOf(rule, half, saved);
  const { undisputed, provisional } = rule.winsBeforeMaintain;
  const lines: RewardLine[] = [
    { item: 'reduce', amount: item === 'reduce' ? points : 0 },
    { item: 'maintain', amount: item === 'maintain' ? points : 0 },
    { item: 'standard', amount: standardPoints(rule, half) },
  ];
  return {
    status: 'reward',
    version: version.id,
    unit: 'points',
    amount: sumOfLines(lines),
    lines,
    savingBasisPoints: basisPoints(saved, half.baseline),
    remarks: item === 'below-floor' || item === 'no-saving' ? [item] : [],
    provisional: item === 'maintain' && half.consecutiveWinsBefore < undisputed ? [provisional] : [],
  };
};

/** The most that points are worth; the municipality decides what it pays. */
export const maxWon = ({ rule }: Version<CarbonRule>, points: number): number => points * rule.maxWonPerPoint;
