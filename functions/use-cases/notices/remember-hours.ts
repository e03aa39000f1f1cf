import { addDays, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { hoursOf, UNUSUAL } from '@hems/models/usage/unusual';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { quartersOfDays } from '../days/household-quarters.ts';
import { hasConsent } from '../privacy/has-consent.ts';
import { putUsual, readUsual } from '../stores/usual.ts';

type Deps = { readonly table: Table; readonly clock: Clock };

/**
 * Keeps what the home used in each hour up to the date, by which ingest tells what is unusual. A day at a time; for a home that is new or was
 * left out, all that is missing. Of a home that does not agree to `analysis` nothing is kept. Corrections of days that are remembered are
 * not waited for: a limit by six weeks does not move with one.
 */
export const rememberHours = async (
  deps: Deps,
  { householdId, date }: { readonly householdId: string; readonly date: LocalDate },
): Promise<void> => {
  if (!(await hasConsent(deps.table, householdId, 'analysis'))) return;
  const days = new Map(await readUsual(deps.table, householdId));
  const dates = Array.from({ length: UNUSUAL.days }, (_, i) => addDays(date, i + 1 - UNUSUAL.days));
  const missing = dates.filter((one) => !days.has(one));
  const [first] = missing;
  if (first === undefined) return;
  const quarters = await quartersOfDays(deps, householdId, [first, date]);
  const known = quarters.filter(({ loadWh }) => loadWh !== undefined);
  const byDate = Map.groupBy(known, ({ startMs }) => localDate(startMs));
  for (const one of missing) {
    const own = new Map((byDate.get(one) ?? []).map(({ startMs, loadWh = 0 }) => [startMs, loadWh]));
    days.set(one, hoursOf(one, own));
  }
  await putUsual(deps.table, householdId, { days, date });
};
