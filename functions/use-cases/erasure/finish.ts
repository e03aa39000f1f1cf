import { addDays, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { ERASED_STORES } from '@hems/shared/api/erasures';
import { scopeKey, type Scope } from '../stores/erasures.ts';
import { QUARANTINE_KEPT_DAYS } from '../stores/quarantine.ts';
import { GO_ON, type EraseDeps, type Erasing, type StepAnswer } from './deps.ts';
import { changeReceipt, tellKept, type Going } from './receipt-lines.ts';
import { scan } from './scan.ts';

/**
 * A message that was on its way when the gateways ended is kept out under a telemetry id that leads nowhere: at once, or as late as one that
 * nobody could deliver is tried again.
 */
const lateMessages = ({ remains }: EraseDeps, today: LocalDate): Going => ({
  store: 'operations',
  until: addDays(today, (remains['dead-letters'] ?? 0) + QUARANTINE_KEPT_DAYS),
  reason: 'system-record',
});

/** What cannot be taken out and goes by itself, each with its last day. */
const remaining = (deps: EraseDeps, { households }: Scope): Going[] => {
  const { clock, remains } = deps;
  const today = localDate(clock.now());
  const stores = ERASED_STORES.flatMap((store): Going[] => {
    const days = remains[store];
    if (days === undefined) return [];
    return [{ store, until: addDays(today, days), reason: store === 'backups' ? 'backup' : 'system-record' }];
  });
  return [...stores, ...(households.length > 0 ? [lateMessages(deps, today)] : [])];
};

/** The scope goes before the erasure has ended, so that none that has ended leads anywhere. */
export const finish = async (deps: EraseDeps, erasureId: string): Promise<void> => {
  await deps.table.delete(scopeKey(erasureId));
  const nowMs = deps.clock.now();
  const happened = { atMs: nowMs, key: erasureId, facts: { erasureId } };
  await deps.bus.publish([{ type: 'household.erased', detail: happened }]);
  await changeReceipt(deps, erasureId, (before) => ({
    ...before,
    state: 'erased',
    waitsFor: null,
    erasedMs: before.erasedMs ?? nowMs,
  }));
};

/** The last step: looks whether anything is left. Rows that are found leave the erasure open, and it begins again. */
export const scanAndFinish = async (
  deps: EraseDeps,
  { erasureId, scope }: Erasing,
  say: (found: readonly string[]) => void,
): Promise<StepAnswer> => {
  const found = await scan(deps, { erasureId, scope });
  if (found.length > 0) say(found);
  await changeReceipt(deps, erasureId, (before) => ({ ...before, found: found.length }));
  if (found.length > 0) return { next: 'rows-left' };
  await tellKept(deps, erasureId, remaining(deps, scope));
  await finish(deps, erasureId);
  return GO_ON;
};
