import { DAY_MS } from '@hems/models/calendar/seoul';
import { batterySeen, chargerSeen } from '@hems/models/device/limits-seen';
import { Q, qualityOf } from '@hems/models/reading/quality';
import type { Quantity } from '@hems/models/reading/quantities';
import type { Sample, TelemetryStore } from '../../ports/telemetry-store.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import type { Device } from '../stores/households.ts';
import { keepLimits, readLimits, type SeenLimits } from '../stores/device-limits.ts';

type Deps = { readonly table: Table; readonly clock: Clock; readonly telemetry: Pick<TelemetryStore, 'series'> };
type Steered = {
  readonly householdId: string;
  readonly telemetryId: string;
  readonly battery: Device | undefined;
  readonly charger: Device | undefined;
};

const LOOKED_BACK_MS = 7 * DAY_MS;
/** What was found is looked for again after a week. Where nothing was found, readings may just be coming in: only a burst of questions is spared. */
const FOUND_MS = 7 * DAY_MS;
const NOT_FOUND_MS = 10_000;

/** Measured at that moment, and not known to be wrong. */
const isMeasured = ({ q }: Sample): boolean => qualityOf(q) !== 'bad' && (q & (Q.stale | Q.estimated)) === 0;

const lookAt = async ({ telemetry, clock }: Deps, { telemetryId, battery, charger }: Steered): Promise<SeenLimits> => {
  const nowMs = clock.now();
  const range = { household: telemetryId, fromMs: nowMs - LOOKED_BACK_MS, toMs: nowMs };
  const series = async ({ deviceId, kind }: Device, quantity: Quantity): Promise<Sample[]> =>
    (await telemetry.series({ ...range, deviceId, kind, quantity })).filter(isMeasured);
  const ofBattery = async (device: Device) => {
    const [socPermille, importWh, exportWh, powerW] = await Promise.all([
      series(device, 'soc_permille'),
      series(device, 'energy_import_wh'),
      series(device, 'energy_export_wh'),
      series(device, 'power_w'),
    ]);
    const seen = batterySeen({ socPermille, importWh, exportWh, powerW });
    return seen ? { deviceId: device.deviceId, ...seen } : null;
  };
  const ofCharger = async (device: Device) => {
    const powerW = chargerSeen(await series(device, 'power_w'));
    return powerW === undefined ? null : { deviceId: device.deviceId, powerW };
  };
  const [seenBattery, seenCharger] = await Promise.all([battery && ofBattery(battery), charger && ofCharger(charger)]);
  return { seenMs: nowMs, battery: seenBattery ?? null, charger: seenCharger ?? null };
};

type SeenBattery = SeenLimits['battery'];

/** What was seen of the device that is there now. */
const seenOf = <Seen extends { readonly deviceId: string }>(
  seen: Seen | null | undefined,
  device: Device | undefined,
) => (seen && seen.deviceId === device?.deviceId ? seen : null);

/** A quiet week shows less than the battery can; but a battery ages, so that each look believes what was seen before a tenth less. */
const BELIEVED = 0.9;
const withSeen = (now: NonNullable<SeenBattery>, before: SeenBattery): SeenBattery => ({
  ...now,
  chargeW: Math.max(now.chargeW, Math.round(BELIEVED * (before?.chargeW ?? 0))),
  dischargeW: Math.max(now.dischargeW, Math.round(BELIEVED * (before?.dischargeW ?? 0))),
  leastPermille: Math.min(now.leastPermille, before?.leastPermille ?? 1000),
});

/** Where a week was too quiet to tell anything, what was seen before stands. */
const withBefore = (now: SeenLimits, before: SeenLimits | undefined, { battery, charger }: Steered): SeenLimits => {
  const held = seenOf(before?.battery, battery);
  return {
    ...now,
    battery: now.battery ? withSeen(now.battery, held) : held,
    charger: now.charger ?? seenOf(before?.charger, charger),
  };
};

const isOf = (device: Device | undefined, seen: { readonly deviceId: string } | null): boolean =>
  device === undefined || seen?.deviceId === device.deviceId;

/** What battery and charger were seen to do, held for a week; another device is looked at anew. */
export const limitsOfDevices = async (deps: Deps, steered: Steered): Promise<SeenLimits> => {
  const held = await readLimits(deps.table, steered.householdId);
  const age = held ? deps.clock.now() - held.seenMs : Number.POSITIVE_INFINITY;
  const isWhole = held !== undefined && isOf(steered.battery, held.battery) && isOf(steered.charger, held.charger);
  if (held && age < (isWhole ? FOUND_MS : NOT_FOUND_MS)) return held;
  const seen = withBefore(await lookAt(deps, steered), held, steered);
  await keepLimits(deps.table, steered.householdId, seen);
  return seen;
};
