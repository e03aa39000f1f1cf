import * as z from 'zod/mini';

/** Every kind of device the platform reads. The kind gives `power_w` its meaning (see `reading/quantities.ts`). */
export const DEVICE_KINDS = [
  'smart_meter',
  'smart_plug',
  'thermostat',
  'solar_inverter',
  'battery',
  'environment_sensor',
  'ev_charger',
] as const;

export const deviceKind = z.enum(DEVICE_KINDS);
export type DeviceKind = z.infer<typeof deviceKind>;
