import { addDays, dayStart, DAY_MS, HOUR_MS, SLOT_MS, type LocalDate } from '@hems/models/calendar/seoul';
import type { Quantity } from '@hems/models/reading/quantities';
import { seriesByInterval } from '@hems/models/usage/series';
import type { DeviceSeries } from '@hems/shared/api/devices';
import type { Clock } from '../ports/clock.ts';
import type { Table } from '../ports/table.ts';
import type { TelemetryStore } from '../ports/telemetry-store.ts';
import { Refused } from './refusal.ts';
import { listDevices, readProfile } from './stores/households.ts';

type Deps = { readonly table: Table; readonly telemetry: TelemetryStore; readonly clock: Clock };
type Asked = {
  readonly householdId: string;
  readonly deviceId: string;
  readonly quantity: Quantity;
  readonly grain: '15min' | 'hour';
  readonly from: LocalDate;
  readonly to: LocalDate;
};

const MAX_DAYS = { '15min': 7, hour: 31 } as const;

const rangeOf = ({ grain, from, to }: Asked, nowMs: number): { fromMs: number; toMs: number } => {
  const days = Math.round((dayStart(to) - dayStart(from)) / DAY_MS) + 1;
  if (days < 1 || days > MAX_DAYS[grain]) {
    throw new Refused('invalid', `from ${from} to ${to} is ${days} days; 1 to ${MAX_DAYS[grain]} at grain ${grain}`);
  }
  return { fromMs: dayStart(from), toMs: Math.min(dayStart(addDays(to, 1)), nowMs) };
};

/** One quantity of one device by interval, from the history, impossible values left out. */
export const readDeviceSeries = async (deps: Deps, asked: Asked): Promise<DeviceSeries> => {
  const { householdId, deviceId, quantity, grain } = asked;
  const range = rangeOf(asked, deps.clock.now());
  const [profile, devices] = await Promise.all([
    readProfile(deps.table, householdId),
    listDevices(deps.table, householdId),
  ]);
  const device = devices.find((one) => one.deviceId === deviceId);
  if (!profile || !device) throw new Refused('not-found', `the household has no device ${deviceId}`);
  const query = { household: profile.telemetryId, deviceId, kind: device.kind, quantity, ...range };
  const samples = await deps.telemetry.series(query);
  const shape = { ...range, widthMs: grain === 'hour' ? HOUR_MS : SLOT_MS, isRegister: quantity.startsWith('energy_') };
  return { householdId, deviceId, quantity, grain, points: seriesByInterval(samples, shape) };
};
