import { addDays, type LocalDate } from '@hems/models/calendar/seoul';
import { UNUSUAL } from '@hems/models/usage/unusual';
import type { Table } from '../../ports/table.ts';
import { UNKNOWN_HOURS } from '../days/hours-of-day.ts';
import { hasConsent } from '../privacy/has-consent.ts';
import { readHours } from '../stores/hours.ts';
import { putUsual, readUsual } from '../stores/usual.ts';

/**
 * Keeps what the home used in each hour up to the date, by which ingest tells what is unusual. A day at a time; for a home that is new or was
 * left out, all that is missing. Of a home that does not agree to `analysis` nothing is kept. Corrections of days that are remembered are
 * not waited for: a limit by six weeks does not move with one.
 */
export const rememberHours = async (
  table: Table,
  { householdId, date }: { readonly householdId: string; readonly date: LocalDate },
): Promise<void> => {
  if (!(await hasConsent(table, householdId, 'analysis'))) return;
  const days = new Map(await readUsual(table, householdId));
  const dates = Array.from({ length: UNUSUAL.days }, (_, i) => addDays(date, i + 1 - UNUSUAL.days));
  const missing = dates.filter((one) => !days.has(one));
  const [first] = missing;
  if (first === undefined) return;
  const hours = await readHours(table, householdId, [first, date]);
  const loadWh = new Map(hours.map((day) => [day.date, day.loadWh]));
  for (const one of missing) days.set(one, loadWh.get(one) ?? UNKNOWN_HOURS);
  await putUsual(table, householdId, { days, date });
};
