/** p50, p95, p99 and the largest of some values, by nearest rank; all NaN when there are none. */
export type Percentiles = {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
};

/** The smallest value that at least `share` of all values do not pass. */
const rank = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;

export const percentiles = (values: readonly number[]): Percentiles => {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    count: sorted.length,
    p50: rank(sorted, 0.5),
    p95: rank(sorted, 0.95),
    p99: rank(sorted, 0.99),
    max: rank(sorted, 1),
  };
};

export type MemorySample = { readonly atMs: number; readonly rssMb: number; readonly heapMb: number };

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

/** The smallest sample of each window: between two collections the heap climbs by what is garbage already, and its low points are what is held. */
const FLOOR_MS = 120_000;
const floors = (
  samples: readonly MemorySample[],
  of: 'rssMb' | 'heapMb',
): readonly { readonly hour: number; readonly mb: number }[] =>
  [...Map.groupBy(samples, ({ atMs }) => Math.floor(atMs / FLOOR_MS)).values()].flatMap((window) => {
    const [lowest] = window.toSorted((a, b) => a[of] - b[of]);
    return lowest ? [{ hour: lowest.atMs / 3_600_000, mb: lowest[of] }] : [];
  });

/**
 * Growth by least squares over the low points of every two minutes from `fromMs` on, MB an hour, and its standard error: a slope below twice
 * that error is none. Undefined below three low points.
 */
export const growthPerHour = (
  samples: readonly MemorySample[],
  of: 'rssMb' | 'heapMb',
  fromMs: number,
): { readonly mbPerHour: number; readonly error: number } | undefined => {
  const used = floors(
    samples.filter(({ atMs }) => atMs >= fromMs),
    of,
  );
  if (used.length < 3) return undefined;
  const midHour = mean(used.map(({ hour }) => hour));
  const midMb = mean(used.map(({ mb }) => mb));
  const sum = (each: (one: { hour: number; mb: number }) => number): number =>
    used.reduce((total, { hour, mb }) => total + each({ hour: hour - midHour, mb: mb - midMb }), 0);
  const spread = sum(({ hour }) => hour ** 2);
  const slope = sum(({ hour, mb }) => hour * mb) / spread;
  const left = sum(({ hour, mb }) => (mb - slope * hour) ** 2);
  return { mbPerHour: slope, error: Math.sqrt(left / (used.length - 2) / spread) };
};
