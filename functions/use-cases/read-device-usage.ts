import { addDays, dayStart, DAY_MS, localDate, SLOT_MS, type LocalDate } from '@hems/models/calendar/seoul';
import { KEPT_DAYS } from '@hems/models/reading/retention';
import { aggregate } from '@hems/models/usage/aggregate';
import { deviceUses, otherUse } from '@hems/models/usage/device-use';
import { isCounted } from '@hems/models/usage/household';
import type { DeviceSamples } from '@hems/models/usage/line';
import type { DeviceUsage, DeviceUse } from '@hems/shared/api/usage';
import type { Clock } from '../ports/clock.ts';
import type { Table } from '../ports/table.ts';
import { quartersOfRun, readDayParts, viewOfDays, type DaysView, type DayParts } from './days/read-days-parts.ts';
import { withGivenNames } from './devices/given-names.ts';
import { Refused } from './refusal.ts';
import type { KeyDeps } from './stores/data-keys.ts';
import type { Device } from './stores/households.ts';
import { readSlotEnds } from './stores/slots.ts';

type Deps = KeyDeps & { readonly clock: Clock };
type Asked = { readonly householdId: string; readonly from: LocalDate; readonly to: LocalDate };

/** A month of a device that reports each minute is read within 50 ms; a year would be 35,000 items of each. */
const MAX_DAYS = 31;

const spanOf = ({ from, to }: Asked): { fromMs: number; toMs: number } => ({
  fromMs: dayStart(from),
  toMs: dayStart(addDays(to, 1)),
});

const checkRange = ({ from, to }: Asked): void => {
  const days = Math.round((dayStart(to) - dayStart(from)) / DAY_MS) + 1;
  if (days < 1) throw new Refused('invalid', `from (${from}) is after to (${to})`);
  if (days > MAX_DAYS)
    throw new Refused('invalid', `${days} days of single devices: at most ${MAX_DAYS}; ask for less`);
};

const readSaid = async (table: Table, asked: Asked, device: Device): Promise<DeviceSamples> => {
  const { deviceId, kind, status, replaced } = device;
  const samples = await readSlotEnds(table, { householdId: asked.householdId, deviceId }, spanOf(asked));
  return { deviceId, kind, retired: status !== 'active', replaced, samples };
};

const readUses = async ({ table, clock }: Deps, asked: Asked, devices: readonly Device[]): Promise<DeviceUse[]> => {
  const said = await Promise.all(devices.map((device) => readSaid(table, asked, device)));
  const uses = deviceUses(said, { ...spanOf(asked), nowMs: clock.now() });
  const byId = new Map(devices.map((device) => [device.deviceId, device]));
  return uses.flatMap(({ usedWh = null, fromMs = null, ...use }) => {
    const device = byId.get(use.deviceId);
    if (!device) return [];
    const { kind, name } = device;
    return [{ kind, name, status: device.status === 'active' ? 'active' : 'retired', ...use, usedWh, fromMs }];
  });
};

/** What counts no energy is no consumer, and what is out of service is one only for the days in which it was not. */
const isShown = ({ kind, status, usedWh }: DeviceUse): boolean =>
  usedWh !== null || (status === 'active' && (kind === 'smart_plug' || kind === 'ev_charger'));

const mostFirst = (a: DeviceUse, b: DeviceUse): number =>
  (b.usedWh ?? -1) - (a.usedWh ?? -1) || a.deviceId.localeCompare(b.deviceId);

/** A day's item does not say when its gaps were: where that matters, the quarter hours tell, as long as they are kept. */
const inQuarters = async (deps: Deps, view: DaysView, { date, parts }: DayParts): Promise<DayParts> => {
  if (parts.every(({ startMs, missingSlots }) => startMs !== undefined || missingSlots === 0)) return { date, parts };
  const quarters = await quartersOfRun(deps, view, [date, date]);
  return { date, parts: quarters.length > 0 ? quarters : parts };
};

type Asking = { readonly view: DaysView; readonly days: readonly DayParts[]; readonly uses: readonly DeviceUse[] };

/** Quarter hours without a load, from the first word of a device on: in what was before it none counted, and the one that runs is no gap. */
const gapsOf = async (deps: Deps, { view, days, uses }: Asking): Promise<number> => {
  const firstMs = Math.min(...uses.flatMap(({ fromMs }) => fromMs ?? []));
  const counted = days.filter(({ date }) => dayStart(date) + DAY_MS > firstMs);
  const known = await Promise.all(
    counted.map(async (day) => (dayStart(day.date) < firstMs ? inQuarters(deps, view, day) : day)),
  );
  const nowMs = deps.clock.now();
  const since = known.flatMap(({ parts }) =>
    parts.filter(({ startMs }) => startMs === undefined || (startMs >= firstMs && startMs + SLOT_MS <= nowMs)),
  );
  return aggregate(since).missingSlots;
};

/** The use of each device that counts its own, from its quarter hours, against that of the home over the same days. */
export const readDeviceUsage = async (deps: Deps, asked: Asked): Promise<DeviceUsage> => {
  checkRange(asked);
  const { householdId, from, to } = asked;
  const view = await viewOfDays(deps, householdId);
  // what the others take in is a part of the load that is made of them
  const consumers = view.devices.filter(({ kind }) => !isCounted(kind));
  const [days, uses] = await Promise.all([
    readDayParts(deps, view, [from, to]),
    withGivenNames(deps, householdId, consumers).then((named) => readUses(deps, asked, named)),
  ]);
  const load = aggregate(days.flatMap(({ parts }) => parts));
  const devices = uses.filter(isShown).toSorted(mostFirst);
  const missingSlots = await gapsOf(deps, { view, days, uses: devices });
  const otherWh = otherUse(
    { loadWh: load.loadWh, missingSlots },
    devices.map(({ usedWh }) => usedWh),
  );
  return {
    householdId,
    from,
    to,
    heldFrom: addDays(localDate(deps.clock.now()), -KEPT_DAYS.quarterHours),
    loadWh: load.loadWh ?? null,
    missingSlots,
    devices,
    otherWh: otherWh ?? null,
    quality: load.quality,
  };
};
