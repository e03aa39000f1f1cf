import {
  atLeastZero,
  basisPoints,
  exactly,
  isBelow,
  minus,
  reachesShare,
  plus,
  times,
  wonFor,
  type ExactWh,
} from '../baseline/exact-wh.ts';
import type { Version } from './programme.ts';
import { reasonsOf, type Reward } from './reward.ts';
import type { EventRule, MissionRule, TargetStep } from './rows/events.ts';

/** One event window of one home. */
export type EventUse = { readonly baseline: ExactWh; readonly actualWh: number };

/** A mission is won by a cut of the asked share; after the paid successes of a year it still counts, but pays nothing. */
export const mission = (
  version: Version<MissionRule>,
  { baseline, actualWh }: EventUse,
  successesThisYear: number,
): Reward & { readonly success: boolean } => {
  const { minCutBasisPoints, pointsPerSuccess, paidSuccessesPerYear } = version.rule;
  const cut = minus(baseline, exactly(actualWh));
  const success = reachesShare(cut, baseline, minCutBasisPoints);
  const paid = success && successesThisYear < paidSuccessesPerYear;
  const amount = paid ? pointsPerSuccess : 0;
  return {
    status: 'reward',
    version: version.id,
    unit: 'points',
    amount,
    lines: [{ item: 'success', amount }],
    savingBasisPoints: basisPoints(cut, baseline),
    remarks: success ? (paid ? [] : ['yearly-cap-reached']) : [cut.numerator > 0 ? 'below-floor' : 'no-saving'],
    provisional: reasonsOf(version),
    success,
  };
};

/** Pay for an event: floor(max(0, baseline − actual) × price). Use above the baseline costs a home nothing. */
export const eventPay = (version: Version<EventRule>, { baseline, actualWh }: EventUse): Reward => {
  const cut = minus(baseline, exactly(actualWh));
  const amount = wonFor(atLeastZero(cut), version.rule.wonPerKwh);
  return {
    status: 'reward',
    version: version.id,
    unit: 'won',
    amount,
    lines: [{ item: 'reduction', amount }],
    savingBasisPoints: basisPoints(cut, baseline),
    remarks: cut.numerator > 0 ? [] : ['no-saving'],
    provisional: reasonsOf(version),
  };
};

/** The cut a home is asked for, by the size of its baseline. */
export const targetCut = ({ rule }: Version<readonly TargetStep[]>, baseline: ExactWh): ExactWh => {
  const step = rule.find(({ upToWh }) => upToWh === null || !isBelow(exactly(upToWh), baseline));
  return step ? plus(times(baseline, step.percent, 100), exactly(step.plusWh)) : exactly(0);
};
