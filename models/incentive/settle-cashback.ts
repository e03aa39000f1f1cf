import { isUsable } from '../baseline/baseline.ts';
import { sameMonthBaseline } from '../baseline/same-period.ts';
import { cashback } from './cashback.ts';
import type { CashbackInputs } from './inputs.ts';
import { knownMonths, type MonthlyUse } from './monthly-use.ts';
import { monthPeriod, yearsBefore } from './periods.ts';
import { notSettled, versionFor, versionNamed, type NotSettled } from './programme.ts';
import { settled, type Reward, type Settled, type Unpriced } from './reward.ts';
import { ASSUMED_REGIONAL_MEAN, ENERGY_CASHBACK } from './rows/cashback.ts';

const yearsOf = (month: string): [string, string] => [yearsBefore(month, 2), yearsBefore(month, 1)];

/** The months that a month of cashback rests on. */
export const cashbackMonths = (month: string): string[] => [...yearsOf(month), month];

/** What a month is settled by: the version of its days, and the months it rests on as far as they are known. */
export const freezeCashback = (use: MonthlyUse, month: string): CashbackInputs | NotSettled => {
  const { from, to } = monthPeriod(month);
  const version = versionFor(ENERGY_CASHBACK, from, to);
  if ('status' in version) return version;
  return {
    programme: 'energy-cashback',
    version: version.id,
    period: month,
    use: knownMonths(use, cashbackMonths(month)),
    regionalMean: ASSUMED_REGIONAL_MEAN.taken,
  };
};

/** A reward that rests on the region's mean says so where the mean was only assumed. */
const withAssumption = (reward: Reward | Unpriced, isAssumed: boolean): Reward | Unpriced => {
  const rests = reward.status === 'reward' && reward.lines.some(({ item, amount }) => item === 'base' && amount > 0);
  if (!isAssumed || !rests) return reward;
  return {
    ...reward,
    remarks: [...reward.remarks, 'region-assumed-reached'],
    provisional: [...reward.provisional, ASSUMED_REGIONAL_MEAN.provisional],
  };
};

/** Energy cashback of one month from the home's own months. */
export const settleCashback = ({ version, period, use, regionalMean }: CashbackInputs): Settled | NotSettled => {
  const row = versionNamed(ENERGY_CASHBACK, version);
  if ('status' in row) return row;
  const actual = use[period];
  if (!isUsable(actual)) return notSettled('missing-use', `a day of ${period} is not known`);
  const baseline = sameMonthBaseline(yearsOf(period).map((month) => ({ period: month, use: use[month] })));
  if (baseline.status === 'refused') return notSettled(baseline.code, baseline.detail);
  const month = {
    baseline: baseline.expected,
    actualWh: actual.wh,
    regionalMeanPassed: regionalMean !== 'missed',
  };
  const reward = withAssumption(cashback(row, month), regionalMean === 'assumed-reached');
  return settled(period, reward, [baseline]);
};
