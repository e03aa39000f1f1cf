/** One value of a series at one instant. `null`: known to be missing, so the line breaks here. */
export type Sample = { readonly ts: number; readonly value: number | null };
export type Known<S extends Sample = Sample> = S & { readonly value: number };

export const isKnown = <S extends Sample>(sample: S): sample is Known<S> => sample.value !== null;

/** Cuts a list where `together` says that two neighbours do not belong together. */
const chunksBy = <T>(items: readonly T[], together: (a: T, b: T) => boolean): T[][] => {
  const chunks: T[][] = [];
  let open: T[] | undefined;
  let last: T | undefined;
  for (const item of items) {
    if (open !== undefined && last !== undefined && together(last, item)) open.push(item);
    else {
      open = [item];
      chunks.push(open);
    }
    last = item;
  }
  return chunks;
};

/** The unbroken stretches of a series. */
export const stretchesOf = <S extends Sample>(samples: readonly S[]): Known<S>[][] =>
  chunksBy(samples, (a, b) => isKnown(a) && isKnown(b))
    .map((chunk) => chunk.filter(isKnown))
    .filter((stretch) => stretch.length > 0);
