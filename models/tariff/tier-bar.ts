import type { LocalDate } from '../calendar/seoul.ts';
import type { Tier } from './bill-value.ts';
import { billedKwh } from './billed-kwh.ts';
import { datesOf, type Way } from './period-ways.ts';
import type { ProgressiveRates } from './progressive.ts';
import type { TierBar } from './projection-value.ts';
import { HIGH, LOW, MIDDLE, quantiles, type Weighted } from './quantile.ts';

const NEXT_TIERS: readonly Tier[] = [2, 3, 'super'];

/** Use above which a tier is reached in any part of the period, as the bill names its tier. */
export const tierLimits = ({ segments }: ProgressiveRates): { readonly limitKwh: number; readonly intoTier: Tier }[] =>
  NEXT_TIERS.flatMap((intoTier, i) => {
    const limits = segments.flatMap(({ prices }) => prices.limitsKwh[i] ?? []);
    return limits.length > 0 ? [{ limitKwh: Math.min(...limits), intoTier }] : [];
  });

const tiersOf = (limits: ReturnType<typeof tierLimits>): TierBar['tiers'] =>
  [{ limitKwh: -1, intoTier: 1 as Tier }, ...limits].map(({ limitKwh, intoTier }, i) => ({
    tier: intoTier,
    fromKwh: limitKwh + 1,
    toKwh: limits[i]?.limitKwh ?? null,
  }));

/** What is taken off the grid's supply before it is billed: surplus with net metering, and the credit carried in. */
export type Netting = { readonly carriedKwh: number } | undefined;

/** Billed use of so much import and export. */
export const nettedKwh = (importWh: number, exportWh: number, netting: Netting): number =>
  netting ? Math.max(0, billedKwh(importWh) - billedKwh(exportWh) - netting.carriedKwh) : billedKwh(importWh);

/** Billed use at the end of each day of the period. */
const kwhByDay = ({ importWh, exportWh }: Way, netting: Netting): number[] => {
  let [drawn, fed] = [0, 0];
  return importWh.map((wh, i) => nettedKwh((drawn += wh), (fed += exportWh[i] ?? 0), netting));
};

/** The day from which on the use stays above the limit; undefined where the period ends at or below it. */
const crossingDay = (kwh: readonly number[], limitKwh: number): number | undefined => {
  const last = kwh.findLastIndex((value) => value <= limitKwh) + 1;
  return last < kwh.length ? last : undefined;
};

/** At two of ten, one case in ten is never later than the middle of those that cross. */
const LEAST_PERCENT = 20;
/** The rule of the alert, measured in docs/reports/running-bill.md. */
const ALERT_PERCENT = 50;

type Projected = { readonly ways: readonly Weighted<Way>[]; readonly netting: Netting; readonly today: LocalDate };

const crossingOf = (
  { limitKwh, intoTier }: { readonly limitKwh: number; readonly intoTier: Tier },
  dates: readonly LocalDate[],
  { ways, netting, today }: Projected,
): TierBar['crossing'] => {
  const days = ways.map(({ value, weight }) => ({
    value: crossingDay(kwhByDay(value, netting), limitKwh) ?? Number.POSITIVE_INFINITY,
    weight,
  }));
  const crossing = days.filter(({ value }) => Number.isFinite(value));
  const weightOf = (all: typeof days): number => all.reduce((sum, { weight }) => sum + weight, 0);
  const likelyPercent = Math.round((100 * weightOf(crossing)) / weightOf(days));
  const datesAt = (among: typeof days, shares: readonly number[]): (LocalDate | undefined)[] =>
    quantiles(among, shares, (day) => day).map((day) => {
      const date = dates[day ?? -1];
      // a day that is missing may have crossed the limit unseen; the crossing is told from today on
      return date !== undefined && date < today ? today : date;
    });
  const [earliest, middle, latest] = datesAt(days, [LOW, MIDDLE, HIGH]);
  const date = middle ?? datesAt(crossing, [MIDDLE])[0];
  if (likelyPercent < LEAST_PERCENT || date === undefined || earliest === undefined) return null;
  return {
    intoTier,
    atKwh: limitKwh,
    date,
    earliest,
    latest: latest ?? null,
    likelyPercent,
    alert: likelyPercent >= ALERT_PERCENT,
  };
};

/** Where the use stands among the tiers, and when it is expected to pass the next limit. `projected`: null once the period is over. */
export const tierBarOf = (
  rates: ProgressiveRates,
  usedKwh: number,
  projected: (Projected & { readonly kwh: TierBar['projectedKwh'] }) | null,
): TierBar => {
  const limits = tierLimits(rates);
  const next = limits.find(({ limitKwh }) => usedKwh <= limitKwh);
  return {
    tiers: tiersOf(limits),
    usedKwh,
    projectedKwh: projected?.kwh ?? null,
    crossing: projected && next ? crossingOf(next, datesOf(rates.period), projected) : null,
  };
};
