import { addDays, dayStart, type LocalDate } from '@hems/models/calendar/seoul';
import type { HouseholdQuarter } from '@hems/models/usage/balance';
import { householdQuarters, isCounted } from '@hems/models/usage/household';
import type { DeviceSamples } from '@hems/models/usage/line';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { listDevices, type Device } from '../stores/households.ts';
import { readSamples } from '../stores/slots.ts';

type Deps = { readonly table: Table; readonly clock: Clock };
export type Dates = readonly [from: LocalDate, to: LocalDate];

const rangeOf = ([from, to]: Dates) => ({ fromMs: dayStart(from), toMs: dayStart(addDays(to, 1)) });

type Span = { readonly fromMs: number; readonly toMs: number };

/** What the counted devices of a household said in the time, and their nearest words before and after it. */
export const samplesOf = (
  table: Table,
  { householdId, devices }: { householdId: string; devices: readonly Device[] },
  span: Span,
): Promise<DeviceSamples[]> =>
  Promise.all(
    devices
      .filter(({ kind }) => isCounted(kind))
      .map(async ({ deviceId, kind, status, replaced }) => ({
        deviceId,
        kind,
        retired: status !== 'active',
        replaced,
        samples: await readSamples(table, { householdId, deviceId }, span),
      })),
  );

/** The same of local days, both inclusive. */
export const samplesOfDays = (
  table: Table,
  home: { householdId: string; devices: readonly Device[] },
  dates: Dates,
): Promise<DeviceSamples[]> => samplesOf(table, home, rangeOf(dates));

export const quartersOf = (said: readonly DeviceSamples[], dates: Dates, nowMs: number): HouseholdQuarter[] =>
  householdQuarters(said, { ...rangeOf(dates), nowMs });

/** The household's quarter hours of local days, both inclusive. */
export const quartersOfDays = async (
  { table, clock }: Deps,
  householdId: string,
  dates: Dates,
): Promise<HouseholdQuarter[]> => {
  const devices = await listDevices(table, householdId);
  return quartersOf(await samplesOfDays(table, { householdId, devices }, dates), dates, clock.now());
};
