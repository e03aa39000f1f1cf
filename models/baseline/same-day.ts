import { atLeastZero, exactly, isBelow, meanOf, minus, plus, times, type ExactWh } from './exact-wh.ts';

/** An hour or a day before the event: what was used, and what its own baseline had expected. */
export type UseBefore = { readonly actualWh: number; readonly expected: ExactWh };

/** Additive adjustment: the mean of actual − baseline over the hours or days before the event (korea.md 3.1). */
export const shiftOf = (before: readonly UseBefore[]): ExactWh =>
  meanOf(before.map(({ actualWh, expected }) => minus(exactly(actualWh), expected)));

/** The shifted baseline, never below 0. The shift is capped at a share of the baseline, either way, where there is a cap. */
export const shifted = (
  expected: ExactWh,
  shift: ExactWh,
  capPercent: number | null,
): { readonly value: ExactWh; readonly capped: boolean } => {
  if (capPercent === null) return { value: atLeastZero(plus(expected, shift)), capped: false };
  const cap = times(expected, capPercent, 100);
  const lowest = times(cap, -1);
  const bounded = isBelow(shift, lowest) ? lowest : isBelow(cap, shift) ? cap : shift;
  return { value: atLeastZero(plus(expected, bounded)), capped: bounded !== shift };
};
