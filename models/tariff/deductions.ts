import type { Charges, PricedUse } from './charges.ts';
import { shareByDays } from './day-share.ts';
import type { Span } from './deduction-rates.ts';
import type { Rates } from './rates.ts';
import { floorDiv } from './rounding.ts';
import type { DiscountCode, FixedCode } from './rows/deductions.ts';

/** One amount taken off the electricity charge: a discount the household holds, or one that follows from date and use. */
export type DeductionItem = DiscountCode | 'FREEZE' | 'LE200' | 'EU';
export type Deduction = { readonly item: DeductionItem; readonly won: number };

/** What the deductions are taken from. */
export type Charged = {
  readonly rates: Rates<unknown>;
  readonly kwh: number;
  readonly uses: readonly PricedUse[];
  readonly charges: Charges;
};

const NONE: readonly Deduction[] = [];

/** `EU`: min(limit, gross − minimum), by days (korea.md 1.9, step 7). */
const essentialUse = ({ rates, kwh, charges }: Charged): readonly Deduction[] => {
  const { essentialUse: rule, spans } = rates.deductions;
  if (kwh > rule.upToKwh) return NONE;
  const room = Math.max(0, charges.gross - rates.minimumWon);
  const won = floorDiv(
    spans.reduce((sum, { essentialUseWon, days }) => sum + Math.min(essentialUseWon, room) * days, 0),
    rates.period.monthDays,
  );
  return won > 0 ? [{ item: 'EU', won }] : NONE;
};

const FIXED: readonly DiscountCode[] = ['B1', 'B3', 'B4', 'B5'];
const isFixed = (code: DiscountCode): code is FixedCode => FIXED.includes(code);

/** Everything but the A part of one allowed set of discounts. */
type Before = {
  /** price-freeze credit of each span, tenths of a won */
  readonly freezeTenths: readonly number[];
  readonly freezeWon: number;
  readonly smallUseWon: number;
  /** B part that an A part is computed after, won a month by span; empty where there is none */
  readonly fixedWon: readonly number[];
};

/** `FREEZE`: use up to 313 kWh, shared over the spans by days, times each span's rate; floored once (step 1). */
const freezeTenths = ({ rates, kwh }: Charged): number[] => {
  const { freeze, spans } = rates.deductions;
  if (freeze.rows.length === 0) return spans.map(() => 0);
  const shares = shareByDays(Math.min(kwh, freeze.upToKwh), spans, rates.period.days);
  return spans.map((span, i) => (shares[i] ?? 0) * span.freezeTenths);
};

/** `B1`, `B3`, `B4`, `B5`: min(amount, gross), by days where the amount changes (step 3). */
const fixedWon = ({ rates, charges }: Charged, code: FixedCode): number[] =>
  rates.deductions.spans.map(({ amounts }) => Math.min(amounts[code], charges.gross));

const byDays = (spans: readonly Span[], won: readonly number[], monthDays: number): number =>
  floorDiv(
    spans.reduce((sum, { days }, i) => sum + (won[i] ?? 0) * days, 0),
    monthDays,
  );

const percentOf = (won: number, percent: number): number => floorDiv(Math.max(0, won) * percent, 100);

/**
 * `A1` in a divided period: each segment's own charge less its own deductions, × 30 %, capped by its days; the sum is floored
 * (step 5, KEPCO's example). Climate and fuel count on the segment's whole kWh. Unit: 1 / (10 · monthDays · days) won.
 */
const cappedBySegment = ({ rates, uses }: Charged, before: Before): number => {
  const { days, monthDays } = rates.period;
  const { spans, percent } = rates.deductions;
  const perTenth = monthDays * days;
  const perWon = 10 * perTenth;
  let units = 0;
  for (const [i, segment] of rates.segments.entries()) {
    const use = uses[i];
    if (!use) continue;
    let rest = use.baseWon * segment.days * 10 * days;
    rest += (use.energyTenths + use.kwh * (segment.climateTenths + rates.fuelTenths)) * perTenth;
    rest -= before.smallUseWon * segment.days * 10 * monthDays;
    let cap = 0;
    for (const [s, span] of spans.entries()) {
      if (span.segment !== i) continue;
      rest -= (before.freezeTenths[s] ?? 0) * perTenth + (before.fixedWon[s] ?? 0) * span.days * 10 * days;
      cap += span.amounts.A1 * span.days * 10 * days;
    }
    units += Math.min(Math.max(0, rest) * percent, cap * 100);
  }
  return floorDiv(units, 100 * perWon);
};

/** `A1` and `A2`: 30 % of what the other deductions leave, floored; A1 up to its cap (step 4). */
const shareWon = (charged: Charged, code: 'A1' | 'A2', before: Before): number => {
  const { rates, charges } = charged;
  const { spans, percent } = rates.deductions;
  const { monthDays } = rates.period;
  if (code === 'A1' && rates.segments.length > 1) return cappedBySegment(charged, before);
  const fixed = byDays(spans, before.fixedWon, monthDays);
  const won = percentOf(charges.gross - before.smallUseWon - before.freezeWon - fixed, percent);
  const caps = spans.map(({ amounts }) => amounts.A1);
  return code === 'A1' ? Math.min(won, byDays(spans, caps, monthDays)) : won;
};

type AllowedSet = { readonly a: 'A1' | 'A2' | undefined; readonly b: Exclude<DiscountCode, 'A1' | 'A2'> | undefined };

/** The sets of one A and one B discount that may be had at once: together, or each alone where they do not add up (step 6). */
const allowedSets = (held: readonly DiscountCode[], addsTo: readonly DiscountCode[]): AllowedSet[] => {
  const as = held.filter((code) => code === 'A1' || code === 'A2');
  const bs = held.filter((code) => code !== 'A1' && code !== 'A2');
  const sets: AllowedSet[] = [];
  for (const a of as.length > 0 ? as : [undefined])
    for (const b of bs.length > 0 ? bs : [undefined])
      if (a && b && !addsTo.includes(b)) sets.push({ a: undefined, b }, { a, b: undefined });
      else sets.push({ a, b });
  return sets;
};

const setWon = (charged: Charged, before: Before, { a, b }: AllowedSet): Deduction[] => {
  const { rates, charges } = charged;
  const taken: Deduction[] = [];
  const fixed = b && isFixed(b) ? fixedWon(charged, b) : [];
  if (b)
    taken.push({
      item: b,
      won: isFixed(b)
        ? byDays(rates.deductions.spans, fixed, rates.period.monthDays)
        : percentOf(charges.gross, rates.deductions.percent),
    });
  if (a) taken.push({ item: a, won: shareWon(charged, a, { ...before, fixedWon: fixed }) });
  return taken;
};

export const sumWon = (deductions: readonly Deduction[]): number => deductions.reduce((sum, { won }) => sum + won, 0);

/**
 * The deductions in their order: FREEZE, LE200, B, A (korea.md 1.9). Of several discounts the household gets the allowed set
 * that deducts most.
 */
const discountHousehold = (charged: Charged, held: readonly DiscountCode[]): Deduction[] => {
  const { rates, kwh, charges } = charged;
  const tenths = freezeTenths(charged);
  const freezeWon = floorDiv(
    tenths.reduce((sum, value) => sum + value, 0),
    10,
  );
  const { smallUse, stacking } = rates.deductions;
  const smallUseWon = kwh <= smallUse.upToKwh ? Math.min(smallUse.won, charges.gross) : 0;
  const before: Before = { freezeTenths: tenths, freezeWon, smallUseWon, fixedWon: [] };
  const [first = [], ...others] = allowedSets(held, stacking.addsTo).map((set) => setWon(charged, before, set));
  const best = others.reduce((most, set) => (sumWon(set) > sumWon(most) ? set : most), first);
  const automatic: Deduction[] = [
    { item: 'FREEZE', won: freezeWon },
    { item: 'LE200', won: smallUseWon },
  ];
  return [...automatic.filter(({ won }) => won > 0), ...best];
};

/** Everything that is taken off the charges before VAT and fund. */
export const deductionsOf = (charged: Charged, held: readonly DiscountCode[]): readonly Deduction[] =>
  held.length === 0 ? essentialUse(charged) : discountHousehold(charged, held);
