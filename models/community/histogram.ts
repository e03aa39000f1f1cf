import { MIN_COHORT } from './cohort.ts';
import { MOST_SAVED_BASIS_POINTS } from './standing.ts';

/** Savings of all homes by bucket, lowest first: one small item a shard, merged by addition. */
export type Histogram = readonly number[];

const BUCKETS = 1000;
/** Savings at and below this share the lowest bucket. */
const LOWEST_BASIS_POINTS = -5000;
const WIDTH = (MOST_SAVED_BASIS_POINTS - LOWEST_BASIS_POINTS) / BUCKETS;

const bucketOf = (savedBasisPoints: number): number =>
  Math.min(BUCKETS - 1, Math.max(0, Math.floor((savedBasisPoints - LOWEST_BASIS_POINTS) / WIDTH)));

export const histogramOf = (savings: readonly number[]): Histogram => {
  const counts = Array.from({ length: BUCKETS }, () => 0);
  for (const saving of savings) {
    const bucket = bucketOf(saving);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return counts;
};

export const mergeHistograms = (a: Histogram, b: Histogram): Histogram =>
  a.map((count, bucket) => count + (b[bucket] ?? 0));

/** A rank among all: to be shown as "about". It is off by less than the homes of its own bucket. */
export type AboutRank = { readonly about: number; readonly of: number };

/** The homes of higher buckets, and of one's own bucket the share above. Undefined below 20 homes. */
export const aboutRank = (histogram: Histogram, savedBasisPoints: number): AboutRank | undefined => {
  const of = histogram.reduce((sum, count) => sum + count, 0);
  if (of < MIN_COHORT) return undefined;
  const bucket = bucketOf(savedBasisPoints);
  const above = histogram.slice(bucket + 1).reduce((sum, count) => sum + count, 0);
  const into = (savedBasisPoints - LOWEST_BASIS_POINTS) / WIDTH - bucket;
  const shareAbove = 1 - Math.min(1, Math.max(0, into));
  const others = Math.max(0, (histogram[bucket] ?? 0) - 1);
  return { about: 1 + above + Math.round(shareAbove * others), of };
};
