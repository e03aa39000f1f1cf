import type { DeviceKind } from '../device/kinds.ts';
import { worst, type Quality } from '../reading/quality.ts';
import type { Quarter } from './quarters.ts';

/** The household's energy in one interval, whole Wh. Absent: not known, or the household has no such device. */
export type Flows = {
  readonly importWh: number | undefined;
  readonly exportWh: number | undefined;
  readonly solarWh: number | undefined;
  readonly toBatteryWh: number | undefined;
  readonly fromBatteryWh: number | undefined;
  readonly loadWh: number | undefined;
};
export type HouseholdQuarter = Flows & { readonly startMs: number; readonly quality: Quality };

type Part = { readonly kind: DeviceKind; readonly quarter: Quarter };

/** The sum, or undefined when there is nothing to add or one of the parts is not known. */
const total = (values: readonly (number | undefined)[]): number | undefined =>
  values.length === 0
    ? undefined
    : values.reduce<number | undefined>((sum, wh) => (sum === undefined || wh === undefined ? undefined : sum + wh), 0);

const sumOf = (parts: readonly Part[], kind: DeviceKind, side: 'importWh' | 'exportWh'): number | undefined =>
  total(parts.filter((part) => part.kind === kind).map((part) => part.quarter[side]));

/**
 * grid in + solar + battery out = home + grid out + battery in (rule 3 of the design). The home is derived; it is known
 * when the meter and every source and store behind it are. A home below nothing, which sampling at different instants
 * can yield for a moment, is told as 0 and estimated.
 */
export const balance = (startMs: number, parts: readonly Part[]): HouseholdQuarter => {
  const counted = parts.filter(({ kind }) => kind === 'smart_meter' || kind === 'solar_inverter' || kind === 'battery');
  const has = (kind: DeviceKind): boolean => parts.some((part) => part.kind === kind);
  const importWh = sumOf(parts, 'smart_meter', 'importWh');
  const exportWh = sumOf(parts, 'smart_meter', 'exportWh');
  const solarWh = sumOf(parts, 'solar_inverter', 'exportWh');
  const toBatteryWh = sumOf(parts, 'battery', 'importWh');
  const fromBatteryWh = sumOf(parts, 'battery', 'exportWh');
  const sources = [
    importWh,
    exportWh === undefined ? undefined : -exportWh,
    ...(has('solar_inverter') ? [solarWh] : []),
    ...(has('battery') ? [fromBatteryWh, toBatteryWh === undefined ? undefined : -toBatteryWh] : []),
  ];
  const derivedWh = has('smart_meter') ? total(sources) : undefined;
  const qualities = counted.map(({ quarter }) => quarter.quality);
  const measured = derivedWh === undefined ? 'missing' : worst(qualities);
  return {
    startMs,
    importWh,
    exportWh,
    solarWh,
    toBatteryWh,
    fromBatteryWh,
    loadWh: derivedWh === undefined ? undefined : Math.max(0, derivedWh),
    quality: derivedWh !== undefined && derivedWh < 0 ? worst([measured, 'estimated']) : measured,
  };
};
