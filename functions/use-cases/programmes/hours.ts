import { dayStart, HOUR_MS, type LocalDate } from '@hems/models/calendar/seoul';
import type { UseAt } from '@hems/models/incentive/event-inputs';
import { hourUse } from '@hems/models/incentive/hour-use';
import type { HouseholdQuarter } from '@hems/models/usage/balance';
import { householdQuarters, isCounted, type DeviceSamples } from '@hems/models/usage/household';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { listDevices, type Device } from '../stores/households.ts';
import { readSamples } from '../stores/slots.ts';

type Deps = { readonly table: Table; readonly clock: Clock };
type Range = { readonly fromMs: number; readonly toMs: number };

const said = async (
  table: Table,
  { householdId, devices }: { householdId: string; devices: readonly Device[] },
  range: Range,
): Promise<DeviceSamples[]> =>
  Promise.all(
    devices.map(async ({ deviceId, kind, status }) => ({
      deviceId,
      kind,
      retired: status === 'retired',
      samples: await readSamples(table, { householdId, deviceId }, range),
    })),
  );

/** The household's grid use in some clock hours of some days. Only those hours are read: an event looks at three weeks of one hour. */
export const readHours = async (
  { table, clock }: Deps,
  householdId: string,
  { dates, hours }: { readonly dates: readonly LocalDate[]; readonly hours: readonly number[] },
): Promise<UseAt> => {
  const devices = (await listDevices(table, householdId)).filter(({ kind }) => isCounted(kind));
  const [first, last] = [Math.min(...hours), Math.max(...hours)];
  const days = await Promise.all(
    dates.map(async (date) => {
      const range = { fromMs: dayStart(date) + first * HOUR_MS, toMs: dayStart(date) + (last + 1) * HOUR_MS };
      return householdQuarters(await said(table, { householdId, devices }, range), { ...range, nowMs: clock.now() });
    }),
  );
  const byStart = new Map(days.flat().map((quarter): [number, HouseholdQuarter] => [quarter.startMs, quarter]));
  return (date, hour) => hourUse(byStart, dayStart(date) + hour * HOUR_MS);
};
