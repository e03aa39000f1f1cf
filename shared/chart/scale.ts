/** A linear map from a domain to pixels. */
export const linear =
  (domain: readonly [number, number], range: readonly [number, number]) =>
  (value: number): number =>
    range[0] + ((value - domain[0]) / (domain[1] - domain[0])) * (range[1] - range[0]);

const STEPS = [1, 2, 5, 10];

/** Ticks from 0 to the first one at or above `max` (> 0), at steps of 1, 2 or 5 times a power of ten: at most `most` steps. */
export const ticksFromZero = (max: number, most: number): number[] => {
  const power = 10 ** Math.floor(Math.log10(max / most));
  const step = (STEPS.find((candidate) => candidate * power * most >= max) ?? 10) * power;
  const count = Math.ceil(max / step);
  return Array.from({ length: count + 1 }, (_, index) => index * step);
};
