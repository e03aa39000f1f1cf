export type Weighted<Value> = { readonly value: Value; readonly weight: number };

/**
 * For each share the value that so much of the weight does not exceed, by ascending `order`; of several, the first that
 * reaches it. Undefined where there is no value.
 */
export const quantiles = <Value>(
  values: readonly Weighted<Value>[],
  shares: readonly number[],
  order: (value: Value) => number,
): (Value | undefined)[] => {
  const sorted = values
    .map((one) => ({ ...one, at: order(one.value) }))
    .toSorted((a, b) => (a.at === b.at ? 0 : a.at - b.at));
  const whole = sorted.reduce((sum, { weight }) => sum + weight, 0);
  return shares.map((share) => {
    let sum = 0;
    const found = sorted.find(({ weight }) => (sum += weight) >= share * whole);
    return (found ?? sorted.at(-1))?.value;
  });
};

/** An interval that is meant to hold eight outcomes of ten, and its middle. */
export const CONFIDENCE_PERCENT = 80;
export const [LOW, MIDDLE, HIGH] = [0.1, 0.5, 0.9] as const;
