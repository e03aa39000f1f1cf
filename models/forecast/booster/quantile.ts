type Range = { readonly low: number; readonly high: number };

/** Moves what is smaller than the pivot to the front of the range, what is larger to its end (Hoare). */
const divided = (values: Float64Array, { low, high }: Range): { readonly left: number; readonly right: number } => {
  const pivot = values[(low + high) >> 1] ?? 0;
  let i = low;
  let j = high;
  while (i <= j) {
    while ((values[i] ?? 0) < pivot) i++;
    while ((values[j] ?? 0) > pivot) j--;
    if (i > j) break;
    const swapped = values[i] ?? 0;
    values[i++] = values[j] ?? 0;
    values[j--] = swapped;
  }
  return { left: j, right: i };
};

/** The value at place `k` of the ascending order, without sorting the rest. Rearranges the values. */
const placed = (values: Float64Array, k: number): number => {
  let range: Range = { low: 0, high: values.length - 1 };
  while (range.low < range.high) {
    const { left, right } = divided(values, range);
    if (k > left && k < right) break;
    range = k <= left ? { low: range.low, high: left } : { low: right, high: range.high };
  }
  return values[k] ?? 0;
};

/** The value below which the share `level` of them lies, without interpolation: one of the values. Rearranges them. */
export const quantileOf = (values: Float64Array, level: number): number =>
  placed(values, Math.min(values.length - 1, Math.floor(level * values.length)));
