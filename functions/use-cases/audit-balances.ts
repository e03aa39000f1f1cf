import { balanceOf, type Account } from '@hems/models/ledger/balance';
import type { Table } from '../ports/table.ts';
import { readBalances, type Balances } from './stores/balances.ts';
import { readConfirmation } from './stores/confirmations.ts';
import { readEntries } from './stores/ledger.ts';
import { payoutsOf } from './stores/payouts.ts';
import { approvedOf } from './stores/settlement-files.ts';

/** Everything that is kept of a household's ledger, one by one. */
const readAccount = async (table: Table, householdId: string): Promise<Account> => {
  const entries = await readEntries(table, householdId);
  const payouts = await payoutsOf(table, householdId);
  const periods = [...new Map(entries.map((entry) => [`${entry.programme}#${entry.period}`, entry])).values()];
  const confirmations = await Promise.all(
    periods.map(async (of) => {
      const found = (await readConfirmation(table, of))?.confirmation;
      return found ? [{ ...of, amount: found.amount, report: found.report }] : [];
    }),
  );
  const files = entries.flatMap(({ settlementFile }) => settlementFile ?? []);
  return { entries, payouts, confirmations: confirmations.flat(), approvedFiles: await approvedOf(table, files) };
};

/** The balances that are kept, and the same from nothing but the single items. */
export const bothBalances = async (
  table: Table,
  householdId: string,
): Promise<{ readonly kept: Balances; readonly addedUp: Balances; readonly account: Account }> => {
  const account = await readAccount(table, householdId);
  const kept = await readBalances(table, householdId);
  return { kept, addedUp: { won: balanceOf(account, 'won'), points: balanceOf(account, 'points') }, account };
};
