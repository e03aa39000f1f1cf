import { dayStart, HOUR_MS, type LocalDate } from '@hems/models/calendar/seoul';
import type { UseAt } from '@hems/models/incentive/event-inputs';
import { hourUse } from '@hems/models/incentive/hour-use';
import type { HouseholdQuarter } from '@hems/models/usage/balance';
import { householdQuarters } from '@hems/models/usage/household';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { withoutOpen } from '../days/heard-until.ts';
import { samplesOf } from '../days/household-quarters.ts';
import { listDevices } from '../stores/households.ts';

type Deps = { readonly table: Table; readonly clock: Clock };
/**
 * The household's grid use in some clock hours of some days. Only those hours are read: an event looks at three weeks of one hour. An hour
 * that the meter was not heard to the end of is not known: its part would pass for a saving.
 */
export const readHours = async (
  { table, clock }: Deps,
  householdId: string,
  { dates, hours }: { readonly dates: readonly LocalDate[]; readonly hours: readonly number[] },
): Promise<UseAt> => {
  const home = { householdId, devices: await listDevices(table, householdId) };
  const [first, last] = [Math.min(...hours), Math.max(...hours)];
  const days = await Promise.all(
    dates.map(async (date) => {
      const range = { fromMs: dayStart(date) + first * HOUR_MS, toMs: dayStart(date) + (last + 1) * HOUR_MS };
      const said = await samplesOf(table, home, range);
      return withoutOpen(householdQuarters(said, { ...range, nowMs: clock.now() }), said);
    }),
  );
  const byStart = new Map(days.flat().map((quarter): [number, HouseholdQuarter] => [quarter.startMs, quarter]));
  return (date, hour) => hourUse(byStart, dayStart(date) + hour * HOUR_MS);
};
