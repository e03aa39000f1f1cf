/**
 * The canonical quantities. Each is a whole number whose unit is in its name; an absent quantity is absent, never 0.
 * Signs: what flows into the house is positive. `power_w` is + import on a smart_meter, >= 0 generated on a
 * solar_inverter, + discharge on a battery, >= 0 used on an ev_charger or smart_plug. Registers count at the device's
 * own terminals: `energy_import_wh` into it, `energy_export_wh` out of it.
 * `min` and `max` are physical bounds: a value outside them is impossible, not merely unusual.
 */
export const QUANTITIES = {
  power_w: { min: -200_000, max: 200_000 },
  energy_import_wh: { min: 0, max: 1_000_000_000_000 },
  energy_export_wh: { min: 0, max: 1_000_000_000_000 },
  voltage_mv: { min: 0, max: 500_000 },
  voltage_l1_mv: { min: 0, max: 500_000 },
  voltage_l2_mv: { min: 0, max: 500_000 },
  voltage_l3_mv: { min: 0, max: 500_000 },
  current_ma: { min: -500_000, max: 500_000 },
  current_l1_ma: { min: -500_000, max: 500_000 },
  current_l2_ma: { min: -500_000, max: 500_000 },
  current_l3_ma: { min: -500_000, max: 500_000 },
  power_factor_permille: { min: -1000, max: 1000 },
  frequency_mhz: { min: 40_000, max: 70_000 },
  efficiency_permille: { min: 0, max: 1000 },
  soc_permille: { min: 0, max: 1000 },
  /** 0 idle, 1 charging, 2 discharging, 3 hold, 4 full, 5 fault */
  battery_mode: { min: 0, max: 5 },
  temperature_cdegc: { min: -6000, max: 15_000 },
  target_temperature_cdegc: { min: 0, max: 5000 },
  target_heat_cdegc: { min: 0, max: 5000 },
  target_cool_cdegc: { min: 0, max: 5000 },
  /** 0 off, 1 heat, 2 cool, 3 auto, 4 dry, 5 fan */
  hvac_mode: { min: 0, max: 5 },
  /** 0 off, 1 heating, 2 cooling, 3 fan */
  hvac_state: { min: 0, max: 3 },
  humidity_permille: { min: 0, max: 1000 },
  co2_ppm: { min: 0, max: 50_000 },
  pm2_5_ugm3: { min: 0, max: 10_000 },
  pm10_ugm3: { min: 0, max: 10_000 },
  tvoc_ppb: { min: 0, max: 100_000 },
} as const satisfies Record<string, { min: number; max: number }>;

export type Quantity = keyof typeof QUANTITIES;
export type Quantities = { readonly [name in Quantity]?: number | undefined };

export const isQuantity = (name: string): name is Quantity => Object.hasOwn(QUANTITIES, name);
export const QUANTITY_NAMES: readonly Quantity[] = Object.keys(QUANTITIES).filter(isQuantity);

/** Quantities of the air and the room; the others are electrical. How long each is kept: `retention.ts`. */
const ENVIRONMENTAL: ReadonlySet<Quantity> = new Set<Quantity>([
  'temperature_cdegc',
  'humidity_permille',
  'co2_ppm',
  'pm2_5_ugm3',
  'pm10_ugm3',
  'tvoc_ppb',
]);
export const isEnvironmental = (quantity: Quantity): boolean => ENVIRONMENTAL.has(quantity);
