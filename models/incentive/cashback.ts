import {
  asNumber,
  atLeastZero,
  basisPoints,
  exactly,
  isBelow,
  least,
  minus,
  reachesShare,
  times,
  wonFor,
  type ExactWh,
} from '../baseline/exact-wh.ts';
import type { Version } from './programme.ts';
import { reasonsOf, sumOfLines, type Reward, type RewardLine, type RewardRemark, type Unpriced } from './reward.ts';
import type { CashbackRule, CashbackTier, WindowRule } from './rows/cashback.ts';

/** A month of one home: what it would have used, what it used, and whether it saved as much as its region's participants. */
export type CashbackMonth = {
  readonly baseline: ExactWh;
  readonly actualWh: number;
  readonly regionalMeanPassed: boolean;
};

const tierOf = (tiers: readonly CashbackTier[], saved: ExactWh, baseline: ExactWh): CashbackTier | undefined =>
  tiers.findLast(({ fromBasisPoints }) => reachesShare(saved, baseline, fromBasisPoints));

/** The saving that is paid for: at most a share of the baseline, nothing below the floor. */
const paidSaving = (rule: CashbackRule, { baseline, actualWh }: CashbackMonth) => {
  const saved = minus(baseline, exactly(actualWh));
  const cap = times(baseline, rule.paidPercent, 100);
  const counts = reachesShare(saved, baseline, rule.floorBasisPoints);
  return {
    saved,
    counts,
    paid: counts ? least(atLeastZero(saved), cap) : exactly(0),
    capped: counts && isBelow(cap, saved),
  };
};

/** The saving that a month is paid for, Wh; what the two lines of the reward multiply. */
export const paidWh = (rule: CashbackRule, month: CashbackMonth): number => asNumber(paidSaving(rule, month).paid);

const remarksOn = (
  { saved, counts, capped }: ReturnType<typeof paidSaving>,
  regionReached: boolean,
): RewardRemark[] => {
  if (!counts) return [saved.numerator > 0 ? 'below-floor' : 'no-saving'];
  return [...(regionReached ? [] : ['region-not-reached' as const]), ...(capped ? ['paid-share-capped' as const] : [])];
};

/** Energy cashback of a month (korea.md 2.1): base price if the region's mean is reached, tier price by one's own rate. */
export const cashback = (version: Version<CashbackRule>, month: CashbackMonth): Reward | Unpriced => {
  const { rule } = version;
  const { baseline, regionalMeanPassed } = month;
  const saving = paidSaving(rule, month);
  const common = {
    version: version.id,
    unit: 'won' as const,
    savingBasisPoints: basisPoints(saving.saved, baseline),
    remarks: remarksOn(saving, regionalMeanPassed),
    provisional: reasonsOf(version),
  };
  if (rule.tiers === null && saving.counts)
    return { ...common, status: 'unpriced', atMost: wonFor(saving.paid, rule.maxWonPerKwh) };
  const tier = tierOf(rule.tiers ?? [], saving.saved, baseline);
  const lines: RewardLine[] = [
    { item: 'base', amount: regionalMeanPassed ? wonFor(saving.paid, rule.baseWonPerKwh) : 0 },
    { item: 'tier', amount: wonFor(saving.paid, tier?.wonPerKwh ?? 0) },
  ];
  return { ...common, status: 'reward', lines, amount: sumOfLines(lines) };
};

/** A month of use in a clock window: a saving against a baseline, or registered use. */
export const windowCashback = (version: Version<WindowRule>, countedWh: ExactWh): Reward => {
  const { wonPerKwh, capWonPerMonth } = version.rule;
  const won = wonFor(atLeastZero(countedWh), wonPerKwh);
  const amount = Math.min(won, capWonPerMonth ?? won);
  return {
    status: 'reward',
    version: version.id,
    unit: 'won',
    amount,
    lines: [{ item: version.rule.pays, amount }],
    savingBasisPoints: null,
    remarks: amount < won ? ['period-cap-reached'] : [],
    provisional: reasonsOf(version),
  };
};
