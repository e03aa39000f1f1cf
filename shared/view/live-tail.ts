import { SLOT_MS } from '@hems/models/calendar/seoul';
import type { Live } from '../api/live.ts';
import type { PowerSample } from '../chart/day-chart.ts';
import type { Loaded } from './card.ts';

/** The live answer, and the values seen since the page was opened: they draw the chart's end until the quarter hour is settled. */
export type LiveState = { readonly live: Live; readonly tail: readonly PowerSample[] };

/** Long enough for the open quarter hour, the one before it, and a late answer. */
const KEEP_MS = 3 * SLOT_MS;

/** One more poll. A reading that was already known adds nothing. */
export const followLive = (before: LiveState | undefined, live: Live): LiveState => {
  const { powerW, ts, quality } = live.load;
  const tail = (before?.tail ?? []).filter((sample) => sample.ts >= live.now - KEEP_MS && sample.ts <= live.now);
  if (powerW === null || ts === null) return { live, tail };
  // A device clock may run ahead; the chart ends at the server's now.
  const sample = { ts: Math.min(ts, live.now), value: powerW, estimated: quality !== 'good' };
  const newest = tail.at(-1)?.ts ?? Number.NEGATIVE_INFINITY;
  return { live, tail: sample.ts > newest ? [...tail, sample] : tail };
};

/** Ages are told against the server's clock, carried forward from the last answer by this device's clock. */
export const serverNow = ({ data, atMs }: Loaded<LiveState>, deviceMs: number): number =>
  data === undefined ? deviceMs : data.live.now + Math.max(0, deviceMs - atMs);
