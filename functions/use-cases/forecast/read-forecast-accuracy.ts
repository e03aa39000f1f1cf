import { dayNumber, type LocalDate } from '@hems/models/calendar/seoul';
import { accuracyOf } from '@hems/models/forecast/day-accuracy';
import type { ForecastAccuracy } from '@hems/shared/api/forecast';
import type { Table } from '../../ports/table.ts';
import { hasConsent } from '../privacy/has-consent.ts';
import { Refused } from '../refusal.ts';
import { readOutcomes, type DayOutcome } from '../stores/forecasts.ts';
import { noConsent } from './no-consent.ts';

type Asked = { readonly householdId: string; readonly from: LocalDate; readonly to: LocalDate };

/** As long as they are kept. */
const MAX_DAYS = 180;

const toDay = ([date, { sums }]: readonly [LocalDate, DayOutcome]): ForecastAccuracy['days'] => {
  const accuracy = accuracyOf(sums);
  const { hours, actualWh, expectedWh } = sums;
  return accuracy ? [{ date, hours, actualWh, expectedWh, ...accuracy }] : [];
};

/** How the forecasts of past days went, by day, ascending. A day without any use has no share of it that could be right. */
export const readForecastAccuracy = async (
  { table }: { readonly table: Table },
  { householdId, from, to }: Asked,
): Promise<ForecastAccuracy> => {
  const days = dayNumber(to) - dayNumber(from) + 1;
  if (days < 1) throw new Refused('invalid', `from (${from}) is after to (${to})`);
  if (days > MAX_DAYS) throw new Refused('invalid', `${days} days: at most ${MAX_DAYS} are kept; ask for less`);
  if (!(await hasConsent(table, householdId, 'analysis'))) throw noConsent();
  return { householdId, days: [...(await readOutcomes(table, householdId, [from, to]))].flatMap(toDay) };
};
