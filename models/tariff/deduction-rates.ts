import type { LocalDate } from '../calendar/seoul.ts';
import type { Period } from './period.ts';
import {
  DISCOUNTS,
  ESSENTIAL_USE,
  FREEZE,
  SMALL_USE,
  STACKING,
  type DiscountAmounts,
  type SmallUseRow,
  type StackingRow,
} from './rows/deductions.ts';
import type { Voltage } from './rows/residential.ts';
import { rowOn, type Dated, type Provisional } from '../calendar/dated.ts';
import { runsOf, type Run } from './segments.ts';

/** Days within one segment on which the same deduction amounts hold. */
export type Span = {
  /** index of the segment the days belong to */
  readonly segment: number;
  readonly days: number;
  /** won a month */
  readonly amounts: DiscountAmounts;
  /** price-freeze credit, tenths of a won per kWh; 0 where there is none */
  readonly freezeTenths: number;
  /** essential-use deduction, won a month; 0 where there is none */
  readonly essentialUseWon: number;
};

/** What the sheet deducts in one period, and the rows it stands in. Limits in kWh are −1 where the deduction does not exist. */
export type DeductionRates = {
  readonly spans: readonly Span[];
  /** share that A1, A2 and B2 deduct, percent */
  readonly percent: number;
  readonly freeze: { readonly upToKwh: number; readonly rows: readonly Dated[] };
  readonly essentialUse: { readonly upToKwh: number; readonly rows: readonly Dated[] };
  readonly smallUse: { readonly upToKwh: number; readonly won: number; readonly row: SmallUseRow };
  readonly stacking: StackingRow;
  readonly discountRows: readonly Dated[];
  readonly partialMonth: Provisional | undefined;
};

const PARTIAL_MONTH: Provisional = {
  code: 'partial-month',
  reason:
    'how deductions are shared over part of a month is not documented: won count by days here, limits in kWh do not',
};

type Segments = readonly { readonly from: LocalDate; readonly to: LocalDate }[];
export type PeriodOfHome = { readonly period: Period; readonly voltage: Voltage; readonly segments: Segments };

const factsOn = (segments: Segments) => (date: LocalDate) => {
  const [discount, smallUse, stacking] = [rowOn(DISCOUNTS, date), rowOn(SMALL_USE, date), rowOn(STACKING, date)];
  if (!discount || !smallUse || !stacking) return undefined;
  return {
    segment: segments.findIndex(({ to }) => date <= to),
    discount,
    smallUse,
    stacking,
    amounts: discount.summerMonths.includes(Number(date.slice(5, 7))) ? discount.summer : discount.other,
    freeze: rowOn(FREEZE, date),
    essentialUse: rowOn(ESSENTIAL_USE, date),
  };
};
type Facts = NonNullable<ReturnType<ReturnType<typeof factsOn>>>;

const spanOf =
  (voltage: Voltage) =>
  ({ days, facts }: Run<Facts>): Span => ({
    segment: facts.segment,
    days,
    amounts: facts.amounts,
    freezeTenths: facts.freeze?.tenths ?? 0,
    essentialUseWon: facts.essentialUse?.limitWon[voltage] ?? 0,
  });

const present = <Row>(rows: readonly (Row | undefined)[]): Row[] => [
  ...new Set(rows.filter((row) => row !== undefined)),
];

const limitOf = (rows: readonly { readonly upToKwh: number }[]): number => rows[0]?.upToKwh ?? -1;

/** Limits and stacking are those of the first day; amounts and rates count by the days they hold for. */
export const deductionRates = ({
  period,
  voltage,
  segments,
}: PeriodOfHome): DeductionRates | { readonly missingOn: LocalDate } => {
  const runs = runsOf(period, factsOn(segments));
  if ('missingOn' in runs) return runs;
  const [first] = runs;
  if (!first) return { missingOn: period.from };
  const { discount, smallUse, stacking } = first.facts;
  const freeze = present(runs.map(({ facts }) => facts.freeze));
  const essentialUse = present(runs.map(({ facts }) => facts.essentialUse));
  return {
    spans: runs.map(spanOf(voltage)),
    percent: discount.percent,
    freeze: { upToKwh: limitOf(freeze), rows: freeze },
    essentialUse: { upToKwh: limitOf(essentialUse), rows: essentialUse },
    smallUse: { upToKwh: smallUse.upToKwh, won: smallUse.limitWon[voltage], row: smallUse },
    stacking,
    discountRows: present(runs.map(({ facts }) => facts.discount)),
    partialMonth: period.days < period.monthDays ? PARTIAL_MONTH : undefined,
  };
};
