import type { Measured } from '../runtime/measured.ts';
import { metricSink } from '../runtime/metrics.ts';

/** What the invocations in `work` tell of themselves. */
export const figuresOf = async (work: () => Promise<unknown>): Promise<Measured[]> => {
  const all: Measured[] = [];
  metricSink.use((measured) => void all.push(...measured));
  await work();
  return all;
};
