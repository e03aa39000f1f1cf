import { compareObservations, winner, type Observation } from '../reading/point.ts';
import type { Quantities, Quantity } from '../reading/quantities.ts';

/**
 * What one device said in one 15-minute slot, as far as energy needs it: registers and power, ascending in time, at most
 * one observation a second. `mergeSlots` is commutative, associative and idempotent, so any order and repetition of
 * messages ends in the same slot.
 */
export type Slot = readonly Observation[];

const ENERGY = ['power_w', 'energy_import_wh', 'energy_export_wh'] as const satisfies readonly Quantity[];

const energyOf = (quantities: Quantities): Quantities => {
  const kept: { [name in Quantity]?: number } = {};
  for (const name of ENERGY) {
    const value = quantities[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
};

/** The slot of observations that all belong to it; empty when none of them says anything of energy. */
export const slotOf = (observations: readonly Observation[]): Slot => {
  const bySecond = new Map<number, Observation>();
  for (const { ts, boot, seq, q, quantities } of observations) {
    const own = { ts, boot, seq, q, quantities: energyOf(quantities) };
    if (ENERGY.every((name) => own.quantities[name] === undefined)) continue;
    const second = Math.floor(ts / 1000);
    const known = bySecond.get(second);
    // The first of a second stays: what a register has counted since is told by the next one.
    bySecond.set(second, !known || ts < known.ts ? own : ts > known.ts ? known : winner(known, own));
  }
  return [...bySecond.values()].toSorted((a, b) => a.ts - b.ts);
};

/** What two records of the same device and slot say together. */
export const mergeSlots = (a: Slot, b: Slot): Slot => slotOf([...a, ...b]);

/** Whether a merge changed nothing, so that the slot need not be written again. */
export const sameSlot = (a: Slot, b: Slot): boolean =>
  a.length === b.length &&
  a.every((one, index) => {
    const other = b[index];
    return other !== undefined && one.ts === other.ts && compareObservations(one, other) === 0;
  });
