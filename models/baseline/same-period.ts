import {
  isUsable,
  noBaseline,
  qualityOfUses,
  withConfidence,
  type Baseline,
  type Evidence,
  type NoBaseline,
  type RemarkCode,
  type Use,
} from './baseline.ts';
import { asNumber, exactly, meanOf, plus, type ExactWh } from './exact-wh.ts';
import { around, predictionHalfWidth } from './interval.ts';

/** Mean of the same month of the two years before, without weather correction: energy cashback (korea.md 2.1). */
export const SAME_MONTH = { id: 'same-month-two-years', version: 1 } as const;
/** Mean of the same half-year of the two years before; a missing month takes its year's mean: carbon points (korea.md 2.2). */
export const SAME_HALF = { id: 'same-half-two-years', version: 1 } as const;

/** The use of a named period, `2025-10`. */
export type NamedUse = { readonly period: string; readonly use: Use | undefined };

const meanInterval = (totals: readonly ExactWh[], expected: ExactWh): Baseline['interval'] =>
  withConfidence(around(asNumber(expected), predictionHalfWidth(totals.map(asNumber))));

/** Baseline from the same month of earlier years, latest last; one year is enough, none is refused. */
export const sameMonthBaseline = (years: readonly NamedUse[]): Baseline | NoBaseline => {
  const known = years.flatMap(({ period, use }) => (isUsable(use) ? [{ period, use }] : []));
  if (known.length === 0)
    return noBaseline(
      SAME_MONTH,
      'no-prior-year',
      `no use is known for ${years.map(({ period }) => period).join(' or ')}`,
    );
  const totals = known.map(({ use }) => exactly(use.wh));
  const expected = meanOf(totals);
  return {
    status: 'baseline',
    method: SAME_MONTH.id,
    version: SAME_MONTH.version,
    expected,
    interval: meanInterval(totals, expected),
    quality: qualityOfUses(known.map(({ use }) => use)),
    remarks: known.length < years.length ? ['one-prior-year'] : [],
    evidence: known.map(({ period, use }) => ({ period, wh: use.wh, quality: use.quality, fate: 'used' })),
    provisional: [],
  };
};

type HalfYear = {
  readonly total: ExactWh;
  readonly uses: readonly Use[];
  readonly evidence: readonly Evidence[];
  readonly filled: boolean;
};

/** The six months of one year's half; a missing one takes the mean of the others. Undefined when none is known. */
const halfYear = (months: readonly NamedUse[]): HalfYear | undefined => {
  const known = months.flatMap(({ period, use }) => (isUsable(use) ? [{ period, use }] : []));
  if (known.length === 0) return undefined;
  const mean = meanOf(known.map(({ use }) => exactly(use.wh)));
  const missing = months.filter(({ use }) => !isUsable(use));
  const total = [...known.map(({ use }) => exactly(use.wh)), ...missing.map(() => mean)].reduce(plus, exactly(0));
  return {
    total,
    uses: known.map(({ use }) => use),
    evidence: [
      ...known.map(({ period, use }) => ({ period, wh: use.wh, quality: use.quality, fate: 'used' })),
      ...missing.map(({ period }) => ({
        period,
        wh: Math.round(asNumber(mean)),
        quality: 'estimated' as const,
        fate: 'filled',
      })),
    ],
    filled: missing.length > 0,
  };
};

/** Baseline of a half-year from the same half of earlier years, each a list of its months. */
export const sameHalfBaseline = (years: readonly (readonly NamedUse[])[]): Baseline | NoBaseline => {
  const known = years.map(halfYear).filter((year) => year !== undefined);
  if (known.length === 0) return noBaseline(SAME_HALF, 'no-prior-year', 'no month of the two years before is known');
  const totals = known.map(({ total }) => total);
  const expected = meanOf(totals);
  const filled = known.some((year) => year.filled);
  const remarks: RemarkCode[] = [
    ...(known.length < years.length ? (['one-prior-year'] as const) : []),
    ...(filled ? (['filled-month'] as const) : []),
  ];
  const measured = qualityOfUses(known.flatMap(({ uses }) => uses));
  return {
    status: 'baseline',
    method: SAME_HALF.id,
    version: SAME_HALF.version,
    expected,
    interval: meanInterval(totals, expected),
    quality: filled && measured === 'good' ? 'estimated' : measured,
    remarks,
    evidence: known.flatMap(({ evidence }) => evidence),
    provisional: [],
  };
};
