import type { Baseline } from '../baseline/baseline.ts';
import { asNumber, exactly, plus } from '../baseline/exact-wh.ts';
import type { Provisional } from '../calendar/dated.ts';
import { worst } from '../reading/quality.ts';
import type { Unit } from './programme.ts';

/** One line of a reward: the resident reads it, the auditor adds it up. */
export type RewardLine = { readonly item: string; readonly amount: number };

/** Why a settled reward is what it is, beyond its lines. */
export type RewardRemark =
  | 'no-saving'
  | 'below-floor'
  | 'region-not-reached'
  | 'region-assumed-reached'
  | 'paid-share-capped'
  | 'period-cap-reached'
  | 'yearly-cap-reached'
  | 'below-target';

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

/** What a period earned, and the baseline it was held against. The same function settles for good and simulates on the past. */
export type Settled = {
  readonly period: string;
  readonly reward: Reward | Unpriced;
  /** in whole Wh, as it is shown; the reward was worked out from the exact one */
  readonly baseline: Pick<Baseline, 'method' | 'version' | 'interval' | 'quality' | 'remarks'> & {
    readonly wh: number;
  };
};

/** Of the sum of several: their bounds added up, which holds it at least as often; null where one of them has none. */
const intervalOf = (baselines: readonly Baseline[]): Baseline['interval'] =>
  baselines
    .map(({ interval }) => interval)
    .reduce((sum, one) =>
      sum && one ? { ...one, lowWh: sum.lowWh + one.lowWh, highWh: sum.highWh + one.highWh } : null,
    );

/** `baselines`: of the hours of an event, or the one of a month or half-year; all by the same method. */
export const settled = (period: string, reward: Reward | Unpriced, baselines: readonly Baseline[]): Settled => {
  const [first] = baselines;
  if (!first) throw new RangeError(`${period}: a reward without a baseline`);
  return {
    period,
    reward,
    baseline: {
      method: first.method,
      version: first.version,
      interval: intervalOf(baselines),
      wh: Math.round(asNumber(baselines.map(({ expected }) => expected).reduce(plus, exactly(0)))),
      quality: worst(baselines.map(({ quality }) => quality)),
      remarks: [...new Set(baselines.flatMap(({ remarks }) => remarks))],
    },
  };
};

export const sumOfLines = (lines: readonly RewardLine[]): number => lines.reduce((sum, { amount }) => sum + amount, 0);
export const reasonsOf = (row: { readonly provisional?: Provisional }): readonly Provisional[] =>
  row.provisional ? [row.provisional] : [];
