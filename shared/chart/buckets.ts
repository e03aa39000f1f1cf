import { isKnown, type Known, type Sample } from './sample.ts';

/** The values of one column so far that its outline needs. */
type Column<S> = { readonly endMs: number; readonly first: S; least: S; most: S; last: S };

const begun = <S extends Known>(sample: S, bucketMs: number): Column<S> => ({
  endMs: (Math.floor(sample.ts / bucketMs) + 1) * bucketMs,
  first: sample,
  least: sample,
  most: sample,
  last: sample,
});

/** Its ends, and its least and greatest value between them, in the order of time. */
const addOutline = <S extends Known>(stretch: S[], { first, least, most, last }: Column<S>): void => {
  stretch.push(first);
  for (const sample of least.ts < most.ts ? [least, most, last] : [most, least, last])
    if (sample !== stretch.at(-1) && sample !== first) stretch.push(sample);
};

const taken = <S extends Known>(column: Column<S>, sample: S): void => {
  if (sample.value < column.least.value) column.least = sample;
  if (sample.value > column.most.value) column.most = sample;
  column.last = sample;
};

/** An unbroken stretch, column by column; the last column is still open. */
type Open<S> = { readonly stretch: S[]; column: Column<S> };

/**
 * Thins a series (ascending in time) to what columns of `bucketMs` can show, by unbroken stretch. Each column of a
 * stretch keeps its least and greatest value, so that a kettle's peak survives, and its ends, so that the line still
 * meets its gaps. One pass: a chart of 8,640 values passes here while a phone draws it.
 */
export const minMaxBuckets = <S extends Sample>(samples: readonly S[], bucketMs: number): Known<S>[][] => {
  const stretches: Known<S>[][] = [];
  let open: Open<Known<S>> | undefined;
  for (const sample of samples) {
    if (!isKnown(sample)) {
      if (open) addOutline(open.stretch, open.column);
      open = undefined;
    } else if (open === undefined) {
      open = { stretch: [], column: begun(sample, bucketMs) };
      stretches.push(open.stretch);
    } else if (sample.ts < open.column.endMs) taken(open.column, sample);
    else {
      addOutline(open.stretch, open.column);
      open.column = begun(sample, bucketMs);
    }
  }
  if (open) addOutline(open.stretch, open.column);
  return stretches;
};
