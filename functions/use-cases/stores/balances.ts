import * as z from 'zod';
import type { Unit } from '@hems/models/incentive/programme';
import type { Balance } from '@hems/models/ledger/balance';
import { balanceOfTally, EMPTY_TALLY, type Tally } from '@hems/models/ledger/tally';
import type { Check, Key, Put, Table } from '../../ports/table.ts';
import { approvedOf } from './settlement-files.ts';

/**
 * The running sums of a household in both units: `H#<household>` / `BAL` of table `ledger`. Every write that moves an amount
 * rewrites it, under its version, in the same transact. So who decides on an amount reads this item first, then whatever
 * else the decision rests on: if any of it moves meanwhile, so does the version, and the write is refused.
 */
const tally = z.object({
  earned: z.int(),
  underway: z.int(),
  paid: z.int(),
  expected: z.int(),
  confirmed: z.int(),
  files: z.record(z.string(), z.int()),
});
const tallies = z.object({ won: tally, points: tally });

export type Tallies = Readonly<Record<Unit, Tally>>;
export type Balances = Readonly<Record<Unit, Balance>>;
/** `version` 0: nothing was ever written. */
export type KeptTallies = { readonly tallies: Tallies; readonly version: number };

const key = (householdId: string): Key => ({ table: 'ledger', pk: `H#${householdId}`, sk: 'BAL' });

export const readTallies = async (table: Table, householdId: string): Promise<KeptTallies> => {
  const item = await table.get(key(householdId));
  return item
    ? { tallies: tallies.parse(item.data), version: item.version }
    : { tallies: { won: EMPTY_TALLY, points: EMPTY_TALLY }, version: 0 };
};

/** The write that replaces the sums of one unit, as they were read. */
export const tallyPut = (
  householdId: string,
  { tallies: before, version }: KeptTallies,
  changed: Partial<Tallies>,
): Put => ({
  ...key(householdId),
  data: { ...before, ...changed },
  if: version === 0 ? { absent: true } : { version },
});

/** A file stays approved, so reading the approvals after the sums can only find more of them. */
export const balancesOf = async (table: Table, { won, points }: Tallies): Promise<Balances> => {
  const approved = await approvedOf(table, [...Object.keys(won.files), ...Object.keys(points.files)]);
  return { won: balanceOfTally(won, approved), points: balanceOfTally(points, approved) };
};

/** The sums are still as they were read. */
export const tallyCheck = (householdId: string, { version }: KeptTallies): Check => ({
  ...key(householdId),
  if: version === 0 ? { absent: true } : { version },
});

/** `toCome`: of partners' files that are not approved yet; it can be withdrawn once they are. */
export type Owed = Pick<Balance, 'withdrawable'> & { readonly toCome: number };
/** What we owe the household, or will. What others owe is no part of it: they know the household without us. */
export const owedOf = async (table: Table, { won, points }: Tallies): Promise<Readonly<Record<Unit, Owed>>> => {
  const balances = await balancesOf(table, { won, points });
  const owed = ({ withdrawable, expected }: Balance, tallied: Tally): Owed => ({
    withdrawable,
    toCome: expected - tallied.expected,
  });
  return { won: owed(balances.won, won), points: owed(balances.points, points) };
};

export const readBalances = async (table: Table, householdId: string): Promise<Balances> =>
  balancesOf(table, (await readTallies(table, householdId)).tallies);
