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
import type { EventRule, MissionRule, TargetRule } from './rows/events.ts';

/** One hour of an event in one home. */
export type EventUse = { readonly baseline: ExactWh; readonly actualWh: number };

const baselineOf = (hours: readonly EventUse[]): ExactWh =>
  hours.map(({ baseline }) => baseline).reduce(plus, exactly(0));
const cutOf = (hours: readonly EventUse[]): ExactWh =>
  minus(baselineOf(hours), exactly(hours.reduce((sum, { actualWh }) => sum + actualWh, 0)));

/** A mission is won by a cut of the asked share; after the paid successes of a year it still counts, but pays nothing. */
export const mission = (
  version: Version<MissionRule>,
  hours: readonly EventUse[],
  successesThisYear: number,
): Reward & { readonly success: boolean } => {
  const { minCutBasisPoints, pointsPerSuccess, paidSuccessesPerYear } = version.rule;
  const baseline = baselineOf(hours);
  const cut = cutOf(hours);
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

/**
 * Pay for an event: floor(Σ max(0, baseline − actual) × price) over its hours. A baseline is of an hour, so an hour above its own
 * costs nothing, in the event as in the day; the won are floored once.
 */
export const eventPay = (version: Version<EventRule>, hours: readonly EventUse[]): Reward => {
  const cut = cutOf(hours);
  const paid = hours.map((hour) => atLeastZero(cutOf([hour]))).reduce(plus, exactly(0));
  const amount = wonFor(paid, version.rule.wonPerKwh);
  return {
    status: 'reward',
    version: version.id,
    unit: 'won',
    amount,
    lines: [{ item: 'reduction', amount }],
    savingBasisPoints: basisPoints(cut, baselineOf(hours)),
    remarks: paid.numerator > 0 ? [] : ['no-saving'],
    provisional: reasonsOf(version),
  };
};

/** The cut a home is asked for, by the size of its baseline. */
export const targetCut = ({ rule }: Version<TargetRule>, baseline: ExactWh): ExactWh => {
  const step = rule.steps.find(({ upToWh }) => upToWh === null || !isBelow(exactly(upToWh), baseline));
  return step ? plus(times(baseline, step.percent, 100), exactly(step.plusWh)) : exactly(0);
};

/** An event of our own: the points it was announced with, for a home that cuts as much as its target asks. */
export const homeTarget = (
  version: Version<TargetRule>,
  hours: readonly EventUse[],
  announcedPoints: number,
): Reward => {
  const baseline = baselineOf(hours);
  const cut = cutOf(hours);
  const isReached = cut.numerator > 0 && !isBelow(cut, targetCut(version, baseline));
  const amount = isReached ? announcedPoints : 0;
  return {
    status: 'reward',
    version: version.id,
    unit: 'points',
    amount,
    lines: [{ item: 'target', amount }],
    savingBasisPoints: basisPoints(cut, baseline),
    remarks: isReached ? [] : [cut.numerator > 0 ? 'below-target' : 'no-saving'],
    provisional: reasonsOf(version),
  };
};
