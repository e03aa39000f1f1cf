import { COMPARISONS, SCOPES, type Comparison, type Scope } from '@hems/shared/view/scope';

/** What stands behind the question mark of an address; what cannot be read is as good as absent. */
type Search = Readonly<Record<string, unknown>>;

const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** one word of a list that only its screen knows */
const WORD = /^\w{1,40}$/;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

const matching = (value: unknown, pattern: RegExp): string | undefined =>
  typeof value === 'string' && pattern.test(value) ? value : undefined;

export type EnergySearch = {
  readonly scope?: Scope | undefined;
  readonly date?: string | undefined;
  readonly compare?: Comparison | undefined;
  readonly step?: string | undefined;
  readonly quantity?: string | undefined;
};
/** Of the home and of a single device. */
export const energySearch = ({ scope, date, compare, step, quantity }: Search): EnergySearch => ({
  scope: SCOPES.find((one) => one === scope),
  date: matching(date, DATE),
  compare: COMPARISONS.find((one) => one === compare),
  step: matching(step, WORD),
  quantity: matching(quantity, WORD),
});

/** any day of the billing period */
export type BillSearch = { readonly date?: string | undefined };
export const billSearch = ({ date }: Search): BillSearch => ({ date: matching(date, DATE) });

export type CommunitySearch = { readonly month?: string | undefined };
export const communitySearch = ({ month }: Search): CommunitySearch => ({ month: matching(month, MONTH) });
