import * as z from 'zod/mini';
import { interval } from '../site/intervals.ts';

/** `{from}` and `{to}` are the window as ISO 8601 with the offset of Korea, `{cursor}` what the page before named; encoded as they are put in. */
const path = z.string().check(z.regex(/^\/[^\s#]*$/));
/** A JSONata expression over the JSON of an answer. */
const expression = z.string().check(z.minLength(1), z.maxLength(4000));

const source = z.strictObject({
  path,
  /** the cursor of the next page; absent, null or empty: there is none */
  next: z.optional(expression),
  /** of an answer: a list of `pulledReading` */
  readings: z.optional(expression),
  /** of an answer: a list of `pulledReward` */
  rewards: z.optional(expression),
});

const minutes = (least: number, most: number) => z.int().check(z.gte(least), z.lte(most));

/**
 * A system of others that we ask for what it knows, described by data: a new one is a new file in `functions/adapters/providers/connectors`.
 * The mapping is ours, nothing of it comes from its system.
 */
export const connector = z.strictObject({
  id: z.string().check(z.regex(/^[a-z][a-z0-9-]{2,31}$/)),
  /** whose sites, meters and participants it tells of */
  partnerId: z.string(),
  system: z.string(),
  baseUrl: z.string().check(z.regex(/^https:\/\/[\w.-]+(:\d+)?(\/[\w./-]*)?$/)),
  auth: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('bearer') }),
    z.strictObject({ kind: z.literal('header'), name: z.string().check(z.regex(/^[a-z][a-z0-9-]*$/)) }),
  ]),
  everyMinutes: minutes(5, 1440),
  /** asked for again before the last time that was had: what came late, or was corrected there */
  overlapMinutes: minutes(0, 2880),
  /** what it is asked for when nothing was had yet, and at most at a time */
  windowMinutes: minutes(60, 10_080),
  sources: z.array(source).check(z.minLength(1), z.maxLength(5)),
});
export type Connector = z.infer<typeof connector>;
export type Source = Connector['sources'][number];

const id = z.string().check(z.regex(/^[\w-]{1,64}$/));

/** A reading of a meter in a common area, as a mapping makes it. */
export const pulledReading = z.strictObject({ siteId: id, meterId: id, ...interval.shape });
export type PulledReading = z.infer<typeof pulledReading>;

/** A reward that another platform gives to one of its members. It is told to the household, and is no money of ours. */
export const pulledReward = z.strictObject({
  /** names it for good: told again under it, it is the same one */
  ref: id,
  /** the household, by the name that this partner knows it by */
  participant: id,
  amount: z.int().check(z.gte(1), z.lte(100_000_000)),
  unit: z.enum(['won', 'points']),
  earnedOn: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
  label: z.string().check(z.trim(), z.minLength(1), z.maxLength(80)),
});
export type PulledReward = z.infer<typeof pulledReward>;
