import { qualityOf, worst, type Quality } from '../reading/quality.ts';

export type Sample = { readonly ts: number; readonly value: number; readonly q: number };

/** What a quantity did in one interval, whole units. Nothing was heard: null and missing. */
export type SeriesPoint = {
  readonly startMs: number;
  readonly value: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly samples: number;
  readonly quality: Quality;
};

const summary = (startMs: number, samples: readonly Sample[], isRegister: boolean): SeriesPoint => {
  const values = samples.map(({ value }) => value);
  const last = values.at(-1);
  if (last === undefined) return { startMs, value: null, min: null, max: null, samples: 0, quality: 'missing' };
  const mean = Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);
  return {
    startMs,
    value: isRegister ? last : mean,
    min: values.reduce((a, b) => Math.min(a, b)),
    max: values.reduce((a, b) => Math.max(a, b)),
    samples: values.length,
    quality: worst(samples.map(({ q }) => qualityOf(q))),
  };
};

type Shape = { readonly fromMs: number; readonly toMs: number; readonly widthMs: number; readonly isRegister: boolean };

/** Ascending samples by interval: the mean of a quantity that varies, the last value of one that counts. */
export const seriesByInterval = (
  samples: readonly Sample[],
  { fromMs, toMs, widthMs, isRegister }: Shape,
): SeriesPoint[] => {
  const groups = Map.groupBy(samples, ({ ts }) => Math.floor((ts - fromMs) / widthMs));
  const count = Math.ceil((toMs - fromMs) / widthMs);
  return Array.from({ length: count }, (_, index) =>
    summary(fromMs + index * widthMs, groups.get(index) ?? [], isRegister),
  );
};
