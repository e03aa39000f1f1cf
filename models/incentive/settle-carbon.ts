import { isUsable } from '../baseline/baseline.ts';
import { sameHalfBaseline } from '../baseline/same-period.ts';
import { carbonPoints } from './carbon-points.ts';
import type { CarbonInputs } from './inputs.ts';
import { knownMonths, type MonthlyUse } from './monthly-use.ts';
import { halfPeriod, monthsOfHalf, yearsBefore, type HalfYear } from './periods.ts';
import { notSettled, versionFor, versionNamed, type NotSettled } from './programme.ts';
import { settled, type Reward, type Settled } from './reward.ts';
import { CARBON_POINTS } from './rows/carbon-points.ts';

const yearsOf = (half: HalfYear): string[][] =>
  [2, 1].map((back) => monthsOfHalf(half).map((month) => yearsBefore(month, back)));

/** The months that a half-year of carbon points rests on. */
export const carbonMonths = (half: HalfYear): string[] => [...yearsOf(half).flat(), ...monthsOfHalf(half)];

/** What a half-year is settled by. `consecutiveWinsBefore`: half-years with a saving of 5 % or more just before it. */
export const freezeCarbonHalf = (
  use: MonthlyUse,
  half: HalfYear,
  consecutiveWinsBefore: number,
): CarbonInputs | NotSettled => {
  const { from, to } = halfPeriod(half);
  const version = versionFor(CARBON_POINTS, from, to);
  if ('status' in version) return version;
  return {
    programme: 'carbon-points-energy',
    version: version.id,
    period: half,
    use: knownMonths(use, carbonMonths(half)),
    consecutiveWinsBefore,
  };
};

/**
 * Carbon points for the electricity of one half-year from the home's own months. Every month of it must be known. The points for
 * standard use are left out: the mean of the municipality's participants is not known here.
 */
export const settleCarbonHalf = ({
  version,
  period,
  use,
  consecutiveWinsBefore,
}: CarbonInputs): Settled | NotSettled => {
  const row = versionNamed(CARBON_POINTS, version);
  if ('status' in row) return row;
  const actual = monthsOfHalf(period).map((month) => use[month]);
  if (!actual.every(isUsable)) return notSettled('missing-use', `a month of ${period} is not known in full`);
  const years = yearsOf(period).map((months) => months.map((month) => ({ period: month, use: use[month] })));
  const baseline = sameHalfBaseline(years);
  if (baseline.status === 'refused') return notSettled(baseline.code, baseline.detail);
  const reward = carbonPoints(row, {
    utility: 'electricity',
    baseline: baseline.expected,
    actual: actual.reduce((sum, one) => sum + one.wh, 0),
    consecutiveWinsBefore,
  });
  return settled(period, reward, [baseline]);
};

/** Whether a settled half-year counts toward `maintain`: it earned points for reducing. */
export const isCarbonWin = ({ lines }: Pick<Reward, 'lines'>): boolean =>
  lines.some(({ item, amount }) => item === 'reduce' && amount > 0);

/** More wins than this change nothing: the rule asks for no more. */
export const MOST_WINS_ASKED = Math.max(
  ...CARBON_POINTS.versions.map(({ rule }) => rule.winsBeforeMaintain.undisputed),
);
