import * as z from 'zod/mini';
import { forestValue, readEdges, readForest, toEdgesText, toForestValue } from './booster/forest-value.ts';
import { DAY_AHEAD, NEXT_HOUR, type FeatureSet } from './features.ts';
import { LEVELS } from './levels.ts';
import type { Model } from './model.ts';
import { HOURS } from './series.ts';

/** What a stored model says of itself. */
const provenance = z.object({
  /** names this model in every answer made with it */
  modelVersion: z.string(),
  homes: z.int(),
  /** hours learnt from */
  hours: z.int(),
  /** first and last day learnt from, `YYYY-MM-DD` */
  trainedFrom: z.string(),
  trainedTo: z.string(),
  seed: z.int(),
  /** of what it was trained on */
  dataHash: z.string(),
  /** credits and licences of the data */
  sources: z.array(z.string()),
  metrics: z.record(z.string(), z.number()),
});
export type Provenance = z.infer<typeof provenance>;

const modelValue = z.object({
  /** of the columns, in their order */
  features: z.array(z.string()),
  levels: z.array(z.number()),
  edges: z.array(z.string()),
  median: forestValue,
  scale: forestValue,
  mean: forestValue,
  pooled: z.array(z.number()).check(z.length(LEVELS.length)),
  profile: z.array(z.number()).check(z.length(HOURS)),
  profileLevels: z.array(z.number()).check(z.length(LEVELS.length)),
});
type ModelValue = z.infer<typeof modelValue>;

const FORMAT = 'hems-forecast/2';
const fileValue = z.object({ format: z.literal(FORMAT), provenance, dayAhead: modelValue, nextHour: modelValue });
export type ModelFile = z.infer<typeof fileValue>;

/** Both models that a forecast is made with. */
export type Models = { readonly dayAhead: Model; readonly nextHour: Model; readonly provenance: Provenance };

export const toModelValue = (set: FeatureSet, model: Model): ModelValue => ({
  features: [...set.names],
  levels: [...LEVELS],
  edges: model.median.edges.map(toEdgesText),
  median: toForestValue(model.median),
  scale: toForestValue(model.scale),
  mean: toForestValue(model.mean),
  pooled: [...model.pooled],
  profile: [...model.profile],
  profileLevels: [...model.profileLevels],
});

/** The models as a value; its JSON text is the model file. */
export const toModelFile = ({ dayAhead, nextHour, provenance: made }: Models): ModelFile => ({
  format: FORMAT,
  provenance: made,
  dayAhead: toModelValue(DAY_AHEAD, dayAhead),
  nextHour: toModelValue(NEXT_HOUR, nextHour),
});

const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);

/** Throws when it was made for other features or levels than this code has: it would answer nonsense. */
export const readModel = (set: FeatureSet, value: unknown): Model => {
  const stored = z.parse(modelValue, value);
  if (!same(stored.features, set.names))
    throw new RangeError(
      `the model was made for the features ${stored.features.join(', ')}, this code has ${set.names.join(', ')}`,
    );
  if (!same(stored.levels, LEVELS))
    throw new RangeError(`the model was made for the levels ${stored.levels.join(', ')}`);
  const edges = stored.edges.map(readEdges);
  return {
    median: readForest(stored.median, edges),
    scale: readForest(stored.scale, edges),
    mean: readForest(stored.mean, edges),
    pooled: stored.pooled,
    profile: stored.profile,
    profileLevels: stored.profileLevels,
  };
};

/** Throws where `readModel` does, and on another format. */
export const readModelFile = (value: unknown): Models => {
  const file = z.parse(fileValue, value);
  return {
    dayAhead: readModel(DAY_AHEAD, file.dayAhead),
    nextHour: readModel(NEXT_HOUR, file.nextHour),
    provenance: file.provenance,
  };
};
