import type { Supply } from '@hems/models/household/supply';
import { localDate } from '../api/nouns.ts';
import * as z from 'zod/mini';

/** The form in which a household states its contract, as it is being filled in. */
export type SupplyDraft = {
  readonly voltage: Supply['voltage'];
  readonly plan: Supply['plan']['plan'];
  /** as it was typed; counts for time-of-use only */
  readonly contractKw: string;
  readonly readingDay: Supply['readingDay'];
  readonly discounts: Supply['discounts'];
  readonly netMetering: boolean;
  /** as it was typed; empty: before this period */
  readonly movedIn: string;
  /** not asked for here; what was said before stays */
  readonly movedOut?: string | undefined;
};

const TYPICAL_KW = '3';

export const draftOf = ({ plan, movedIn, ...rest }: Supply): SupplyDraft => ({
  ...rest,
  plan: plan.plan,
  contractKw: plan.plan === 'tou' ? String(plan.contractKw) : TYPICAL_KW,
  movedIn: movedIn ?? '',
});

export type DraftFault = 'contractKw' | 'movedIn';

const MOST_KW = 1000;
const isContract = (text: string): boolean => /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= MOST_KW;

/** The supply that a draft states, or the field that cannot stand as it is. */
export const supplyOf = (draft: SupplyDraft): { readonly supply: Supply } | { readonly fault: DraftFault } => {
  const { plan, contractKw, movedIn, ...rest } = draft;
  if (plan === 'tou' && !isContract(contractKw.trim())) return { fault: 'contractKw' };
  if (movedIn !== '' && !z.safeParse(localDate, movedIn).success) return { fault: 'movedIn' };
  return {
    supply: {
      ...rest,
      discounts: [...rest.discounts],
      plan: plan === 'tou' ? { plan, contractKw: Number(contractKw) } : { plan },
      ...(movedIn !== '' && { movedIn }),
    },
  };
};

export const toggled = <T>(list: readonly T[], item: T): T[] =>
  list.includes(item) ? list.filter((one) => one !== item) : [...list, item];
