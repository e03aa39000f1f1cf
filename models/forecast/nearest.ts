/** Keeps the `count` candidates of least distance, nearest first; of equals the one offered first. */
export type Nearest<T> = {
  readonly offer: (distance: number, value: T) => void;
  /** a candidate that is not nearer than this would not be kept */
  readonly limit: () => number;
  /** undefined while fewer were offered */
  readonly found: () => T[] | undefined;
};

export const nearestOf = <T>(count: number): Nearest<T> => {
  const kept: { distance: number; value: T }[] = [];
  const limit = (): number => (kept.length === count ? (kept.at(-1)?.distance ?? 0) : Infinity);
  return {
    limit,
    offer: (distance, value) => {
      if (distance >= limit()) return;
      let at = kept.length;
      while (at > 0 && (kept[at - 1]?.distance ?? 0) > distance) at--;
      kept.splice(at, 0, { distance, value });
      if (kept.length > count) kept.pop();
    },
    found: () => (kept.length < count ? undefined : kept.map(({ value }) => value)),
  };
};

/** The middle of what is known of them, the upper one of an even number; NaN of none. */
export const middleOf = (values: readonly number[]): number => {
  const known = values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b);
  return known[known.length >> 1] ?? NaN;
};
