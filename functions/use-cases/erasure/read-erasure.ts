import type { ErasureReport } from '@hems/shared/api/erasures';
import type { Runs } from '../../ports/runs.ts';
import type { Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import { readReceipt, readScope, type KeptReceipt } from '../stores/erasures.ts';
import { balanceOf } from './balance.ts';
import { executionName } from './start.ts';

/** One that says it is at work while its execution has failed was cut off. */
const stateOf = async (erasures: Runs, { erasureId, receipt }: KeptReceipt): Promise<ErasureReport['state']> => {
  if (receipt.state !== 'erasing') return receipt.state;
  const status = await erasures.status(executionName(erasureId, receipt.attempt));
  return status === 'failed' ? 'failed' : 'erasing';
};

type Deps = { readonly table: Table; readonly erasures: Runs };

const balanceLeft = async (table: Table, { erasureId, receipt }: KeptReceipt): Promise<ErasureReport['balance']> => {
  if (receipt.waitsFor !== 'resident') return null;
  const kept = await readScope(table, erasureId);
  return kept ? balanceOf(table, kept.scope) : null;
};

export const reportOf = async ({ table, erasures }: Deps, kept: KeptReceipt): Promise<ErasureReport> => {
  const { subject, waitsFor, askedMs, erasedMs, lines, found } = kept.receipt;
  const [state, balance] = await Promise.all([stateOf(erasures, kept), balanceLeft(table, kept)]);
  return { erasureId: kept.erasureId, subject, state, waitsFor, balance, askedMs, erasedMs, receipt: lines, found };
};

/** The erasure of this id, for whoever holds it. */
export const requireErasure = async (table: Table, erasureId: string): Promise<KeptReceipt> => {
  const kept = await readReceipt(table, erasureId);
  if (!kept) throw new Refused('not-found', 'there is no erasure of this id; receipts are kept for three years');
  return kept;
};

/** The receipt, for whoever holds its id. */
export const readErasure = async (deps: Deps, erasureId: string): Promise<ErasureReport> =>
  reportOf(deps, await requireErasure(deps.table, erasureId));
