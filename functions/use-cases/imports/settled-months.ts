import { halfOf } from '@hems/models/incentive/periods';
import { carbonMonths } from '@hems/models/incentive/settle-carbon';
import { cashbackMonths } from '@hems/models/incentive/settle-cashback';
import type { Entry } from '@hems/models/ledger/entry';
import type { Table } from '../../ports/table.ts';
import { readEntries } from '../stores/ledger.ts';

/** The other programmes rest on quarter hours, or on days that no file has said. */
const monthsOf = ({ programme, period, endsOn }: Entry): string[] => {
  if (programme === 'energy-cashback') return cashbackMonths(period);
  if (programme === 'carbon-points-energy') return carbonMonths(halfOf(endsOn));
  return [];
};

/**
 * The months (`2026-01`) that a reward in the ledger was worked out from. Its evidence has its own frozen inputs, so it could be worked out
 * again whatever became of the days. But a period is settled again for 30 days from the days as they are then: who could hand in another past
 * after a payment could try which one pays best. So those months stay as they were settled.
 */
export const settledMonths = async (table: Table, householdId: string): Promise<ReadonlySet<string>> =>
  new Set((await readEntries(table, householdId)).flatMap(monthsOf));
