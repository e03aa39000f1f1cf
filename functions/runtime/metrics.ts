import { OWN_METRICS, type OwnMetric, type SplitOf } from '@hems/shared/metrics/catalogue';
import { invocation } from './correlation.ts';
import { emf } from './emf.ts';
import { inLambda } from './env.ts';
import { log } from './log.ts';
import type { About, Measured } from './measured.ts';

type Sink = (measured: readonly Measured[], about: About) => void;

let sink: Sink = inLambda() ? emf : () => undefined;
/** Where the figures of an invocation go at its end, once for each, also for one without any. The local host keeps them itself. */
export const metricSink = {
  use: (other: Sink): void => {
    sink = other;
  },
};
/** A figure that cannot be told fails no invocation. */
export const handOver: Sink = (measured, about) => {
  try {
    sink(measured, about);
  } catch (error) {
    log.error('figures were not told', { figures: [...new Set(measured.map(({ metric }) => metric))], error });
  }
};

/** Amounts of one invocation add up; times and shares stand each for itself. */
const ADDED: ReadonlySet<string> = new Set(['Count', 'Wh', 'Won']);

/** Tells a figure of the catalogue. `of` is one of a short list that the catalogue names: never a household, a person or a device. What is no number is said, not told. */
export const measure = <M extends OwnMetric>(metric: M, value: number, ...split: SplitOf<M>): void => {
  const measured = invocation()?.measured;
  const [of]: readonly string[] = split;
  if (!measured) return;
  if (!Number.isFinite(value)) {
    log.error('figures were not told', { figures: [metric], error: new RangeError(`${metric} was ${value}`) });
    return;
  }
  const own: Measured = { metric, value, ...(of !== undefined && { of }) };
  const index = ADDED.has(OWN_METRICS[metric].unit)
    ? measured.findIndex((one) => one.metric === metric && one.of === of)
    : -1;
  const before = measured[index];
  if (before) measured[index] = { ...own, value: before.value + value };
  else measured.push(own);
};
