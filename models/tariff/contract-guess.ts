import { addDays, type LocalDate } from '../calendar/seoul.ts';
import type { Supply } from '../household/supply.ts';
import { monthLength } from './period.ts';
import { readingPeriod } from './reading-period.ts';
import type { Refusal } from './refusal.ts';
import type { DiscountCode } from './rows/deductions.ts';
import type { Region } from './rows/time-of-use.ts';
import { supplyBill } from './supply-bill.ts';

/** A bill as it was printed; both days inclusive, the TV licence fee not in it. */
export type LastBill = {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly importWh: number;
  readonly billWon: number;
  /** a time-of-use bill prints its use by bands, and no other does */
  readonly bandWh?: { readonly off: number; readonly mid: number; readonly peak: number } | undefined;
};

type ContractGuess = { readonly supply: Supply; readonly billWon: number; readonly differenceWon: number };
export type ContractGuesses = { readonly guesses: ContractGuess[]; readonly agrees: boolean };

/** The most common first: contracts that a bill cannot tell apart stand in this order. B2 is for welfare facilities, not homes. */
const ALONE: readonly DiscountCode[] = ['A1', 'B1', 'B3', 'B4', 'B5', 'A2'];
const WITH_A: readonly DiscountCode[] = ['B3', 'B4', 'B5'];
const DISCOUNTS: readonly (readonly DiscountCode[])[] = [
  [],
  ...ALONE.map((code) => [code]),
  ...WITH_A.map((code): DiscountCode[] => ['A1', code]),
  ...WITH_A.map((code): DiscountCode[] => ['A2', code]),
];
/** A home's contract; more is not residential. */
const CONTRACTS_KW = Array.from({ length: 10 }, (_, i) => i + 1);

/** Mainland homes may choose time-of-use from this day on, Jeju's since the plan exists (korea.md 1.10). */
const TOU_ON_MAINLAND: LocalDate = '2026-04-01';

/**
 * The utility cuts a bill down to 10 won (korea.md 1.4). Calculators differ by one such step, where VAT or fund end next to one
 * (korea.md 1.5), and contracts differ by hundreds.
 */
const AGREES_WITHIN_WON = 10;
const SHOWN = 6;

/** The meter-reading day by which the bill's period is a whole one; of a part of a period, the day on which the next one begins. */
export const readingDayOf = ({ from, to }: Pick<LastBill, 'from' | 'to'>): Supply['readingDay'] => {
  const next = addDays(to, 1);
  const nextDay = Number(next.slice(8));
  const isMonthEnd = readingPeriod(from, 'month-end').from === from && readingPeriod(from, 'month-end').to === to;
  if (isMonthEnd && Math.max(nextDay, Number(from.slice(8))) > 28) return 'month-end';
  return nextDay > 28 ? (nextDay === monthLength(next) ? 'month-end' : 28) : nextDay;
};

type Plain = Pick<Supply, 'voltage' | 'plan' | 'discounts'>;

const plainCandidates = ({ bandWh, from }: LastBill, region: Region | undefined): Plain[] => {
  if (!bandWh)
    return DISCOUNTS.flatMap((discounts) =>
      (['low', 'high'] as const).map((voltage) => ({
        voltage,
        plan: { plan: 'progressive' as const },
        discounts: [...discounts],
      })),
    );
  if (region === 'mainland' && from < TOU_ON_MAINLAND) return [];
  return DISCOUNTS.flatMap((discounts) =>
    CONTRACTS_KW.map((contractKw) => ({
      voltage: 'low' as const,
      plan: { plan: 'tou' as const, contractKw },
      discounts: [...discounts],
    })),
  );
};

const priced = (
  lastBill: LastBill,
  supply: Supply,
  region: Region | undefined,
): ContractGuess | Refusal | undefined => {
  const { importWh, bandWh, billWon } = lastBill;
  // printed bands are what the hours have become, so whose hours they were matters no more
  const contract = { ...supply, region: region ?? 'mainland' };
  const answer = supplyBill(contract, lastBill, { importWh, exportWh: 0, carriedKwh: 0, ...(bandWh && { bandWh }) });
  if (answer.status === 'refused') return answer;
  if (answer.status === 'unsupported') return undefined;
  const { bill } = answer.won;
  return { supply, billWon: bill, differenceWon: bill - billWon };
};

/**
 * Which contracts give the won of a bill, nearest first. Of those that a bill cannot tell apart (B1 and B3 are the same amount) the more
 * common stands first. Solar set off against the grid is not guessed: the bill's use is what was left of it.
 */
export const guessContract = (lastBill: LastBill, region: Region | undefined): ContractGuesses | Refusal => {
  const readingDay = readingDayOf(lastBill);
  const guesses: ContractGuess[] = [];
  for (const plain of plainCandidates(lastBill, region)) {
    const guess = priced(lastBill, { ...plain, readingDay, netMetering: false }, region);
    if (guess && 'status' in guess) return guess;
    if (guess) guesses.push(guess);
  }
  const nearest = guesses.toSorted((a, b) => Math.abs(a.differenceWon) - Math.abs(b.differenceWon));
  const [best] = nearest;
  return {
    guesses: nearest.slice(0, SHOWN),
    agrees: best !== undefined && Math.abs(best.differenceWon) <= AGREES_WITHIN_WON,
  };
};
