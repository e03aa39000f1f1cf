import type { Unit } from '@hems/models/incentive/programme';
import type { Check, Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import { owedOf, readTallies, tallyCheck, type Owed } from '../stores/balances.ts';
import type { Scope } from '../stores/erasures.ts';

type Balance = Readonly<Record<Unit, Owed>>;
const UNITS: readonly Unit[] = ['won', 'points'];

const lossesOf = (balance: Balance): string[] =>
  UNITS.flatMap((unit) => {
    const { withdrawable, toCome } = balance[unit];
    return [
      ...(withdrawable > 0 ? [`${withdrawable} ${unit} can still be withdrawn`] : []),
      ...(toCome > 0 ? [`${toCome} ${unit} can be once a partner's file is approved`] : []),
    ];
  });

/**
 * What we owe is lost with the household: that is said, and nothing is erased before somebody has said so too. Answers what must still hold
 * when the erasure begins.
 */
export const checkBalance = async (
  table: Table,
  householdId: string,
  { forfeit }: { readonly forfeit: boolean },
): Promise<Check[]> => {
  if (forfeit) return [];
  const kept = await readTallies(table, householdId);
  const losses = lossesOf(await owedOf(table, kept.tallies));
  if (losses.length > 0)
    throw new Refused(
      'conflict',
      `${losses.join(', ')}; ask for the payout first, it is paid before the ledger goes, or give it up with forfeit`,
      'balance-left',
    );
  return [tallyCheck(householdId, kept)];
};

const sum = (a: Owed, b: Owed): Owed => ({
  withdrawable: a.withdrawable + b.withdrawable,
  toCome: a.toCome + b.toCome,
});
const NONE: Owed = { withdrawable: 0, toCome: 0 };

/** What we owe the households of an erasure. */
export const balanceOf = async (table: Table, { households }: Pick<Scope, 'households'>): Promise<Balance> => {
  const all = await Promise.all(
    households.map(async ({ householdId }) => owedOf(table, (await readTallies(table, householdId)).tallies)),
  );
  return {
    won: all.map(({ won }) => won).reduce(sum, NONE),
    points: all.map(({ points }) => points).reduce(sum, NONE),
  };
};

export const isOwed = (balance: Balance): boolean => lossesOf(balance).length > 0;
