import type { Provisional } from '../calendar/dated.ts';
import type { Unit } from './programme.ts';

/** One line of a reward: the resident reads it, the auditor adds it up. */
export type RewardLine = { readonly item: string; readonly amount: number };

/** Why a settled reward is what it is, beyond its lines. */
export type RewardRemark =
  | 'no-saving'
  | 'below-floor'
  | 'region-not-reached'
  | 'paid-share-capped'
  | 'period-cap-reached'
  | 'yearly-cap-reached';

/** A settled period. `amount` is whole won or points, the sum of the lines, never negative. */
export type Reward = {
  readonly status: 'reward';
  readonly version: string;
  readonly unit: Unit;
  readonly amount: number;
  readonly lines: readonly RewardLine[];
  /** share of the baseline that was saved, basis points, truncated toward zero */
  readonly savingBasisPoints: number | null;
  readonly remarks: readonly RewardRemark[];
  readonly provisional: readonly Provisional[];
};

/** The saving counts, but the price is not published: only the ceiling is known. */
export type Unpriced = Omit<Reward, 'status' | 'amount' | 'lines'> & {
  readonly status: 'unpriced';
  readonly atMost: number;
};

export const sumOfLines = (lines: readonly RewardLine[]): number => lines.reduce((sum, { amount }) => sum + amount, 0);
export const reasonsOf = (row: { readonly provisional?: Provisional }): readonly Provisional[] =>
  row.provisional ? [row.provisional] : [];
