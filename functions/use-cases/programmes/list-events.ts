import { dayNumber, type LocalDate } from '@hems/models/calendar/seoul';
import type { SavingEvent } from '@hems/shared/api/events';
import type { Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import { readEvents } from '../stores/events.ts';

const MAX_DAYS = 400;

/** Events of the days, both inclusive. */
export const listEvents = async (
  { table }: { readonly table: Table },
  { from, to }: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<SavingEvent[]> => {
  const days = dayNumber(to) - dayNumber(from) + 1;
  if (days < 1) throw new Refused('invalid', `from (${from}) is after to (${to})`);
  if (days > MAX_DAYS) throw new Refused('invalid', `${days} days; at most ${MAX_DAYS}`);
  return readEvents(table, [from, to]);
};
