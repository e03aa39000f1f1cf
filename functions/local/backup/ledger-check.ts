import { openDatabase } from '../../adapters/embedded/database.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { bothBalances } from '../../use-cases/audit-balances.ts';
import { canonicalJson } from '../../use-cases/canonical-hash.ts';
import { systemClock } from '../clock.ts';

export type LedgerCheck = {
  readonly households: number;
  readonly entries: number;
  /** a sentence for each rule that is broken */
  readonly broken: readonly string[];
};

const brokenChains = (
  householdId: string,
  entries: readonly { programme: string; period: string; revision: number }[],
): string[] =>
  [...Map.groupBy(entries, ({ programme, period }) => `${programme} ${period}`)]
    .filter(([, revisions]) => revisions.some(({ revision }, index) => revision !== index))
    .map(([period]) => `${householdId}: the revisions of ${period} do not chain`);

/** Whether every household's balance is the sum of its entries, payouts and confirmations, and each period's revisions chain. Of a database that no host has open. */
export const checkLedger = async (file: string): Promise<LedgerCheck> => {
  const database = openDatabase(file);
  try {
    const table = sqliteTable({ database, clock: systemClock });
    const rows = database.prepare(`SELECT DISTINCT pk FROM ledger WHERE pk LIKE 'H#%' ORDER BY pk`).all();
    const households = rows.map(({ pk }) => String(pk).slice('H#'.length));
    const broken: string[] = [];
    let entries = 0;
    for (const householdId of households) {
      const { kept, addedUp, account } = await bothBalances(table, householdId);
      entries += account.entries.length;
      if (canonicalJson(kept) !== canonicalJson(addedUp))
        broken.push(`${householdId}: the balance is not the sum of its entries`);
      broken.push(...brokenChains(householdId, account.entries));
    }
    return { households: households.length, entries, broken };
  } finally {
    await database.close();
  }
};
