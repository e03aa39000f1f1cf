import type { Unit } from '@hems/models/incentive/programme';
import type { Entry } from '@hems/models/ledger/entry';
import { afterConfirmation } from '@hems/models/ledger/tally';
import { Refused } from './refusal.ts';
import { balancesOf, readTallies, tallyPut, type Balances } from './stores/balances.ts';
import { confirmationPut, readConfirmation, type KeptConfirmation } from './stores/confirmations.ts';
import { readKeptProfile } from './stores/households.ts';
import { readPeriod, type LedgerDeps } from './stores/ledger.ts';
import { untilWon } from './until-won.ts';

export type Confirming = {
  readonly householdId: string;
  readonly programme: string;
  readonly period: string;
  readonly unit: Unit;
  /** what the payer gave, whole won or points */
  readonly amount: number;
  /** the bill or report that says so */
  readonly report: string;
  readonly by: string;
};

/** Records a payer's word that it gave a credit. A later word on the same period replaces it, and keeps what was said before. */
export const confirmCredit = ({ table, clock, pause }: LedgerDeps, asked: Confirming): Promise<Balances> =>
  untilWon(pause, async () => {
    const { householdId, unit, amount, report, by } = asked;
    const [household, kept] = await Promise.all([readKeptProfile(table, householdId), readTallies(table, householdId)]);
    if (!household) throw new Refused('not-found', `there is no household ${householdId}, or no more`, 'no-household');
    const entries = await readPeriod(table, asked);
    checkOwed(entries, asked);
    const before = await readConfirmation(table, asked);
    const latest = before?.confirmation;
    if (latest?.amount === amount && latest.report === report) return balancesOf(table, kept.tallies);
    const confirmation: KeptConfirmation = {
      unit,
      amount,
      report,
      recordedMs: clock.now(),
      recordedBy: by,
      earlier: latest ? [...latest.earlier, wordOf(latest)] : [],
    };
    const tally = afterConfirmation(kept.tallies[unit], { entries, before: latest?.amount, amount });
    await table.transact([
      { check: household.check },
      { put: confirmationPut(asked, { confirmation, version: before?.version ?? 0 }) },
      { put: tallyPut(householdId, kept, { [unit]: tally }) },
    ]);
    return balancesOf(table, { ...kept.tallies, [unit]: tally });
  });

const wordOf = ({ amount, report, recordedMs, recordedBy }: KeptConfirmation) => ({
  amount,
  report,
  recordedMs,
  recordedBy,
});

const checkOwed = (entries: readonly Entry[], { householdId, programme, period, unit }: Confirming): void => {
  const [first] = entries;
  if (!first)
    throw new Refused('not-found', `nothing of ${programme} ${period} is settled for household ${householdId}`);
  if (first.payer === 'us' || first.payer === 'partner')
    throw new Refused(
      'conflict',
      `${programme} is paid by ${first.payer}: by payouts, not by a credit of someone else`,
    );
  if (first.unit !== unit) throw new Refused('invalid', `${programme} is settled in ${first.unit}, not in ${unit}`);
};
