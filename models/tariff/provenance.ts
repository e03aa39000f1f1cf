import type { PricedUse } from './charges.ts';
import type { Deduction, DeductionItem } from './deductions.ts';
import { distinctReasons, type Rates } from './rates.ts';
import type { BillRequest } from './request.ts';
import { NET_METERING } from './rows/net-metering.ts';
import { holdsOn, type Dated, type Provisional } from '../calendar/dated.ts';
import type { Won } from './total.ts';

/** What a bill rests on: the rows it used, and the doubts that come with them or with the way they meet in it. */

type Result = {
  readonly uses: readonly (PricedUse & { readonly tier?: number })[];
  readonly deductions: readonly Deduction[];
  readonly won: Won;
};

const MINIMUM_CHARGE: Provisional = {
  code: 'O9',
  reason:
    'the minimum charge of 1,000 won and how it meets discounts rest on one source; another calculator bills 0 won',
};
const SUPER_USER_SPLIT: Provisional = {
  code: 'O20',
  reason: 'how the 1,000 kWh limit is shared over a divided period is not documented; it is one more tier width here',
};
const TOU_DISCOUNT: Provisional = {
  code: 'tou-discount',
  reason: 'the sheet describes discounts for the progressive plan; the same rules are applied to time-of-use',
};
const TOU_SPLIT: Provisional = {
  code: 'tou-split',
  reason: 'the period has two time-of-use price lists; each band is shared by days, the meter knows better',
};
const SUPER_USER = 3;

const took = (deductions: readonly Deduction[], item: DeductionItem): boolean =>
  deductions.some((deduction) => deduction.item === item);

/** Rows of the deductions that were taken, and of the rule that chose between them. */
const deductionRows = (
  { deductions: rules }: Rates<unknown>,
  held: number,
  deductions: readonly Deduction[],
): Dated[] => [
  ...(held > 0 ? rules.discountRows : []),
  ...(held > 1 ? [rules.stacking] : []),
  ...(took(deductions, 'FREEZE') ? rules.freeze.rows : []),
  ...(took(deductions, 'LE200') ? [rules.smallUse.row] : []),
  ...(took(deductions, 'EU') ? rules.essentialUse.rows : []),
];

const extraRows = (rates: Rates<unknown>, { discounts, netMetering, from }: BillRequest, result: Result): Dated[] => [
  ...deductionRows(rates, discounts.length, result.deductions),
  ...(netMetering ? NET_METERING.filter((row) => holdsOn(row, from)) : []),
];

const isPlain = ({ discounts, netMetering }: BillRequest, { deductions }: Result): boolean =>
  discounts.length === 0 && deductions.length === 0 && !netMetering;

export const usedRows = (rates: Rates<unknown>, request: BillRequest, result: Result): readonly Dated[] =>
  isPlain(request, result) ? rates.rows : [...rates.rows, ...extraRows(rates, request, result)];

const touDoubts = (rates: Rates<unknown>, { use, discounts }: BillRequest): (Provisional | undefined)[] =>
  use.plan === 'tou'
    ? [discounts.length > 0 ? TOU_DISCOUNT : undefined, rates.segments.length > 1 ? TOU_SPLIT : undefined]
    : [];

/** Every reason for which a figure of the bill may still change, each once. */
export const doubts = (rates: Rates<unknown>, request: BillRequest, result: Result): readonly Provisional[] => {
  const splitSuper = rates.segments.length > 1 && result.uses.some(({ tier }) => tier === SUPER_USER);
  const raised = result.won.minimum > 0;
  if (isPlain(request, result) && request.use.plan === 'progressive' && !splitSuper && !raised)
    return rates.provisional;
  return distinctReasons([
    ...rates.provisional,
    ...extraRows(rates, request, result).map((row) => row.provisional),
    ...touDoubts(rates, request),
    result.deductions.length > 0 ? rates.deductions.partialMonth : undefined,
    splitSuper ? SUPER_USER_SPLIT : undefined,
    raised ? MINIMUM_CHARGE : undefined,
  ]);
};
