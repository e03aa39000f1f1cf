import type { Stored } from './stored.ts';

/** The homes that earn, the month whose cashback they are owed, and how often its days were corrected. */
export type Owed = { readonly homes: readonly string[]; readonly month: string; readonly corrections: number };

/** Literals, and no code that pays: each home was credited once. */
const CREDITS_WON = [2_000_000];
/**
 * Cashback of a month of 310, 300, 290 and 280 kWh against 350 in both years before, by the correction modulo 4. The first is case
 * `cashback-2024-350-310` of the golden programmes. The others by hand from its rule: 50 kWh are 14.2 % and 60 kWh 17.1 %, both above 10 % and
 * below 20 %, at 30 + 50 won; 70 kWh are 20 %, at 30 + 70 won as in `cashback-2024-350-240`, and not above the 30 % that are paid for.
 */
const CASHBACK_WON = [3200, 4000, 4800, 7000];

const credit = (householdId: string): string => `${householdId} community-challenge save-together`;
const cashback = (householdId: string, month: string): string => `${householdId} energy-cashback ${month}`;

/** What must hold at any moment: the credit stands once, the cashback is nothing yet or what a correction makes it, and there is nothing else. */
export const moneyViolations = ({ periods }: Stored, { homes, month }: Owed): string[] =>
  homes.flatMap((householdId) => {
    const own = periods.filter(({ of }) => of.startsWith(`${householdId} `));
    const credits = own.find(({ of }) => of === credit(householdId))?.amounts ?? [];
    const earned = own.find(({ of }) => of === cashback(householdId, month));
    const known = new Set([credit(householdId), cashback(householdId, month)]);
    return [
      ...(credits.join() === CREDITS_WON.join()
        ? []
        : [`${householdId} was credited ${credits.join(' and ')} won, not ${CREDITS_WON.join()}`]),
      ...(earned && !CASHBACK_WON.includes(earned.sum)
        ? [`the cashback of ${householdId} stands at ${earned.sum} won, which no correction makes it`]
        : []),
      ...own.filter(({ of }) => !known.has(of)).map(({ of }) => `nobody earned ${of}`),
    ];
  });

/** What must hold once a run has followed the last correction. */
export const moneyLeft = ({ periods }: Stored, { homes, month, corrections }: Owed): string[] =>
  homes.flatMap((householdId) => {
    const worth = CASHBACK_WON[corrections % CASHBACK_WON.length];
    const stands = periods.find(({ of }) => of === cashback(householdId, month))?.sum;
    return stands === worth ? [] : [`the cashback of ${householdId} stands at ${stands ?? 0} won, ${worth} are owed`];
  });
