import { addDays, type LocalDate } from '@hems/models/calendar/seoul';
import { FINAL_AFTER_DAYS } from '@hems/models/day/day-value';
import { entryId, type Entry } from '@hems/models/ledger/entry';
import type { LedgerEntryAnswer } from '@hems/shared/api/rewards';

/** An entry as the household is shown it on a day. */
export const viewEntry = (entry: Entry, today: LocalDate): LedgerEntryAnswer => {
  const { programme, period, revision, unit, amount, payer, recordedMs, evidence, endsOn } = entry;
  const state = addDays(endsOn, FINAL_AFTER_DAYS) < today ? 'final' : 'provisional';
  return { entryId: entryId(entry), programme, period, revision, unit, amount, payer, recordedMs, evidence, state };
};
