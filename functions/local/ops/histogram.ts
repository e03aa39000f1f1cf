/**
 * Logarithmic buckets: bucket n holds the values in (GROWTH^(n−1), GROWTH^n], and all of them are told as one value that none is further from
 * than ERROR of itself (DDSketch, Masson et al. 2019). Below 1 the error is 1 at most: the figures are whole milliseconds.
 */
export const ERROR = 0.025;
const GROWTH = (1 + ERROR) / (1 - ERROR);
const LN_GROWTH = Math.log(GROWTH);
/** About 11 days in ms; longer ones are told as this. No more than so many buckets exist. */
const LAST_BUCKET = Math.ceil(Math.log(1e9) / LN_GROWTH);

/** How many values each bucket has. */
export type Histogram = Map<number, number>;

const bucketOf = (value: number): number =>
  value <= 1 ? 0 : Math.min(LAST_BUCKET, Math.ceil(Math.log(value) / LN_GROWTH));
const middleOf = (bucket: number): number => (bucket === 0 ? 1 : (2 * GROWTH ** bucket) / (GROWTH + 1));

export const addTo = (histogram: Histogram, value: number, count = 1): void => {
  const bucket = bucketOf(value);
  histogram.set(bucket, (histogram.get(bucket) ?? 0) + count);
};

export const mergeInto = (histogram: Histogram, other: Histogram): void => {
  for (const [bucket, count] of other) histogram.set(bucket, (histogram.get(bucket) ?? 0) + count);
};

/** The value that `share` (0 to 1) of all do not exceed; undefined: there is none. */
export const quantile = (histogram: Histogram, share: number): number | undefined => {
  const total = [...histogram.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  const rank = Math.max(1, Math.ceil(share * total));
  let seen = 0;
  for (const [bucket, count] of [...histogram].toSorted(([a], [b]) => a - b)) {
    seen += count;
    if (seen >= rank) return middleOf(bucket);
  }
  return undefined;
};

/** `[bucket, count, bucket, count, …]`, as text for a column. */
export const textOf = (histogram: Histogram): string => JSON.stringify([...histogram].flat());
export const histogramOf = (text: string): Histogram => {
  const flat: unknown = JSON.parse(text);
  const histogram: Histogram = new Map();
  if (!Array.isArray(flat)) return histogram;
  for (let at = 0; at + 1 < flat.length; at += 2) histogram.set(Number(flat[at]), Number(flat[at + 1]));
  return histogram;
};
