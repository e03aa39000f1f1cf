import { addDays, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { asNumber } from '@hems/models/baseline/exact-wh';
import { expectedOn, historyFrom, usesOf } from '@hems/models/day/day-saving';
import type { Clock } from '../ports/clock.ts';
import type { Table } from '../ports/table.ts';
import { canonicalJson } from './canonical-hash.ts';
import { hasConsent } from './privacy/has-consent.ts';
import { readDays } from './stores/days.ts';
import { putForecast, readForecast, type DayForecast } from './stores/forecasts.ts';
import { readProfile } from './stores/households.ts';

type Deps = { readonly table: Table; readonly clock: Clock };

/**
 * What is expected of the day after `date` by the days before it: the plain baseline. Withheld, with the reason, where there is none.
 * Of a day that is over nothing is expected any more: what was said of it before stays, and answers. For a household that does not
 * agree to `analysis` none is made.
 */
export const forecastHousehold = async (
  { table, clock }: Deps,
  { householdId, date }: { householdId: string; date: LocalDate },
): Promise<'forecast' | 'withheld'> => {
  const target = addDays(date, 1);
  const before = await readForecast(table, householdId, target);
  if (target < localDate(clock.now())) return before?.status ?? 'withheld';
  if (!(await hasConsent(table, householdId, 'analysis'))) return 'withheld';
  const [profile, days] = await Promise.all([
    readProfile(table, householdId),
    readDays(table, householdId, [historyFrom(target), date]),
  ]);
  if (!profile) return 'withheld';
  const baseline = expectedOn(target, usesOf(days, profile.origin !== undefined));
  const { method, version } = baseline;
  const made: DayForecast =
    baseline.status === 'refused'
      ? { status: 'withheld', method, version, code: baseline.code, detail: baseline.detail }
      : {
          status: 'forecast',
          method,
          version,
          totalWh: Math.round(asNumber(baseline.expected)),
          interval: baseline.interval,
          quality: baseline.quality,
          remarks: [...baseline.remarks],
        };
  if (!before || canonicalJson(before) !== canonicalJson(made))
    await putForecast(table, { householdId, date: target, made });
  return made.status;
};
