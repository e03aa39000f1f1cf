import { chunksBy, stretchesOf, type Known, type Sample } from './sample.ts';

const outlineOf = <S extends Known>(bucket: readonly S[]): readonly S[] => {
  if (bucket.length <= 2) return bucket;
  let [least, most] = [bucket[0], bucket[0]];
  for (const sample of bucket) {
    if (least === undefined || sample.value < least.value) least = sample;
    if (most === undefined || sample.value > most.value) most = sample;
  }
  const last = bucket.at(-1);
  return bucket.filter((sample, index) => index === 0 || sample === least || sample === most || sample === last);
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
