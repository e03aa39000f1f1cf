import type { Rates } from './rates.ts';
import { floorDiv } from './rounding.ts';

/** A segment's use with its monthly base charge and its energy charge. */
export type PricedUse = { readonly kwh: number; readonly baseWon: number; readonly energyTenths: number };

/** The charges before deductions, won. `fuel` may be negative. */
export type Charges = {
  readonly base: number;
  readonly energy: number;
  readonly climate: number;
  readonly fuel: number;
  readonly gross: number;
};

/** Sums over the segments, each floored once (korea.md 1.4). The climate charge is split by days, the fuel adjustment not at all. */
export const chargesOf = (rates: Rates<unknown>, uses: readonly PricedUse[], kwh: number): Charges => {
  const { days, monthDays } = rates.period;
  let baseWonDays = 0;
  let energyTenths = 0;
  for (const [i, use] of uses.entries()) {
    baseWonDays += use.baseWon * (rates.segments[i]?.days ?? 0);
    energyTenths += use.energyTenths;
  }
  const base = floorDiv(baseWonDays, monthDays);
  const energy = floorDiv(energyTenths, 10);
  const climate = floorDiv(kwh * rates.climateTenthDays, 10 * days);
  const fuel = floorDiv(kwh * rates.fuelTenths, 10);
  return { base, energy, climate, fuel, gross: base + energy + climate + fuel };
};
