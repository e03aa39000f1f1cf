import { addDays, dayStart, type LocalDate } from '@hems/models/calendar/seoul';
import type { Home } from '@hems/models/day/figure-days';
import { openDays } from '@hems/models/day/open-days';
import type { DayItem } from '@hems/models/day/day-value';
import { isCounted } from '@hems/models/usage/household';
import type { Table } from '../../ports/table.ts';
import { listDevices, readProfile, type Device } from '../stores/households.ts';
import { readLiveStates, type LiveState } from '../stores/live.ts';
import { readSupplies } from '../stores/supplies.ts';
import { tariffRegionOf } from '../tariff-region.ts';

export type DaysHome = { readonly householdId: string; readonly devices: readonly Device[]; readonly home: Home };

/** The household as its days need it; undefined: it does not exist any more. */
export const readHome = async (table: Table, householdId: string): Promise<DaysHome | undefined> => {
  const [profile, { rows }, devices] = await Promise.all([
    readProfile(table, householdId),
    readSupplies(table, householdId),
    listDevices(table, householdId),
  ]);
  if (!profile) return undefined;
  return {
    householdId,
    devices,
    home: {
      supplies: rows,
      region: tariffRegionOf(profile.region),
      areaM2: profile.areaM2,
      isDemo: profile.origin !== undefined,
      hasMeter: devices.some(({ kind }) => kind === 'smart_meter'),
    },
  };
};

/** Of the devices that decide the home's energy: how many have spoken, but not since the date ended. */
const silentSince = (devices: readonly Device[], live: ReadonlyMap<string, LiveState>, date: LocalDate): number => {
  const endMs = dayStart(addDays(date, 1));
  return devices.filter(({ deviceId, kind, status }) => {
    const heard = live.get(deviceId)?.ts;
    return status === 'active' && isCounted(kind) && heard !== undefined && heard < endMs;
  }).length;
};

type Asked = {
  readonly householdId: string;
  readonly devices: readonly Device[];
  readonly days: ReadonlyMap<LocalDate, DayItem>;
  readonly late: ReadonlySet<LocalDate>;
  readonly from: LocalDate;
  readonly to: LocalDate;
};

/** The days whose item does not say what their quarter hours say. */
export const readOpenDays = async (table: Table, { householdId, devices, ...asked }: Asked): Promise<LocalDate[]> => {
  const isWaiting = [...asked.days.values()].some(({ unheard = 0, date }) => unheard > 0 && date >= asked.from);
  const live = isWaiting ? await readLiveStates(table, householdId) : new Map<string, LiveState>();
  return openDays({ ...asked, unheardNow: (date) => silentSince(devices, live, date) });
};
