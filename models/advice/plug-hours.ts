import { HOUR_MS } from '../calendar/seoul.ts';
import { isKnown, linesOf, type DeviceSamples, type Span } from '../usage/line.ts';
import { passed } from '../usage/quarters.ts';
import type { DayHours } from './advice-home.ts';

/** An hour counts when so much of it is known. */
const KNOWN_SHARE = 0.95;

/** What a plug let through in each hour of the span, whole Wh; null where too little of the hour is known. */
export const plugHours = (samples: DeviceSamples, { fromMs, toMs }: Span): DayHours => {
  const count = Math.round((toMs - fromMs) / HOUR_MS);
  const wh = Array.from({ length: count }, () => 0);
  const known = Array.from({ length: count }, () => 0);
  const [line] = linesOf([samples]);
  for (const stretch of (line?.stretches ?? []).filter(isKnown)) {
    const first = Math.max(0, Math.floor((stretch.fromMs - fromMs) / HOUR_MS));
    const last = Math.min(count - 1, Math.floor((stretch.toMs - 1 - fromMs) / HOUR_MS));
    for (let hour = first; hour <= last; hour++) {
      const start = Math.max(stretch.fromMs, fromMs + hour * HOUR_MS);
      const end = Math.min(stretch.toMs, fromMs + (hour + 1) * HOUR_MS);
      wh[hour] = (wh[hour] ?? 0) + passed(stretch.importWh, stretch, end) - passed(stretch.importWh, stretch, start);
      known[hour] = (known[hour] ?? 0) + end - start;
    }
  }
  return wh.map((value, hour) => ((known[hour] ?? 0) >= KNOWN_SHARE * HOUR_MS ? Math.round(value) : null));
};
