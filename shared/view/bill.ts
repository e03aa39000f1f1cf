import type { Bill } from '@hems/models/tariff/bill-value';
import type { RunningBill } from '../api/bill.ts';
import { spanText } from '../format/date.ts';
import { kwhText } from '../format/energy.ts';
import { wonText } from '../format/money.ts';
import { groupedText } from '../format/number.ts';
import type { BillTexts } from '../i18n/ko/bill.ts';
import type { ReasonTexts } from '../i18n/ko/reasons.ts';
import type { Words } from '../i18n/texts.ts';
import { doubtsOf, linesOf, linesTitle, marginalOf, netMeteringText, rowsOf, type LineView } from './bill-lines.ts';
import { cardOf, empty, filled, type Card, type Loaded } from './card.ts';
import { tierBarView, type TierBarView } from './tier-bar.ts';
import { wordOf } from './word.ts';

export type ProjectionView =
  | {
      readonly status: 'projected';
      readonly won: string;
      readonly range: string;
      readonly use: string;
      readonly how: string;
    }
  | { readonly status: 'refused'; readonly reason: string };

export type PricedView = {
  readonly won: string;
  readonly provisional: boolean;
  readonly marginal: readonly { readonly name: string; readonly won: string }[];
  readonly linesTitle: string;
  readonly lines: readonly LineView[];
  readonly netMetering: string | undefined;
  readonly doubts: readonly string[];
  readonly rows: readonly string[];
};

export type BillView = {
  readonly period: string;
  readonly passed: string;
  /** the period is over: there is nothing to project */
  readonly isOver: boolean;
  readonly used: string;
  /** undefined where the plan cannot be priced; `unpriced` says why */
  readonly priced: PricedView | undefined;
  readonly unpriced: string | undefined;
  readonly projection: ProjectionView | undefined;
  readonly tierBar: TierBarView | undefined;
  readonly assumed: boolean;
};

export type BillWords = Words<BillTexts> & { readonly reasons: ReasonTexts };

const projectionOf = (projected: RunningBill['projected'], { s, reasons }: BillWords): ProjectionView | undefined => {
  if (projected === null) return undefined;
  if (projected.status === 'refused')
    return { status: 'refused', reason: wordOf(reasons.refusal, projected.code, projected.detail) };
  const { billWon, useWh, method, version } = projected;
  const kwh = (wh: number): string => groupedText(wh / 1000, 0);
  return {
    status: 'projected',
    won: wonText(billWon.middle),
    range: s.range(wonText(billWon.low), wonText(billWon.high)),
    use: s.projectedUse(kwh(useWh.low), kwh(useWh.high)),
    how: s.projectedHow(wordOf(reasons.method, method, method), version),
  };
};

const pricedOf = (bill: Bill, words: BillWords): PricedView => ({
  won: wonText(bill.won.bill),
  provisional: bill.provisional,
  marginal: marginalOf(bill, words),
  linesTitle: linesTitle(bill, words),
  lines: linesOf(bill, words),
  netMetering: netMeteringText(bill, words),
  doubts: doubtsOf(bill, words),
  rows: rowsOf(bill, words),
});

const contentOf = (running: RunningBill, words: BillWords): BillView => {
  const { t, s } = words;
  const { period, use, toDate, projected, tierBar } = running;
  const isOver = period.daysPassed >= period.days;
  return {
    period: spanText(period, t),
    passed: isOver ? s.over(period.days) : s.dayOf(period.daysPassed, period.days),
    isOver,
    used: `${s.used(kwhText(use.importWh))} · ${t.quality[use.quality]}`,
    priced: toDate.status === 'priced' ? pricedOf(toDate, words) : undefined,
    unpriced: toDate.status === 'priced' ? undefined : wordOf(s.unsupported, toDate.code, toDate.reason),
    projection: projectionOf(projected, words),
    tierBar: tierBar === null ? undefined : tierBarView(tierBar, words),
    assumed: running.supplyAssumed,
  };
};

/** The bill of a meter-reading period: to date, projected, and what the next kWh costs. */
export const billCard = (loaded: Loaded<RunningBill>, words: BillWords): Card<BillView> =>
  cardOf(loaded, words.t, (running) => {
    const { missingDays } = running.use;
    if (missingDays > 0 && missingDays >= running.period.daysPassed) return empty(words.s.nothingYet);
    return filled(contentOf(running, words), missingDays > 0 ? words.s.missingDays(missingDays) : undefined);
  });
