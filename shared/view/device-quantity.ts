import { isEnvironmental, type Quantity } from '@hems/models/reading/quantities';
import { KEPT_DAYS } from '@hems/models/reading/retention';
import { groupedText } from '../format/number.ts';

/** How a quantity is written and drawn. */
type Written = {
  /** whole units divided by it, so many decimals, then the unit */
  readonly per: number;
  readonly decimals: number;
  readonly unit: string;
  /** its scale spans at least so many whole units, so that noise does not look like a mountain */
  readonly leastSpan: number;
  /** an amount: its scale holds 0 */
  readonly fromZero?: boolean;
};

const VOLTS: Written = { per: 1000, decimals: 1, unit: 'V', leastSpan: 10_000 };
const AMPERES: Written = { per: 1000, decimals: 2, unit: 'A', leastSpan: 1000, fromZero: true };
const DEGREES: Written = { per: 100, decimals: 1, unit: '°C', leastSpan: 300 };
const DUST: Written = { per: 1, decimals: 0, unit: 'µg/m³', leastSpan: 20, fromZero: true };

/** What a person may want to see over time, the most telling first; registers and codes of modes are not. */
const WRITTEN = {
  power_w: { per: 1, decimals: 0, unit: 'W', leastSpan: 100, fromZero: true },
  soc_permille: { per: 10, decimals: 0, unit: '%', leastSpan: 1000, fromZero: true },
  temperature_cdegc: DEGREES,
  target_temperature_cdegc: DEGREES,
  target_heat_cdegc: DEGREES,
  target_cool_cdegc: DEGREES,
  humidity_permille: { per: 10, decimals: 0, unit: '%', leastSpan: 200 },
  co2_ppm: { per: 1, decimals: 0, unit: 'ppm', leastSpan: 300 },
  pm2_5_ugm3: DUST,
  pm10_ugm3: DUST,
  tvoc_ppb: { per: 1, decimals: 0, unit: 'ppb', leastSpan: 200, fromZero: true },
  voltage_mv: VOLTS,
  voltage_l1_mv: VOLTS,
  voltage_l2_mv: VOLTS,
  voltage_l3_mv: VOLTS,
  current_ma: AMPERES,
  current_l1_ma: AMPERES,
  current_l2_ma: AMPERES,
  current_l3_ma: AMPERES,
  power_factor_permille: { per: 1000, decimals: 2, unit: '', leastSpan: 200 },
  frequency_mhz: { per: 1000, decimals: 2, unit: 'Hz', leastSpan: 400 },
  efficiency_permille: { per: 10, decimals: 1, unit: '%', leastSpan: 50 },
} as const satisfies { readonly [name in Quantity]?: Written };

export type ShownQuantity = keyof typeof WRITTEN;
const isShown = (name: string): name is ShownQuantity => Object.hasOwn(WRITTEN, name);
const SHOWN: readonly ShownQuantity[] = Object.keys(WRITTEN).filter(isShown);

/** Of what a device tells, in the order of telling. */
export const shownOf = (quantities: readonly Quantity[]): ShownQuantity[] =>
  SHOWN.filter((name) => quantities.includes(name));

export const asShown = (name: unknown): ShownQuantity | undefined => SHOWN.find((one) => one === name);

export const writtenOf = (quantity: ShownQuantity): Written => WRITTEN[quantity];

/** A number without its unit. */
export const figureOf = (value: number, quantity: ShownQuantity): string => {
  const { per, decimals } = writtenOf(quantity);
  return groupedText(value / per, decimals);
};

/** With its unit: `23.4 °C`, `45%`; a power factor has none. */
export const valueText = (value: number, quantity: ShownQuantity): string => {
  const { unit } = writtenOf(quantity);
  const figure = figureOf(value, quantity);
  if (unit === '') return figure;
  return unit === '%' ? `${figure}%` : `${figure} ${unit}`;
};

/** For how many days a quantity is kept. */
export const keptDays = (quantity: Quantity): number =>
  isEnvironmental(quantity) ? KEPT_DAYS.environment : KEPT_DAYS.electrical;
