import { DAY_MS } from '@hems/models/calendar/seoul';
import type { Clock } from '../../ports/clock.ts';
import type { Runs } from '../../ports/runs.ts';
import { ConditionFailed, type Table } from '../../ports/table.ts';
import { openErasures, readReceipt, receiptPut, type KeptReceipt } from '../stores/erasures.ts';

export type StartDeps = { readonly table: Table; readonly clock: Clock; readonly erasures: Runs };

/** The execution of an attempt: Step Functions keeps a name for 90 days, so each has its own. */
export const executionName = (erasureId: string, attempt: number): string => `erasure-${erasureId}-a${attempt}`;

/** Begins the attempt that the receipt names; one that runs already goes on. */
export const startAttempt = async ({ erasures }: StartDeps, { erasureId, receipt }: KeptReceipt): Promise<void> =>
  void (await erasures.start(executionName(erasureId, receipt.attempt), { erasureId }));

const nextAttempt = async (deps: StartDeps, kept: KeptReceipt): Promise<void> => {
  const next = { ...kept, receipt: { ...kept.receipt, attempt: kept.receipt.attempt + 1 } };
  try {
    await deps.table.put(receiptPut(next));
  } catch (error) {
    // somebody else was faster, or a step of it is at work
    if (error instanceof ConditionFailed) return;
    throw error;
  }
  await startAttempt(deps, next);
};

/** Promised within 72 hours; a person hears of it while there is time to do something. */
const LATE_MS = DAY_MS;

export const carryOn = async (deps: StartDeps, kept: KeptReceipt): Promise<void> => {
  const status = await deps.erasures.status(executionName(kept.erasureId, kept.receipt.attempt));
  if (status === 'running') return;
  // undefined: whoever asked went away before it was started
  if (status === undefined) await startAttempt(deps, kept);
  else await nextAttempt(deps, kept);
};

/** What is open and executes no more begins again: it was cut off, waits for a payout, or left rows. Answers how many are late by our doing. */
export const carryOnErasures = async (deps: StartDeps): Promise<{ readonly open: number; readonly late: number }> => {
  const found = await Promise.all(
    (await openErasures(deps.table)).map((erasureId) => readReceipt(deps.table, erasureId)),
  );
  const open = found.filter((kept) => kept !== undefined).filter(({ receipt }) => receipt.erasedMs === null);
  for (const kept of open) await carryOn(deps, kept);
  const isLate = ({ receipt: { askedMs, waitsFor } }: KeptReceipt): boolean =>
    waitsFor !== 'resident' && deps.clock.now() - askedMs > LATE_MS;
  return { open: open.length, late: open.filter(isLate).length };
};
