import { chunksBy, stretchesOf, type Known, type Sample } from './sample.ts';

const outlineOf = <S extends Known>(bucket: readonly S[]): S[] => {
  const least = bucket.reduce((a, b) => (b.value < a.value ? b : a));
  const most = bucket.reduce((a, b) => (b.value > a.value ? b : a));
  const kept = new Set([bucket[0], least, most, bucket.at(-1)]);
  return bucket.filter((sample) => kept.has(sample));
};

/**
 * Thins a series (ascending in time) to what columns of `bucketMs` can show, by unbroken stretch. Each column of a
 * stretch keeps its least and greatest value, so that a kettle's peak survives, and its ends, so that the line still
 * meets its gaps.
 */
export const minMaxBuckets = <S extends Sample>(samples: readonly S[], bucketMs: number): Known<S>[][] => {
  const column = (sample: Sample): number => Math.floor(sample.ts / bucketMs);
  return stretchesOf(samples).map((stretch) =>
    chunksBy(stretch, (a, b) => column(a) === column(b)).flatMap((bucket) => outlineOf(bucket)),
  );
};
